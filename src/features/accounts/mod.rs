//! People who can sign in, what they may do, and for how long.

mod account;
mod actor;
mod invitation;
mod office;
mod person;
mod session;
pub mod invitations;
pub mod offices;
pub mod password;
pub mod people;
pub mod policy;
pub mod signing_in;
pub mod store;
pub mod views;

pub use account::{Account, AccountStatus};
pub use actor::Actor;
pub use invitation::{Invitation, InvitationRole};
pub use office::{Office, OfficeRole};
pub use offices::{NewOffice, end_office, give_office};
pub use people::{Details, NewAccount, create_account};
pub use person::Person;
pub use session::{Session, SessionKind, SignInFailure};
