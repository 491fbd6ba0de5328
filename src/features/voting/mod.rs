//! Votes that were counted elsewhere and recorded with proof.

mod count;
mod record;
pub mod rules;
pub mod store;
pub mod views;

pub use count::VoteCount;
pub use record::{NewCount, ProofFile, RecordVotesError, record_votes};
