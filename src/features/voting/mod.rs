//! Votes that were counted elsewhere and recorded with proof.

mod count;
pub mod store;

pub use count::VoteCount;
