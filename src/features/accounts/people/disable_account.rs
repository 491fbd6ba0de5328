use serde_json::json;

use crate::{
    base::{clock::Moment, ids::AccountId},
    features::{
        accounts::{Account, AccountStatus, Actor, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum DisableAccountError {
        OwnAccount => "accounts-disable-own",
    }
}

/// Closes an account: it can no longer sign in, and its sessions end. What it did stays.
pub fn disable_account<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    account: &AccountId,
    now: Moment,
) -> Result<(), DisableAccountError> {
    let by = by.into();
    if by.id() == Some(account) {
        return Err(DisableAccountError::OwnAccount);
    }
    change(db, by, account, AccountStatus::Disabled, now)?;
    store::end_sessions_of(db, account, None, now)?;
    Ok(())
}

pub fn enable_account<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    account: &AccountId,
    now: Moment,
) -> Result<(), DisableAccountError> {
    change(db, by.into(), account, AccountStatus::Active, now)
}

fn change(
    db: &mut Db,
    by: Actor<'_>,
    account: &AccountId,
    status: AccountStatus,
    now: Moment,
) -> Result<(), DisableAccountError> {
    if !by.is_administrator() {
        return Err(DisableAccountError::NotFound);
    }
    let account = store::find(db, account)?.ok_or(DisableAccountError::NotFound)?;
    let action = if status == AccountStatus::Disabled { "account.disable" } else { "account.enable" };
    let account = Account { status, ..account };
    store::save(db, &account)?;
    append(
        db,
        &Happening {
            contest: None,
            by: by.id(),
            action,
            subject: ("account", account.id.as_str()),
            before: None,
            after: None,
            details: json!({}),
        },
        now,
    )?;
    Ok(())
}
