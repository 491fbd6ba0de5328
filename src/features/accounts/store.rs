//! Every query of this feature that writes, and the rows by their ids.

use diesel::prelude::*;

use super::{Account, Invitation, Office, Session, SignInFailure};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, InvitationId, OfficeId, SessionId, SignInFailureId},
        lang::Lang,
        text::{given_name_first, sort_key},
    },
    infra::db::{
        Db, DbError,
        schema::{accounts, sessions, sign_in_failures},
    },
    rows_by_id,
};

rows_by_id!(offices, Office, OfficeId, find_office, insert_office, save_office);
rows_by_id!(sessions, Session, SessionId, find_session, insert_session, save_session);
rows_by_id!(
    sign_in_failures,
    SignInFailure,
    SignInFailureId,
    find_sign_in_failure,
    insert_sign_in_failure,
    save_sign_in_failure
);
rows_by_id!(invitations, Invitation, InvitationId, find_invitation, insert_invitation, save_invitation);

pub fn find(db: &mut Db, id: &AccountId) -> Result<Option<Account>, DbError> {
    Ok(accounts::table.find(id).select(Account::as_select()).get_result(db).optional()?)
}

/// The keys by which lists are sorted are written with the name, so that the database can page them.
pub fn insert(db: &mut Db, row: &Account) -> Result<(), DbError> {
    let (given, full) = name_keys(row);
    let keys = (accounts::given_name_key.eq(given), accounts::full_name_key.eq(full));
    diesel::insert_into(accounts::table).values((row, keys)).execute(db)?;
    Ok(())
}

pub fn save(db: &mut Db, row: &Account) -> Result<(), DbError> {
    let (given, full) = name_keys(row);
    let keys = (accounts::given_name_key.eq(given), accounts::full_name_key.eq(full));
    diesel::update(accounts::table.find(&row.id)).set((row, keys)).execute(db)?;
    Ok(())
}

fn name_keys(row: &Account) -> (String, String) {
    (sort_key(&given_name_first(&row.full_name)), sort_key(&row.full_name))
}

pub fn save_language(db: &mut Db, id: &AccountId, lang: Lang) -> Result<(), DbError> {
    diesel::update(accounts::table.find(id)).set(accounts::language.eq(lang)).execute(db)?;
    Ok(())
}

pub fn save_seen_at(db: &mut Db, id: &SessionId, at: Moment) -> Result<(), DbError> {
    diesel::update(sessions::table.find(id)).set(sessions::seen_at.eq(at)).execute(db)?;
    Ok(())
}

pub fn save_ended_at(db: &mut Db, id: &SessionId, at: Moment) -> Result<(), DbError> {
    diesel::update(sessions::table.find(id)).set(sessions::ended_at.eq(at)).execute(db)?;
    Ok(())
}

pub fn end_sessions_of(
    db: &mut Db,
    account: &AccountId,
    but: Option<&SessionId>,
    at: Moment,
) -> Result<usize, DbError> {
    let open = sessions::table.filter(sessions::account_id.eq(account)).filter(sessions::ended_at.is_null());
    let change = sessions::ended_at.eq(at);
    Ok(match but {
        Some(but) => diesel::update(open.filter(sessions::id.ne(but))).set(change).execute(db)?,
        None => diesel::update(open).set(change).execute(db)?,
    })
}

pub fn count_failures(db: &mut Db, subject: &str, since: Moment) -> Result<i64, DbError> {
    let failures = sign_in_failures::table
        .filter(sign_in_failures::subject.eq(subject))
        .filter(sign_in_failures::failed_at.gt(since));
    Ok(failures.count().get_result(db)?)
}

pub fn delete_failures_of(db: &mut Db, subject: &str) -> Result<usize, DbError> {
    let failures = sign_in_failures::table.filter(sign_in_failures::subject.eq(subject));
    Ok(diesel::delete(failures).execute(db)?)
}

pub fn delete_failures_before(db: &mut Db, before: Moment) -> Result<usize, DbError> {
    let failures = sign_in_failures::table.filter(sign_in_failures::failed_at.lt(before));
    Ok(diesel::delete(failures).execute(db)?)
}
