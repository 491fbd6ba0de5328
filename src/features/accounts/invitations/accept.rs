use serde_json::json;

use super::InvitationState;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, PoolId},
    },
    features::{
        accounts::{
            Account, Invitation, InvitationRole, OfficeRole, Session,
            offices::{GiveOfficeError, NewOffice, store_office},
            people::{CreateAccountError, NewAccount, create_account},
            store, views,
        },
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum AcceptError {
        Used => "accounts-invitation-used",
        Cancelled => "accounts-invitation-cancelled",
        Expired => "accounts-invitation-expired",
        UnitClosed => "accounts-office-unit-closed",
        HeldAlready => "accounts-office-held-already",
    }
}

/// What the acceptance made of somebody. A judge joins the panel of `joins_pool` with the inviter's right.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    pub account_id: AccountId,
    pub invitation: Invitation,
    pub joins_pool: Option<PoolId>,
}

/// Somebody signed in accepts with their own account.
pub fn accept_invitation(
    db: &mut Db,
    token_hash: &str,
    account: &AccountId,
    now: Moment,
) -> Result<Accepted, AcceptError> {
    let invitation = find_open(db, token_hash, now)?;
    take_up(db, invitation, account, now)
}

/// Somebody new accepts: an account is made, and its first session with it.
pub fn accept_as_new(
    db: &mut Db,
    token_hash: &str,
    new: &NewAccount,
    session: &Session,
    now: Moment,
) -> Result<Accepted, AcceptError> {
    let invitation = find_open(db, token_hash, now)?;
    let account: Account = create_account(db, new, now)?;
    store::insert_session(db, &Session { account_id: account.id.clone(), ..session.clone() })?;
    take_up(db, invitation, &account.id, now)
}

fn find_open(db: &mut Db, token_hash: &str, now: Moment) -> Result<Invitation, AcceptError> {
    let invitation = views::find_invitation_by_token(db, token_hash)?.ok_or(AcceptError::NotFound)?;
    match invitation.state(now) {
        InvitationState::Open => Ok(invitation),
        InvitationState::Accepted => Err(AcceptError::Used),
        InvitationState::Cancelled => Err(AcceptError::Cancelled),
        InvitationState::Expired => Err(AcceptError::Expired),
    }
}

fn take_up(
    db: &mut Db,
    invitation: Invitation,
    account: &AccountId,
    now: Moment,
) -> Result<Accepted, AcceptError> {
    let role = match invitation.role {
        InvitationRole::Officer => Some(OfficeRole::Officer),
        InvitationRole::Member => Some(OfficeRole::Member),
        InvitationRole::Judge => None,
    };
    if let Some(role) = role {
        let office = NewOffice {
            account_id: account.clone(),
            unit_id: invitation.unit_id.clone(),
            role,
            title: invitation.title.clone(),
            starts_at: now,
            ends_at: None,
        };
        store_office(db, Some(&invitation.invited_by), &office, now)?;
    }
    let invitation = Invitation { accepted_at: Some(now), accepted_by: Some(account.clone()), ..invitation };
    store::save_invitation(db, &invitation)?;
    append(
        db,
        &Happening {
            contest: None,
            by: Some(account),
            action: "invitation.accept",
            subject: ("invitation", invitation.id.as_str()),
            before: None,
            after: None,
            details: json!({ "unit": invitation.unit_id, "role": invitation.role, "pool": invitation.pool_id }),
        },
        now,
    )?;
    let joins_pool = invitation.pool_id.clone();
    Ok(Accepted { account_id: account.clone(), invitation, joins_pool })
}

impl From<GiveOfficeError> for AcceptError {
    fn from(error: GiveOfficeError) -> Self {
        match error {
            GiveOfficeError::NotFound => Self::NotFound,
            GiveOfficeError::Invalid(errors) => Self::Invalid(errors),
            GiveOfficeError::UnitClosed => Self::UnitClosed,
            GiveOfficeError::HeldAlready => Self::HeldAlready,
            GiveOfficeError::Database(error) => Self::Database(error),
        }
    }
}

impl From<CreateAccountError> for AcceptError {
    fn from(error: CreateAccountError) -> Self {
        match error {
            CreateAccountError::NotFound => Self::NotFound,
            CreateAccountError::Invalid(errors) => Self::Invalid(errors),
            CreateAccountError::Database(error) => Self::Database(error),
        }
    }
}
