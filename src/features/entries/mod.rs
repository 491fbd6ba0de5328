//! Entries: what people send in, from the first draft to the last revision.

mod access;
mod answers;
mod check;
mod create;
mod draft;
mod entry;
mod person;
mod revision;
mod save;
mod status;
mod submission;
mod submit;
mod withdraw;
mod work;
pub mod policy;
pub mod rules;
pub mod store;
pub mod views;

pub use access::{Access, EntryAccess};
pub use answers::{Answer, Answers, read_link};
pub use check::{
    CheckEntryError, Return, accept_entry, disqualify_entry, read_reason, reject_entry, return_entry,
};
pub use create::{CreateDraftError, NewDraft, OnBehalf, create_draft};
pub use draft::{DraftContent, RawDraft, read_draft};
pub use entry::{Entry, EntryConsent, EntryTool};
pub use person::{EntryPerson, PersonPart};
pub use revision::Revision;
pub use save::{SaveDraftError, save_draft};
pub use status::EntryStatus;
pub use submission::{
    ArrivingFile, CHECK_LINKS, RADAR_OF_ENTRY, RADAR_READS_ENTRY, Submission, SubmittedFile, ask_radar,
    keep_revision, record_submission,
};
pub use submit::{SubmitEntryError, SubmitRequest, missing, submit_entry};
pub use withdraw::{WithdrawEntryError, withdraw_entry};
pub use work::{Cover, KeptWork, Work};
