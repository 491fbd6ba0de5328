//! Every query of this feature.

use diesel::{dsl::exists, prelude::*};

use super::{Pool, PoolEntry, PoolExtension};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolExtensionId, PoolId, RoundId, UnitId},
    },
    infra::db::{
        Db, DbError,
        schema::{assignments, pool_entries, pools},
    },
    rows_by_id,
};

rows_by_id!(pools, Pool, PoolId, find, insert, save);
rows_by_id!(
    pool_extensions,
    PoolExtension,
    PoolExtensionId,
    find_pool_extension,
    insert_pool_extension,
    save_pool_extension
);

pub fn insert_pool_entry(db: &mut Db, row: &PoolEntry) -> Result<(), DbError> {
    diesel::insert_into(pool_entries::table).values(row).execute(db)?;
    Ok(())
}

pub fn find_by_place(db: &mut Db, round: &RoundId, unit: &UnitId) -> Result<Option<Pool>, DbError> {
    let pool = pools::table.filter(pools::round_id.eq(round)).filter(pools::unit_id.eq(unit));
    Ok(pool.select(Pool::as_select()).get_result(db).optional()?)
}

/// Brings an entry back that stood in the pool before; false when it never did.
pub fn return_entry(db: &mut Db, row: &PoolEntry) -> Result<bool, DbError> {
    let changed = diesel::update(pool_entries::table.find((&row.pool_id, &row.entry_id)))
        .set((
            pool_entries::nomination_id.eq(&row.nomination_id),
            pool_entries::received_at.eq(row.received_at),
            pool_entries::left_at.eq(None::<Moment>),
            pool_entries::is_judged.eq(row.is_judged),
        ))
        .execute(db)?;
    say_in_assignments(db, &row.entry_id)?;
    Ok(changed > 0)
}

/// An entry that was taken back or ruled out stands nowhere any more.
pub fn leave_all(db: &mut Db, entry: &EntryId, now: Moment) -> Result<(), DbError> {
    let standing =
        pool_entries::table.filter(pool_entries::entry_id.eq(entry)).filter(pool_entries::left_at.is_null());
    diesel::update(standing)
        .set((pool_entries::left_at.eq(now), pool_entries::is_judged.eq(false)))
        .execute(db)?;
    say_in_assignments(db, entry)
}

/// The entry stands in this pool no longer.
pub fn leave(db: &mut Db, pool: &PoolId, entry: &EntryId, now: Moment) -> Result<(), DbError> {
    diesel::update(pool_entries::table.find((pool, entry)))
        .set((pool_entries::left_at.eq(Some(now)), pool_entries::is_judged.eq(false)))
        .execute(db)?;
    say_in_assignments(db, entry)
}

/// `is_judged`: what the entry's state says.
pub fn come_back(db: &mut Db, pool: &PoolId, entry: &EntryId, is_judged: bool) -> Result<(), DbError> {
    diesel::update(pool_entries::table.find((pool, entry)))
        .set((pool_entries::left_at.eq(None::<Moment>), pool_entries::is_judged.eq(is_judged)))
        .execute(db)?;
    say_in_assignments(db, entry)
}

/// Where the entry stands it is to be scored from now on, or is not.
pub fn save_is_judged(db: &mut Db, entry: &EntryId, is_judged: bool) -> Result<(), DbError> {
    let changed = pool_entries::table
        .filter(pool_entries::entry_id.eq(entry))
        .filter(pool_entries::left_at.is_null())
        .filter(pool_entries::is_judged.ne(is_judged));
    let changed = diesel::update(changed).set(pool_entries::is_judged.eq(is_judged)).execute(db)?;
    if changed > 0 { say_in_assignments(db, entry) } else { Ok(()) }
}

/// Whoever has the entry to score has it as its place says (`assignments.is_judged`).
fn say_in_assignments(db: &mut Db, entry: &EntryId) -> Result<(), DbError> {
    let places = pool_entries::table.filter(pool_entries::entry_id.eq(entry)).select(pool_entries::pool_id);
    let judged = pool_entries::table
        .filter(pool_entries::pool_id.eq(assignments::pool_id))
        .filter(pool_entries::entry_id.eq(entry))
        .filter(pool_entries::is_judged);
    let open = assignments::table
        .filter(assignments::pool_id.eq_any(places))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::ended_at.is_null());
    diesel::update(open).set(assignments::is_judged.eq(exists(judged))).execute(db)?;
    Ok(())
}
