use serde_json::json;

use super::InvitationState;
use crate::{
    base::{clock::Moment, ids::InvitationId},
    features::{
        accounts::{Actor, Invitation, Person, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum CancelInvitationError {
        Used => "accounts-invitation-used",
    }
}

/// Takes back a link that nobody has used: whoever wrote it may, and whoever answers for its unit.
pub fn cancel_invitation(
    db: &mut Db,
    person: &Person,
    invitation: &InvitationId,
    now: Moment,
) -> Result<(), CancelInvitationError> {
    let invitation = store::find_invitation(db, invitation)?.ok_or(CancelInvitationError::NotFound)?;
    let is_own = invitation.invited_by == person.id;
    if !is_own && !Actor::Person(person).answers_for(db, &invitation.unit_id)? {
        return Err(CancelInvitationError::NotFound);
    }
    match invitation.state(now) {
        InvitationState::Accepted => return Err(CancelInvitationError::Used),
        InvitationState::Cancelled => return Ok(()),
        InvitationState::Open | InvitationState::Expired => {}
    }
    let invitation = Invitation { cancelled_at: Some(now), ..invitation };
    store::save_invitation(db, &invitation)?;
    append(
        db,
        &Happening {
            contest: None,
            by: Some(&person.id),
            action: "invitation.cancel",
            subject: ("invitation", invitation.id.as_str()),
            before: None,
            after: None,
            details: json!({}),
        },
        now,
    )?;
    Ok(())
}
