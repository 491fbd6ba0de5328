//! Lists and single entries.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::super::{Entry, EntryStatus, Revision};
use crate::{
    base::ids::{AccountId, ContestId, EntryId, PoolId},
    features::contests::Contest,
    infra::db::{
        Db, DbError, among,
        schema::{contests, entries, pool_entries, revisions},
    },
    read_all, read_one,
};

/// The entries that stand in a pool, in whatever state, by code.
pub fn list_in_pool(db: &mut Db, pool: &PoolId) -> Result<Vec<Entry>, DbError> {
    let standing = pool_entries::table
        .inner_join(entries::table)
        .filter(pool_entries::pool_id.eq(pool))
        .filter(pool_entries::left_at.is_null())
        .order((entries::code, entries::id));
    Ok(read_all!(db, standing.select(Entry::as_select()))?)
}

/// What somebody made or entered, with its contest, the newest first. Drafts that were dropped are left out.
pub fn list_of_person(db: &mut Db, account: &AccountId) -> Result<Vec<(Entry, Contest)>, DbError> {
    let own = entries::table
        .inner_join(contests::table)
        .filter(entries::owner_id.eq(account).or(entries::entered_by.eq(account)))
        .filter(entries::status.ne(EntryStatus::Withdrawn).or(entries::submitted_at.is_not_null()))
        .order((entries::created_at.desc(), entries::id.desc()))
        .limit(200);
    Ok(read_all!(db, own.select((Entry::as_select(), Contest::as_select())))?)
}

pub fn list_revisions(db: &mut Db, entry: &EntryId) -> Result<Vec<Revision>, DbError> {
    let of_entry = revisions::table.filter(revisions::entry_id.eq(entry)).order(revisions::number);
    Ok(read_all!(db, of_entry.select(Revision::as_select()))?)
}

/// An entry by the address that people share, with its contest.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicEntry {
    pub contest: Contest,
    pub entry: Entry,
}

/// By slug and code. Whether it may be seen is the policy's word.
pub fn find_by_code(db: &mut Db, slug: &str, code: &str) -> Result<Option<PublicEntry>, DbError> {
    let found = entries::table
        .inner_join(contests::table)
        .filter(contests::slug.eq(slug))
        .filter(entries::code.eq(code));
    let found: Option<(Entry, Contest)> =
        read_one!(db, found.select((Entry::as_select(), Contest::as_select())))?;
    Ok(found.map(|(entry, contest)| PublicEntry { contest, entry }))
}

/// The same, when everyone may see it.
pub fn public_entry(db: &mut Db, slug: &str, code: &str) -> Result<Option<PublicEntry>, DbError> {
    Ok(find_by_code(db, slug, code)?.filter(|found| super::super::rules::is_public(found.entry.access())))
}

/// The codes of those of the entries that are of this contest.
pub fn codes_of(db: &mut Db, contest: &ContestId, of: &[EntryId]) -> Result<HashSet<String>, DbError> {
    let codes = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(among(entries::id, of))
        .select(entries::code);
    Ok(codes.load::<Option<String>>(db)?.into_iter().flatten().collect())
}

/// Those of a contest's entries that everyone may see, by their codes.
pub fn public_by_code(
    db: &mut Db,
    contest: &ContestId,
    codes: &[String],
) -> Result<HashMap<String, EntryId>, DbError> {
    let public = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(among(entries::code, codes))
        .filter(entries::is_published.eq(true))
        .filter(entries::status.eq(EntryStatus::Accepted))
        .select((entries::code.assume_not_null(), entries::id));
    Ok(read_all!(db, public)?.into_iter().collect())
}
