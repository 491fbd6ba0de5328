//! Many people at a time, a page at a time.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::{Account, Invitation, Office, OfficeRole};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, OfficeId, UnitId},
        page::{PageOf, PageRequest},
        text::like_pattern,
    },
    infra::db::{
        Db, DbError, MultiBackend, among,
        schema::{accounts, invitations, offices, units},
    },
};

#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    pub words: String,
    /// By family name as it is written, instead of by given name.
    pub by_full_name: bool,
    pub administrators_only: bool,
}

/// Accounts in a Vietnamese dictionary's order.
pub fn list_accounts(
    db: &mut Db,
    filter: &AccountFilter,
    page: PageRequest,
) -> Result<PageOf<Account>, DbError> {
    let mut query = accounts::table.into_boxed::<MultiBackend>();
    if !filter.words.trim().is_empty() {
        query = query.filter(accounts::search_text.like(like_pattern(&filter.words)));
    }
    if filter.administrators_only {
        query = query.filter(accounts::is_administrator.eq(true));
    }
    query = if filter.by_full_name {
        query.order((accounts::full_name_key, accounts::id))
    } else {
        query.order((accounts::given_name_key, accounts::id))
    };
    let rows: Vec<(Account, i64)> = query
        .limit(page.per_page)
        .offset(page.offset())
        .select((Account::as_select(), diesel::dsl::count_star().over()))
        .load(db)?;
    let total = rows.first().map_or(0, |(_, total)| *total);
    Ok(PageOf { rows: rows.into_iter().map(|(account, _)| account).collect(), total, request: page })
}

/// Somebody who holds an office of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    pub account: Account,
    pub office: Office,
}

/// Who holds an office of the unit now, in the order of given names.
pub fn list_people(
    db: &mut Db,
    unit: &UnitId,
    role: Option<OfficeRole>,
    words: &str,
    page: PageRequest,
    now: Moment,
) -> Result<PageOf<PersonRow>, DbError> {
    let mut query = offices::table
        .inner_join(accounts::table)
        .filter(offices::unit_id.eq(unit))
        .filter(offices::ends_at.is_null().or(offices::ends_at.gt(now)))
        .into_boxed::<MultiBackend>();
    if let Some(role) = role {
        query = query.filter(offices::role.eq(role));
    }
    if !words.trim().is_empty() {
        query = query.filter(accounts::search_text.like(like_pattern(words)));
    }
    let rows: Vec<(Office, Account, i64)> = query
        .order((offices::role.desc(), accounts::given_name_key, offices::id))
        .limit(page.per_page)
        .offset(page.offset())
        .select((Office::as_select(), Account::as_select(), diesel::dsl::count_star().over()))
        .load(db)?;
    let total = rows.first().map_or(0, |(_, _, total)| *total);
    let rows = rows.into_iter().map(|(office, account, _)| PersonRow { account, office }).collect();
    Ok(PageOf { rows, total, request: page })
}

/// How many hold each office of a unit now.
pub fn count_people(db: &mut Db, unit: &UnitId, now: Moment) -> Result<HashMap<OfficeRole, i64>, DbError> {
    let counted: Vec<(OfficeRole, i64)> = offices::table
        .filter(offices::unit_id.eq(unit))
        .filter(offices::ends_at.is_null().or(offices::ends_at.gt(now)))
        .group_by(offices::role)
        .select((offices::role, diesel::dsl::count_star()))
        .load(db)?;
    Ok(counted.into_iter().collect())
}

/// The invitations of a unit that wait to be accepted, with the name of who wrote each.
pub fn list_invitations(
    db: &mut Db,
    unit: &UnitId,
    now: Moment,
) -> Result<Vec<(Invitation, String)>, DbError> {
    let waiting = invitations::table
        .inner_join(accounts::table.on(accounts::id.eq(invitations::invited_by)))
        .filter(invitations::unit_id.eq(unit))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::cancelled_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .order(invitations::id.desc())
        .limit(100);
    Ok(waiting.select((Invitation::as_select(), accounts::full_name)).load(db)?)
}

/// An office with the name of its unit, for lists of accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOffice {
    pub id: OfficeId,
    pub role: OfficeRole,
    pub unit_name: String,
}

/// The offices that these accounts hold now: one query for a page of them.
pub fn list_units_of(
    db: &mut Db,
    of: &[AccountId],
    now: Moment,
) -> Result<HashMap<AccountId, Vec<HeldOffice>>, DbError> {
    let rows: Vec<(AccountId, OfficeId, OfficeRole, String)> = offices::table
        .inner_join(units::table.on(units::id.eq(offices::unit_id)))
        .filter(among(offices::account_id, of))
        .filter(offices::starts_at.le(now))
        .filter(offices::ends_at.is_null().or(offices::ends_at.gt(now)))
        .order(offices::id)
        .select((offices::account_id, offices::id, offices::role, units::name))
        .load(db)?;
    let mut held: HashMap<AccountId, Vec<HeldOffice>> = HashMap::new();
    for (account, id, role, unit_name) in rows {
        held.entry(account).or_default().push(HeldOffice { id, role, unit_name });
    }
    Ok(held)
}

/// The names of these accounts.
pub fn names_of(db: &mut Db, of: &[AccountId]) -> Result<HashMap<AccountId, String>, DbError> {
    let rows: Vec<(AccountId, String)> = accounts::table
        .filter(among(accounts::id, of))
        .select((accounts::id, accounts::full_name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}
