use diesel::prelude::*;

use crate::{
    base::ids::{AccountId, EntryId, PoolId},
    features::judging::viewing::{Viewing, ViewingWaiver},
    infra::db::{
        Db, DbError,
        schema::{viewing_waivers, viewings},
    },
    read_all,
};

/// What a judge saw of an entry, file by file.
pub fn list_viewings_of(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
) -> Result<Vec<Viewing>, DbError> {
    let own = viewings::table
        .filter(viewings::pool_id.eq(pool))
        .filter(viewings::entry_id.eq(entry))
        .filter(viewings::judge_id.eq(judge));
    Ok(read_all!(db, own.select(Viewing::as_select()))?)
}

pub fn list_viewings(db: &mut Db, pool: &PoolId) -> Result<Vec<Viewing>, DbError> {
    Ok(read_all!(db, viewings::table.filter(viewings::pool_id.eq(pool)).select(Viewing::as_select()))?)
}

pub fn put_viewing(db: &mut Db, row: &Viewing) -> Result<(), DbError> {
    let own = (&row.pool_id, &row.entry_id, &row.judge_id, &row.attachment_id);
    if diesel::update(viewings::table.find(own)).set(row).execute(db)? == 0 {
        diesel::insert_into(viewings::table).values(row).execute(db)?;
    }
    Ok(())
}

pub fn insert_waiver(db: &mut Db, row: &ViewingWaiver) -> Result<(), DbError> {
    diesel::insert_into(viewing_waivers::table).values(row).execute(db)?;
    Ok(())
}

pub fn list_waivers(db: &mut Db, pool: &PoolId) -> Result<Vec<ViewingWaiver>, DbError> {
    let waived = viewing_waivers::table.filter(viewing_waivers::pool_id.eq(pool));
    Ok(read_all!(db, waived.select(ViewingWaiver::as_select()))?)
}

pub fn is_waived(db: &mut Db, pool: &PoolId, entry: &EntryId, judge: &AccountId) -> Result<bool, DbError> {
    let waived = viewing_waivers::table.find((pool, entry, judge)).select(viewing_waivers::judge_id);
    let found: Option<AccountId> = waived.first(db).optional()?;
    Ok(found.is_some())
}
