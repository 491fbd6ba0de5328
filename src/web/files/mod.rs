//! The files of entries, handed out to those who may see the entry.

mod show;

crate::addresses! {
    GET "/files/{attachment}/{name}" => show::show,
}
