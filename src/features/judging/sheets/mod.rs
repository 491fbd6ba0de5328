//! Sheets: one judge's marks for one entry, from the first mark to the last word on it.

mod sheet;
mod typed;
mod desk;
mod save;
mod submit;
mod submit_all;
mod put_aside;
mod reopen;
mod void;

pub use desk::Seated;
pub use put_aside::put_aside;
pub use reopen::{ReopenSheetError, reopen_sheet};
pub use save::{SaveSheetError, Saved, SheetSave, save_sheet};
pub use sheet::{Mark, Sheet, SheetEvent, SheetEventKind, SheetStatus};
pub use submit::{Submitted, submit_sheet};
pub use submit_all::{KeptBack, SubmitAllError, SubmittedAll, WhyKept, submit_all};
pub use typed::{TypedSheet, field_of, is_allowed, note_field_of, reason_of};
pub(super) use void::void_for_conflict;
pub use void::{VoidSheetError, void_sheet};
