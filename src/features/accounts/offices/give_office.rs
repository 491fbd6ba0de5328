use serde_json::json;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, OfficeId, UnitId},
        sentence::{FieldErrors, Sentence},
        text::clean_line,
    },
    features::{
        accounts::{Actor, Office, OfficeRole, store, views},
        audit::{Happening, append},
        units,
    },
    infra::db::Db,
};

const MAX_TITLE_CHARS: usize = 120;

#[derive(Debug, Clone)]
pub struct NewOffice {
    pub account_id: AccountId,
    pub unit_id: UnitId,
    pub role: OfficeRole,
    /// As the unit calls it: "Chủ tịch". May be empty.
    pub title: String,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
}

crate::act_error! {
    pub enum GiveOfficeError {
        UnitClosed => "accounts-office-unit-closed",
        HeldAlready => "accounts-office-held-already",
    }
}

/// Gives an office of a unit that the giver answers for.
pub fn give_office<'a>(
    db: &mut Db,
    by: impl Into<Actor<'a>>,
    new: &NewOffice,
    now: Moment,
) -> Result<Office, GiveOfficeError> {
    let by = by.into();
    let unit = units::store::find(db, &new.unit_id)?.ok_or(GiveOfficeError::NotFound)?;
    if !by.answers_for(db, &unit.id)? {
        return Err(GiveOfficeError::NotFound);
    }
    if unit.valid_to.is_some() {
        return Err(GiveOfficeError::UnitClosed);
    }
    store_office(db, by.id(), new, now)
}

/// Gives the office without asking who gives it: the right was proved when the invitation was written.
pub fn store_office(
    db: &mut Db,
    by: Option<&AccountId>,
    new: &NewOffice,
    now: Moment,
) -> Result<Office, GiveOfficeError> {
    let title = clean_line(&new.title);
    if title.chars().count() > MAX_TITLE_CHARS {
        let sentence = Sentence::new("accounts-title-too-long").with("max", MAX_TITLE_CHARS);
        return Err(FieldErrors::one("title", sentence).into());
    }
    if new.ends_at.is_some_and(|end| end <= new.starts_at) {
        return Err(FieldErrors::one("ends_on", Sentence::new("accounts-office-ends-too-early")).into());
    }
    if views::holds(db, &new.account_id, &new.unit_id, new.role, now)? {
        return Err(GiveOfficeError::HeldAlready);
    }
    let office = Office {
        id: OfficeId::generate(),
        account_id: new.account_id.clone(),
        unit_id: new.unit_id.clone(),
        role: new.role,
        title,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
    };
    store::insert_office(db, &office)?;
    append(
        db,
        &Happening {
            contest: None,
            by,
            action: "office.give",
            subject: ("account", office.account_id.as_str()),
            before: None,
            after: None,
            details: json!({ "unit": office.unit_id, "role": office.role, "title": office.title,
                "starts_at": office.starts_at, "ends_at": office.ends_at }),
        },
        now,
    )?;
    Ok(office)
}
