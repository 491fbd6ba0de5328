//! Links by which people come in or take up an office.

mod accept;
mod cancel;
mod invite;
mod status;

pub use accept::{AcceptError, Accepted, accept_as_new, accept_invitation};
pub use cancel::{CancelInvitationError, cancel_invitation};
pub use invite::{InviteError, MAX_DAYS, NewInvitation, invite, invite_judge};
pub use status::InvitationState;
