//! Files of entries: what was stored, under which hash, in which slot.

mod attach;
mod attachment;
mod cleaned;
mod import;
mod new_file;
mod remove;
mod sort;
pub mod games;
pub mod captions;
pub mod renditions;
pub mod slot;
pub mod store;
pub mod upkeep;
pub mod uploads;
pub mod views;

pub use attach::{AttachError, READ_CODE, attach, may_receive, put};
pub use attachment::{Attachment, FileHash, FileRow, MediaFacts};
pub use cleaned::{CleanedFile, keep_cleaned};
pub use import::{ImportEntryError, ImportedEntry, import_entry};
pub use new_file::{NewFile, clean_name};
pub use remove::{RemoveAttachmentError, remove};
pub use sort::{FileSort, opens_in_browser};
