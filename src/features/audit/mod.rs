//! Who did what, when, on what: append-only.

mod append;
mod record;
pub mod store;

pub use append::{Happening, append};
pub use record::{AuditRecord, AuditSeal};
