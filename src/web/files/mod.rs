//! The files of entries, handed out to those who may see the entry.

mod blind;
mod show;
mod signed;

pub use signed::signed_address;

pub(in crate::web) use show::find_seen;

crate::addresses! {
    GET "/files/{attachment}/{name}" => show::show,
}
