//! The door to the file store: files under the hash of their bytes, in a folder or in an S3-compatible bucket, and files
//! that are still coming in.

mod arrival;
mod bucket;
mod bucket_arrival;
mod buffers;
mod check;
mod code;
mod directory;
mod disk_file;
mod error;
mod folder;
mod incoming;
mod leave;
mod look;
mod open;
mod package;
mod store;
mod writer;

pub use arrival::{Arrival, Parts, Saved, WholeFile};
pub use bucket::BucketSettings;
pub use check::{Algorithm, Checksum};
pub use code::read_codes;
pub use error::FileStoreError;
pub use folder::Found;
pub use incoming::IncomingFile;
pub use leave::Leave;
pub use look::{Inside, Look, look_at, look_in};
pub use open::{ByteStream, OpenFile};
pub use package::{PackageError, PackageLimits, PackageTrouble, start_of_game, unpack};
pub use store::{FileStore, LocalCopy, StoredFile};
