use chrono::Duration;
use serde_json::json;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, InvitationId, PoolId, UnitId},
        sentence::{FieldErrors, Sentence},
        text::clean_line,
    },
    features::{
        accounts::{Invitation, InvitationRole, Person, store, views},
        audit::{Happening, append},
        units,
    },
    infra::db::Db,
};

pub const MAX_DAYS: i64 = 60;
const MAX_CHARS: usize = 120;

/// A link to be written. The link carries the token, the database its hash.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub token_hash: String,
    pub role: InvitationRole,
    pub unit_id: UnitId,
    /// For whom it is meant; may be empty.
    pub full_name: String,
    /// The office as the unit calls it; may be empty.
    pub title: String,
    pub days: i64,
}

crate::act_error! {
    pub enum InviteError {
        UnitClosed => "accounts-office-unit-closed",
    }
}

/// Invites an officer or a member of a unit that the inviting person answers for.
pub fn invite(
    db: &mut Db,
    person: &Person,
    new: &NewInvitation,
    now: Moment,
) -> Result<Invitation, InviteError> {
    let may = person.is_administrator || views::covers(db, person, &new.unit_id)?;
    if !may || new.role == InvitationRole::Judge {
        return Err(InviteError::NotFound);
    }
    write(db, &person.id, new, None, now)
}

/// Invites a judge to a panel. Whoever calls this has found that `by` may run the pool.
pub fn invite_judge(
    db: &mut Db,
    by: &AccountId,
    pool: &PoolId,
    new: &NewInvitation,
    now: Moment,
) -> Result<Invitation, InviteError> {
    let new = NewInvitation { role: InvitationRole::Judge, ..new.clone() };
    write(db, by, &new, Some(pool), now)
}

fn write(
    db: &mut Db,
    by: &AccountId,
    new: &NewInvitation,
    pool: Option<&PoolId>,
    now: Moment,
) -> Result<Invitation, InviteError> {
    let unit = units::store::find(db, &new.unit_id)?.ok_or(InviteError::NotFound)?;
    if unit.valid_to.is_some() && pool.is_none() {
        return Err(InviteError::UnitClosed);
    }
    let mut errors = FieldErrors::default();
    let full_name = errors.take("full_name", short(&new.full_name));
    let title = errors.take("title", short(&new.title));
    if !(1..=MAX_DAYS).contains(&new.days) {
        errors.add("days", Sentence::new("accounts-invitation-days").with("max", MAX_DAYS));
    }
    let (full_name, title) = errors.or(|| Some((full_name?, title?)))?;
    let invitation = Invitation {
        id: InvitationId::generate(),
        token_hash: new.token_hash.clone(),
        role: new.role,
        unit_id: unit.id,
        pool_id: pool.cloned(),
        full_name,
        title,
        invited_by: by.clone(),
        created_at: now,
        expires_at: now + Duration::days(new.days),
        accepted_at: None,
        accepted_by: None,
        cancelled_at: None,
    };
    store::insert_invitation(db, &invitation)?;
    append(
        db,
        &Happening {
            contest: None,
            by: Some(by),
            action: "invitation.write",
            subject: ("invitation", invitation.id.as_str()),
            before: None,
            after: None,
            details: json!({ "unit": invitation.unit_id, "role": invitation.role, "pool": invitation.pool_id }),
        },
        now,
    )?;
    Ok(invitation)
}

fn short(text: &str) -> Result<String, Sentence> {
    let text = clean_line(text);
    if text.chars().count() > MAX_CHARS {
        return Err(Sentence::new("accounts-title-too-long").with("max", MAX_CHARS));
    }
    Ok(text)
}
