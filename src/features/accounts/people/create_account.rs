use serde_json::json;

use super::Details;
use crate::{
    base::{
        clock::Moment,
        ids::AccountId,
        lang::Lang,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{Account, AccountStatus, store},
        audit::{Happening, append},
    },
    infra::db::{Db, DbError},
};

/// An account to be made. The password was hashed before, outside the transaction.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub full_name: String,
    pub phone: Option<crate::base::contact::Phone>,
    pub email: Option<crate::base::contact::Email>,
    pub password_hash: Option<String>,
    /// The password is known to somebody else, so its owner chooses a new one at the first sign-in.
    pub password_must_change: bool,
    pub language: Lang,
    pub is_administrator: bool,
    pub created_by: Option<AccountId>,
}

impl NewAccount {
    /// An account of somebody who signs in with a password of their own.
    pub fn of(details: Details, password_hash: String) -> Self {
        Self {
            full_name: details.full_name,
            phone: details.phone,
            email: details.email,
            password_hash: Some(password_hash),
            password_must_change: false,
            language: Lang::Vi,
            is_administrator: false,
            created_by: None,
        }
    }
}

crate::act_error! {
    pub enum CreateAccountError {}
}

/// Makes the account. Who may do this is decided by the acts that need it: by invitation, by officers, by administrators.
pub fn create_account(db: &mut Db, new: &NewAccount, now: Moment) -> Result<Account, CreateAccountError> {
    let details =
        Details { full_name: new.full_name.clone(), phone: new.phone.clone(), email: new.email.clone() };
    let account = Account {
        id: AccountId::generate(),
        search_text: details.search_text(),
        full_name: details.full_name,
        phone: details.phone,
        email: details.email,
        password_hash: new.password_hash.clone(),
        password_must_change: new.password_must_change,
        language: new.language,
        status: AccountStatus::Active,
        is_administrator: new.is_administrator,
        created_at: now,
    };
    store::insert(db, &account).map_err(taken::<CreateAccountError>)?;
    append(
        db,
        &Happening {
            contest: None,
            by: Some(new.created_by.as_ref().unwrap_or(&account.id)),
            action: "account.create",
            subject: ("account", account.id.as_str()),
            before: None,
            after: None,
            details: json!({ "is_administrator": account.is_administrator }),
        },
        now,
    )?;
    Ok(account)
}

/// The database says that the phone number or the address belongs to somebody; which of the two is in its words.
pub fn taken<E: From<FieldErrors> + From<DbError>>(error: DbError) -> E {
    let is_taken = |column: &str| match &error {
        DbError::Query(diesel::result::Error::DatabaseError(_, info)) => {
            let named = info.constraint_name().unwrap_or_default();
            named.contains(column) || info.message().contains(column)
        }
        _ => false,
    };
    if !error.is_unique_violation() {
        error.into()
    } else if is_taken("email") {
        FieldErrors::one("email", Sentence::new("accounts-email-taken")).into()
    } else {
        FieldErrors::one("phone", Sentence::new("accounts-phone-taken")).into()
    }
}
