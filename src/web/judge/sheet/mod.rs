//! The sheet beside the work.

mod files;
mod marks;
mod page;
mod show;
mod write;

pub use page::{SheetFacts, written};
pub use show::show;
pub use write::{autosave, submit};
