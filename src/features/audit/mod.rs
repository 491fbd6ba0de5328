//! Who did what, when, on what: appended by every act in its own transaction, chained afterwards, never changed.

mod append;
mod record;
mod seal;
pub mod store;
pub mod views;

pub use append::{Happening, append};
pub use record::{AuditRecord, AuditSeal};
pub use seal::{Verdict, seal_pending, verify};
