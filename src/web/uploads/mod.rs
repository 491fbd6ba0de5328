//! Resumable uploads: the tus protocol, version 1.0.0 (core, creation, creation-with-upload, checksum, expiration,
//! termination). The slot stands in the upload's metadata: `entry`, `field` and `filename`.

mod answer;
mod create;
mod finish;
mod list;
mod metadata;
mod sender;
mod state;
mod turn;
mod write;

crate::addresses! {
    OPTIONS "/uploads" => answer::options,
    GET "/uploads" => list::show,
    POST "/uploads" => create::create,
    OPTIONS "/uploads/{upload}" => answer::options,
    HEAD "/uploads/{upload}" => state::show,
    PATCH "/uploads/{upload}" => write::write,
    POST "/uploads/{upload}" => write::overridden,
    DELETE "/uploads/{upload}" => state::terminate,
}
