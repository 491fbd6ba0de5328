use serde_json::json;

use crate::{
    base::{clock::Moment, ids::AccountId},
    features::{
        accounts::{Account, Actor, policy::may_reset, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum ResetPasswordError {
        HoldsMore => "accounts-reset-holds-more",
    }
}

/// Sets a one-time password for somebody who lost theirs, ends their sessions, and makes them choose a new one.
pub fn reset_password<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    account: &AccountId,
    one_time_hash: &str,
    now: Moment,
) -> Result<Account, ResetPasswordError> {
    let by = by.into();
    let account = store::find(db, account)?.ok_or(ResetPasswordError::NotFound)?;
    if !may_reset(db, by, &account, now)? {
        return Err(ResetPasswordError::HoldsMore);
    }
    let account =
        Account { password_hash: Some(one_time_hash.to_owned()), password_must_change: true, ..account };
    store::save(db, &account)?;
    let ended = store::end_sessions_of(db, &account.id, None, now)?;
    append(
        db,
        &Happening {
            contest: None,
            by: by.id(),
            action: "account.reset_password",
            subject: ("account", account.id.as_str()),
            before: None,
            after: None,
            details: json!({ "sessions_ended": ended }),
        },
        now,
    )?;
    Ok(account)
}
