//! Entries as screens read them.

use diesel::prelude::*;

use super::{Entry, Revision};
use crate::{
    base::ids::{AccountId, EntryId, PoolId},
    infra::db::{
        Db, DbError,
        schema::{entries, pool_entries, revisions},
    },
};

/// The entries that stand in a pool, in whatever state, by code.
pub fn list_in_pool(db: &mut Db, pool: &PoolId) -> Result<Vec<Entry>, DbError> {
    let standing = pool_entries::table
        .inner_join(entries::table)
        .filter(pool_entries::pool_id.eq(pool))
        .filter(pool_entries::left_at.is_null())
        .order((entries::code, entries::id));
    Ok(standing.select(Entry::as_select()).load(db)?)
}

/// What somebody made or entered, the newest first.
pub fn list_of_person(db: &mut Db, account: &AccountId) -> Result<Vec<Entry>, DbError> {
    let own = entries::table
        .filter(entries::owner_id.eq(account).or(entries::entered_by.eq(account)))
        .order((entries::created_at.desc(), entries::id.desc()));
    Ok(own.select(Entry::as_select()).load(db)?)
}

pub fn list_revisions(db: &mut Db, entry: &EntryId) -> Result<Vec<Revision>, DbError> {
    let of_entry = revisions::table.filter(revisions::entry_id.eq(entry)).order(revisions::number);
    Ok(of_entry.select(Revision::as_select()).load(db)?)
}
