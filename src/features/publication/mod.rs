//! Immutable, numbered versions of results, and the figures of a contest.

pub mod content;
mod lots;
pub mod policy;
mod publication;
mod publish;
pub mod statistics;
pub mod store;
pub mod views;

pub use publication::{Publication, Scope};
pub use publish::{NewPublication, PublishError, publish_contest, publish_pool};
