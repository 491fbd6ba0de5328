//! A judge's own notes at moments of a film or of sound: seen by the judge and by whoever leads the judging.

mod add;
mod note;
mod remove;
pub mod store;

pub use add::{AddNoteError, TypedNote, add_note, read_moment};
pub use note::SheetNote;
pub use remove::{RemoveNoteError, remove_note};
