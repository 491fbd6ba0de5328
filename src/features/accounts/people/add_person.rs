use super::{Details, NewAccount, create_account, create_account::CreateAccountError};
use crate::{
    base::{clock::Moment, ids::UnitId, lang::Lang},
    features::accounts::{
        Account, Actor, OfficeRole,
        offices::{GiveOfficeError, NewOffice, give_office},
    },
    infra::db::Db,
};

/// Somebody whom an officer brings in: the officer reads them the first password, and they choose their own.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub details: Details,
    pub password_hash: String,
    pub language: Lang,
    pub unit_id: UnitId,
    pub role: OfficeRole,
    pub title: String,
}

crate::act_error! {
    pub enum AddPersonError {
        Office => "accounts-office-refused",
    }
}

/// Makes an account and gives it an office of the unit, both or none.
pub fn add_person<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    new: &NewPerson,
    now: Moment,
) -> Result<Account, AddPersonError> {
    let by = by.into();
    let account = NewAccount {
        password_must_change: true,
        language: new.language,
        created_by: by.id().cloned(),
        ..NewAccount::of(new.details.clone(), new.password_hash.clone())
    };
    let account = create_account(db, &account, now)?;
    let office = NewOffice {
        account_id: account.id.clone(),
        unit_id: new.unit_id.clone(),
        role: new.role,
        title: new.title.clone(),
        starts_at: now,
        ends_at: None,
    };
    give_office(db, by, &office, now)?;
    Ok(account)
}

impl From<CreateAccountError> for AddPersonError {
    fn from(error: CreateAccountError) -> Self {
        match error {
            CreateAccountError::NotFound => Self::NotFound,
            CreateAccountError::Invalid(errors) => Self::Invalid(errors),
            CreateAccountError::Database(error) => Self::Database(error),
        }
    }
}

impl From<GiveOfficeError> for AddPersonError {
    fn from(error: GiveOfficeError) -> Self {
        match error {
            GiveOfficeError::NotFound => Self::NotFound,
            GiveOfficeError::Invalid(errors) => Self::Invalid(errors),
            GiveOfficeError::UnitClosed | GiveOfficeError::HeldAlready => Self::Office,
            GiveOfficeError::Database(error) => Self::Database(error),
        }
    }
}
