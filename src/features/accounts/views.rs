//! Accounts as screens and policies read them.

use diesel::prelude::*;

use super::{Account, AccountStatus, Office, Person, Session};
use crate::{
    base::{clock::Moment, ids::UnitId},
    infra::db::{
        Db, DbError,
        schema::{accounts, offices, sessions, unit_ancestors},
    },
};

/// The person behind a session token, while the session and the account are alive. Two queries.
pub fn find_person(db: &mut Db, token_hash: &str, now: Moment) -> Result<Option<Person>, DbError> {
    let found: Option<(Session, Account)> = sessions::table
        .inner_join(accounts::table)
        .filter(sessions::token_hash.eq(token_hash))
        .select((Session::as_select(), Account::as_select()))
        .first(db)
        .optional()?;
    let alive =
        found.filter(|(session, account)| session.is_alive(now) && account.status == AccountStatus::Active);
    let Some((session, account)) = alive else { return Ok(None) };
    let held: Vec<Office> = offices::table
        .filter(offices::account_id.eq(&account.id))
        .order(offices::id)
        .select(Office::as_select())
        .load(db)?;
    Ok(Some(Person {
        id: account.id,
        full_name: account.full_name,
        phone: account.phone,
        language: account.language,
        is_administrator: account.is_administrator,
        password_must_change: account.password_must_change,
        offices: held.into_iter().filter(|office| office.is_held(now)).collect(),
        session,
    }))
}

/// Whether one of the person's offices as an officer covers the unit: the one place that says so.
pub fn covers(db: &mut Db, person: &Person, unit: &UnitId) -> Result<bool, DbError> {
    let units = person.officer_units();
    if units.is_empty() {
        return Ok(false);
    }
    let above = unit_ancestors::table
        .filter(unit_ancestors::unit_id.eq(unit))
        .filter(unit_ancestors::ancestor_id.eq_any(units));
    Ok(diesel::select(diesel::dsl::exists(above)).get_result(db)?)
}
