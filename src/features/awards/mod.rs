//! Grants of awards to entries and units.

mod grant;
pub mod store;

pub use grant::Grant;
