//! The door to the file store: files under the hash of their bytes.

mod look;
mod store;

pub use look::{Inside, Look, look_at};
pub use store::{FileStore, FileStoreError, IncomingFile, LocalCopy, StoredFile};
