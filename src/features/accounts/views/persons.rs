//! One person at a time: who they are, what they hold, where they are signed in.

use diesel::prelude::*;

use super::super::{Account, AccountStatus, Invitation, Office, OfficeRole, Person, Session, SessionKind};
use crate::{
    base::{
        clock::Moment,
        contact::{Phone, SignInName},
        ids::{AccountId, SessionId, UnitId},
        lang::Lang,
    },
    infra::db::{
        Db, DbError, among,
        schema::{
            accounts, contests, invitations, offices, organisers, panel_members, pools, sessions,
            unit_ancestors,
        },
    },
    read_all, read_one,
};

/// The person behind a session token, while the session and the account are alive. Two queries.
pub fn find_person(db: &mut Db, token_hash: &str, now: Moment) -> Result<Option<Person>, DbError> {
    let found: Option<(Session, SignedInRow)> = read_one!(
        db,
        sessions::table
            .inner_join(accounts::table)
            .filter(sessions::token_hash.eq(token_hash))
            .select((Session::as_select(), SignedInRow::as_select()))
    )?;
    let alive =
        found.filter(|(session, account)| session.is_alive(now) && account.status == AccountStatus::Active);
    let Some((session, account)) = alive else { return Ok(None) };
    let held: Vec<Office> = read_all!(
        db,
        offices::table
            .filter(offices::account_id.eq(&session.account_id))
            .order(offices::id)
            .select(Office::as_select())
    )?;
    Ok(Some(Person {
        id: session.account_id.clone(),
        full_name: account.full_name,
        phone: account.phone,
        language: account.language,
        is_administrator: account.is_administrator,
        password_must_change: account.password_must_change,
        offices: held.into_iter().filter(|office| office.is_held(now)).collect(),
        session,
    }))
}

/// What every request reads of an account.
#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct SignedInRow {
    full_name: String,
    phone: Option<Phone>,
    language: Lang,
    status: AccountStatus,
    is_administrator: bool,
    password_must_change: bool,
}

/// Whether one of the person's offices as an officer covers the unit: the one place that says so.
pub fn covers(db: &mut Db, person: &Person, unit: &UnitId) -> Result<bool, DbError> {
    if person.is_administrator {
        return Ok(true);
    }
    let above = unit_ancestors::table.filter(unit_ancestors::unit_id.eq(unit));
    let covers = match person.officer_units().as_slice() {
        [] => false,
        // Nearly everyone has one, and SQLite plans a list of unknown length anew each time it is asked.
        [one] => {
            let step = above.filter(unit_ancestors::ancestor_id.eq(*one)).select(unit_ancestors::depth);
            let found: Option<i32> = read_one!(db, step)?;
            found.is_some()
        }
        many => {
            let many = above.filter(among(unit_ancestors::ancestor_id, many));
            diesel::select(diesel::dsl::exists(many)).get_result(db)?
        }
    };
    Ok(covers)
}

/// The person behind an account, for work that no browser asked for. The session is not stored anywhere.
pub fn person_of(db: &mut Db, account: &AccountId, now: Moment) -> Result<Option<Person>, DbError> {
    let Some(account) = super::super::store::find(db, account)? else { return Ok(None) };
    let held = list_offices(db, &account.id)?;
    let session = Session {
        id: SessionId::generate(),
        account_id: account.id.clone(),
        kind: SessionKind::Api,
        token_hash: String::new(),
        label: String::new(),
        created_at: now,
        seen_at: now,
        expires_at: now,
        ended_at: None,
    };
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

/// The account that signs in with this number or address.
pub fn find_by_sign_in(db: &mut Db, name: &SignInName) -> Result<Option<Account>, DbError> {
    let found = match name {
        SignInName::Phone(phone) => {
            accounts::table.filter(accounts::phone.eq(phone)).select(Account::as_select()).get_result(db)
        }
        SignInName::Email(email) => {
            accounts::table.filter(accounts::email.eq(email)).select(Account::as_select()).get_result(db)
        }
    };
    Ok(found.optional()?)
}

/// All offices of an account, past ones too, the latest first.
pub fn list_offices(db: &mut Db, account: &AccountId) -> Result<Vec<Office>, DbError> {
    let rows = offices::table.filter(offices::account_id.eq(account)).order(offices::id.desc());
    Ok(read_all!(db, rows.select(Office::as_select()))?)
}

pub fn holds(
    db: &mut Db,
    account: &AccountId,
    unit: &UnitId,
    role: OfficeRole,
    now: Moment,
) -> Result<bool, DbError> {
    let rows = offices::table
        .filter(offices::account_id.eq(account))
        .filter(offices::unit_id.eq(unit))
        .filter(offices::role.eq(role));
    let rows: Vec<Office> = read_all!(db, rows.select(Office::as_select()))?;
    Ok(rows.iter().any(|office| office.ends_at.is_none_or(|end| now < end)))
}

/// The units whose pools somebody judges and whose contests they organise.
pub fn list_units_of_duties(db: &mut Db, account: &AccountId) -> Result<Vec<UnitId>, DbError> {
    let mut units: Vec<UnitId> = read_all!(
        db,
        panel_members::table
            .inner_join(pools::table.on(pools::id.eq(panel_members::pool_id)))
            .filter(panel_members::account_id.eq(account))
            .filter(panel_members::left_at.is_null())
            .select(pools::unit_id)
    )?;
    let hosted: Vec<UnitId> = read_all!(
        db,
        organisers::table
            .inner_join(contests::table.on(contests::id.eq(organisers::contest_id)))
            .filter(organisers::account_id.eq(account))
            .select(contests::host_unit_id)
    )?;
    units.extend(hosted);
    Ok(units)
}

pub fn find_invitation_by_token(db: &mut Db, token_hash: &str) -> Result<Option<Invitation>, DbError> {
    let found = invitations::table.filter(invitations::token_hash.eq(token_hash));
    Ok(read_one!(db, found.select(Invitation::as_select()))?)
}

/// The sessions of an account that can still be used, the last seen first.
pub fn list_sessions(db: &mut Db, account: &AccountId, now: Moment) -> Result<Vec<Session>, DbError> {
    let alive = sessions::table
        .filter(sessions::account_id.eq(account))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order(sessions::seen_at.desc());
    Ok(read_all!(db, alive.select(Session::as_select()))?)
}

pub fn has_administrator(db: &mut Db) -> Result<bool, DbError> {
    let administrators = accounts::table
        .filter(accounts::is_administrator.eq(true))
        .filter(accounts::status.eq(AccountStatus::Active));
    Ok(diesel::select(diesel::dsl::exists(administrators)).get_result(db)?)
}
