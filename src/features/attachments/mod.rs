//! Files of entries: what was stored, under which hash, in which slot.

mod attachment;
pub mod store;

pub use attachment::{Attachment, FileHash, FileRow, MediaFacts};
