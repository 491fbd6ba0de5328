//! Entries: what people send in, from the first draft to the last revision.

mod answers;
mod entry;
mod person;
mod revision;
mod status;
pub mod store;

pub use answers::{Answer, Answers};
pub use entry::{Entry, EntryConsent, EntryTool};
pub use person::{EntryPerson, PersonPart};
pub use revision::Revision;
pub use status::EntryStatus;
