//! Making an entry, from the first page to the receipt.

pub mod attachments;
pub mod autosave;
pub mod edit;
pub mod feedback;
pub mod links;
pub mod list;
pub mod new;
mod overview;
pub mod receipt;
pub mod show;
mod steps;
pub mod submit;
pub mod withdraw;
