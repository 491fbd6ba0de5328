//! People who can sign in, what they may do, and for how long.

mod account;
mod invitation;
mod office;
mod session;
mod person;
pub mod store;
pub mod views;

pub use account::{Account, AccountStatus};
pub use invitation::{Invitation, InvitationRole};
pub use office::{Office, OfficeRole};
pub use person::Person;
pub use session::{Session, SessionKind, SignInFailure};
