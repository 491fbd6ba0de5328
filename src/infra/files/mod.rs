//! The door to the file store: files under the hash of their bytes.

mod look;
mod package;
mod store;

pub use look::{Inside, Look, look_at};
pub use package::{PackageError, PackageLimits, PackageTrouble, start_of_game, unpack};
pub use store::{FileStore, FileStoreError, IncomingFile, LocalCopy, StoredFile};
