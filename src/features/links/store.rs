//! Rows in and out.

use diesel::prelude::*;

use super::{LinkCheck, LinkRepair, LinkSource, RepairState};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, LinkCheckId, LinkRepairId},
    },
    features::entries::EntryStatus,
    infra::db::{
        Db, DbError, among,
        schema::{entries, link_checks, link_repairs},
    },
    read_all, rows_by_id,
};

rows_by_id!(link_checks, LinkCheck, LinkCheckId, find, insert, save);
rows_by_id!(link_repairs, LinkRepair, LinkRepairId, find_repair, insert_repair, save_repair);

/// In the order in which they were found.
pub fn list_of_entry(db: &mut Db, entry: &EntryId) -> Result<Vec<LinkCheck>, DbError> {
    let rows = link_checks::table
        .filter(link_checks::entry_id.eq(entry))
        .order((link_checks::found_at, link_checks::id));
    Ok(read_all!(db, rows.select(LinkCheck::as_select()))?)
}

pub fn list_in_place(db: &mut Db, entry: &EntryId, source: LinkSource) -> Result<Vec<LinkCheck>, DbError> {
    let rows = link_checks::table
        .filter(link_checks::entry_id.eq(entry).and(link_checks::source.eq(source)))
        .order((link_checks::found_at, link_checks::id));
    Ok(read_all!(db, rows.select(LinkCheck::as_select()))?)
}

pub fn delete(db: &mut Db, id: &LinkCheckId) -> Result<(), DbError> {
    diesel::delete(link_checks::table.find(id)).execute(db)?;
    Ok(())
}

/// Links that nobody looked at since `before`, the longest first, of entries that still stand.
pub fn list_due(db: &mut Db, before: Moment, limit: i64) -> Result<Vec<LinkCheck>, DbError> {
    let stands = [EntryStatus::Submitted, EntryStatus::Accepted, EntryStatus::Returned];
    let rows = link_checks::table
        .inner_join(entries::table)
        .filter(among(entries::status, stands))
        .filter(link_checks::checked_at.lt(before))
        .order((link_checks::checked_at, link_checks::id))
        .limit(limit);
    Ok(read_all!(db, rows.select(LinkCheck::as_select()))?)
}

/// The newest first.
pub fn list_repairs(db: &mut Db, entry: &EntryId) -> Result<Vec<LinkRepair>, DbError> {
    let rows = link_repairs::table
        .filter(link_repairs::entry_id.eq(entry))
        .order((link_repairs::asked_at.desc(), link_repairs::id.desc()));
    Ok(read_all!(db, rows.select(LinkRepair::as_select()))?)
}

pub fn find_open_repair(db: &mut Db, entry: &EntryId, place: &str) -> Result<Option<LinkRepair>, DbError> {
    let row = link_repairs::table
        .filter(link_repairs::entry_id.eq(entry).and(link_repairs::place.eq(place)))
        .filter(link_repairs::state.eq(RepairState::Open));
    Ok(row.select(LinkRepair::as_select()).first(db).optional()?)
}
