//! The files of entries, handed out to those who may see the entry.

mod blind;
mod captions;
mod renditions;
mod show;
mod signed;

pub use signed::signed_address;

pub(in crate::web) use show::{Seen, find_seen};

crate::addresses! {
    GET "/files/{attachment}/renditions" => renditions::status,
    POST "/files/{attachment}/renditions/again" => renditions::again,
    GET "/files/{attachment}/renditions/{rendition}" => renditions::show,
    GET "/files/{attachment}/captions" => captions::form,
    POST "/files/{attachment}/captions" => captions::add,
    POST "/files/{attachment}/captions/remove" => captions::remove,
    GET "/files/{attachment}/captions/{lang}" => captions::show,
    GET "/files/{attachment}/{name}" => show::show,
}
