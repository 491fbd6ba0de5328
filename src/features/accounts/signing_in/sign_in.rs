use chrono::Duration;

use super::throttle::is_closed;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, SessionId, SignInFailureId},
    },
    features::{
        accounts::{Account, AccountStatus, Session, SessionKind, SignInFailure, store},
        audit::{Happening, append},
    },
    infra::db::{Db, DbError},
};

/// Somebody tried to sign in; whether the password was right is known already, because hashing takes its time.
#[derive(Debug, Clone)]
pub struct SignInTry {
    /// From [`super::name_subject`] and [`super::address_subject`].
    pub name: String,
    pub address: String,
    pub account: Option<AccountId>,
    pub is_right: bool,
    pub kind: SessionKind,
    /// The device, as people call it.
    pub label: String,
    pub token_hash: String,
    pub lifetime: Duration,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SignInOutcome {
    Started {
        account: Box<Account>,
        session: Box<Session>,
    },
    Wrong,
    /// The password was right, but the account is closed.
    Disabled,
    /// Too many wrong passwords: not even a right one is taken now.
    Closed,
}

/// A wrong try is an outcome and not an error, because it has to be written down.
pub fn sign_in(db: &mut Db, attempt: &SignInTry, now: Moment) -> Result<SignInOutcome, DbError> {
    // Asked again here: many guesses at once were all let in before the first of them was written down.
    if is_closed(db, &attempt.name, &attempt.address, now)? {
        return Ok(SignInOutcome::Closed);
    }
    let account = match &attempt.account {
        Some(id) if attempt.is_right => store::find(db, id)?,
        _ => None,
    };
    let Some(account) = account else {
        write_failure_down(db, attempt, now)?;
        return Ok(SignInOutcome::Wrong);
    };
    if account.status == AccountStatus::Disabled {
        return Ok(SignInOutcome::Disabled);
    }
    store::delete_failures_of(db, &attempt.name)?;
    let session = start_session(db, &account.id, attempt, now)?;
    Ok(SignInOutcome::Started { account: Box::new(account), session: Box::new(session) })
}

fn write_failure_down(db: &mut Db, attempt: &SignInTry, now: Moment) -> Result<(), DbError> {
    for subject in [&attempt.name, &attempt.address] {
        let failure =
            SignInFailure { id: SignInFailureId::generate(), subject: subject.clone(), failed_at: now };
        store::insert_sign_in_failure(db, &failure)?;
    }
    Ok(())
}

fn start_session(
    db: &mut Db,
    account: &AccountId,
    attempt: &SignInTry,
    now: Moment,
) -> Result<Session, DbError> {
    let session = Session {
        id: SessionId::generate(),
        account_id: account.clone(),
        kind: attempt.kind,
        token_hash: attempt.token_hash.clone(),
        label: attempt.label.clone(),
        created_at: now,
        seen_at: now,
        expires_at: now + attempt.lifetime,
        ended_at: None,
    };
    store::insert_session(db, &session)?;
    append(
        db,
        &Happening {
            contest: None,
            by: Some(account),
            action: "session.start",
            subject: ("account", account.as_str()),
            before: None,
            after: None,
            details: serde_json::json!({ "kind": attempt.kind, "device": attempt.label }),
        },
        now,
    )?;
    Ok(session)
}
