//! Files on their way into a slot, in pieces: begun, gone on with from anywhere, and attached when they are whole. An
//! entry may be sent in before its files are all there; the bytes may then finish while the contest's grace lasts.

mod begin;
mod end;
mod finish;
mod lease;
pub mod rules;
pub mod store;
mod upload;
pub mod views;

pub use begin::{BeginUploadError, NewUpload, begin_upload};
pub use end::{UploadError, expire_upload, refuse_upload, terminate_upload};
pub use finish::{FinishUploadError, finish_upload};
pub use lease::{LEASE, give_back_upload, lease_upload, note_progress, prolong_lease};
pub use upload::{Metadata, Reason, Upload, UploadStatus};
