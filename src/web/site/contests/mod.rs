//! Contests, for everyone.

pub mod card;
pub mod list;
pub mod rounds;
pub mod show;
