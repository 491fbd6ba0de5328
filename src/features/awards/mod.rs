//! Grants of awards to entries and units.

mod grant;
mod grant_award;
mod revoke_grant;
pub mod rules;
pub mod store;
pub mod views;

pub use grant::Grant;
pub use grant_award::{GrantAwardError, Winner, grant_award};
pub use revoke_grant::{RevokeGrantError, revoke_grant};
