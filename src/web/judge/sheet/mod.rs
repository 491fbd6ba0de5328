//! The sheet beside the work.

mod files;
mod marks;
mod notes;
mod small;
mod page;
mod show;
mod write;

pub use notes::{add as add_note, remove as remove_note, time_of};
pub use page::{SheetFacts, written};
pub use show::show;
pub use write::{autosave, submit};
