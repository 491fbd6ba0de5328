use serde_json::json;

use crate::{
    base::{clock::Moment, ids::AccountId},
    features::{
        accounts::{Account, Actor, store},
        audit::{Happening, append},
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum MakeAdministratorError {
        OwnAccount => "accounts-administrator-own",
    }
}

/// Makes an account an administrator, or no longer one. Nobody takes it from themselves, so that one always remains.
pub fn make_administrator<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    account: &AccountId,
    is_administrator: bool,
    now: Moment,
) -> Result<Account, MakeAdministratorError> {
    let by = by.into();
    if !by.is_administrator() {
        return Err(MakeAdministratorError::NotFound);
    }
    if by.id() == Some(account) {
        return Err(MakeAdministratorError::OwnAccount);
    }
    let account = store::find(db, account)?.ok_or(MakeAdministratorError::NotFound)?;
    let account = Account { is_administrator, ..account };
    store::save(db, &account)?;
    append(
        db,
        &Happening {
            contest: None,
            by: by.id(),
            action: "account.make_administrator",
            subject: ("account", account.id.as_str()),
            before: None,
            after: None,
            details: json!({ "is_administrator": is_administrator }),
        },
        now,
    )?;
    Ok(account)
}
