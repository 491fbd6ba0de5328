//! The door to the file store: files under the hash of their bytes.

mod store;

pub use store::{FileStore, FileStoreError, IncomingFile, StoredFile};
