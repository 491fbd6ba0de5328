//! Immutable, numbered versions of results.

mod publication;
pub mod store;

pub use publication::Publication;
