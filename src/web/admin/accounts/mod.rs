//! All accounts: found, made, given offices, closed.

pub mod act;
pub mod confirm;
pub mod list;
pub mod new;
pub mod show;
