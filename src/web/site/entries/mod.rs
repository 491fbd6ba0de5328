//! Entries for everyone: the gallery of a contest, and the page of one entry.

mod gallery;
mod qr;
mod show;

crate::addresses! {
    GET "/contests/{slug}/entries" => gallery::show,
    GET "/contests/{slug}/entries/{code}" => show::show,
    GET "/contests/{slug}/entries/{code}/qr" => qr::show,
    GET "/contests/{slug}/entries/{code}/qr.svg" => qr::picture,
}
