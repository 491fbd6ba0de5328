use crate::{base::clock::Moment, features::accounts::Invitation};

/// What has become of an invitation. Pure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationState {
    Open,
    Accepted,
    Cancelled,
    Expired,
}

impl InvitationState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl Invitation {
    pub fn state(&self, now: Moment) -> InvitationState {
        if self.accepted_at.is_some() {
            InvitationState::Accepted
        } else if self.cancelled_at.is_some() {
            InvitationState::Cancelled
        } else if now >= self.expires_at {
            InvitationState::Expired
        } else {
            InvitationState::Open
        }
    }
}
