//! Where entries lead to: links in answers and codes in pictures, known by their service, looked at when an entry is sent in
//! and once a day after that, and mended by whoever made the entry when they are dead.

mod address;
mod find;
mod link_check;
mod record;
mod repair;
mod hosts;
mod state;
pub mod store;

pub use address::{KnownAddress, addresses_in, read_address};
pub use find::{FoundLink, find_links};
pub use link_check::{LinkCheck, LinkRepair, LinkSource, RepairState};
pub use record::{record_codes, record_looks, sync_links};
pub use repair::{MendLinkError, mend_link};
pub use state::{LinkState, Look, asks_to_sign_in};

/// The kind of the job that looks at the links of an entry; the subject is the entry's id.
pub const CHECK: &str = crate::features::entries::CHECK_LINKS;
/// The kind of the job that reads a picture for a code; the subject is the attachment's id.
pub const READ_CODE: &str = crate::features::attachments::READ_CODE;
