//! The screens of officers and organisers: their units, their contests, their pools.

pub mod contests;
pub mod home;
pub mod people;
pub mod radar;
pub mod entries;
pub mod pools;
pub mod publish;

crate::addresses! {
    GET "/manage" => home::show,
}
