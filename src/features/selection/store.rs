//! Every query of this feature that its acts need.

use diesel::prelude::*;

use super::{Candidate, Decision, DecisionEntry, Nomination, NominationStatus};
use crate::{
    base::ids::{DecisionId, EntryId, NominationId, PoolId},
    features::{
        entries::{Entry, EntryStatus, Revision},
        judging::{Mark, Sheet, SheetStatus},
        pools::{Pool, PoolStatus},
    },
    infra::db::{
        Db, DbError, among,
        schema::{
            criteria, decision_entries, decisions, entries, marks, nominations, panel_members, pool_entries,
            pools, revisions, sheets,
        },
    },
    is_either, rows_by_id,
};

rows_by_id!(decisions, Decision, DecisionId, find, insert, save);
rows_by_id!(nominations, Nomination, NominationId, find_nomination, insert_nomination, save_nomination);

pub fn insert_decision_entry(db: &mut Db, row: &DecisionEntry) -> Result<(), DbError> {
    diesel::insert_into(decision_entries::table).values(row).execute(db)?;
    Ok(())
}

/// The decision in force: the one with the highest number.
pub fn find_current(db: &mut Db, pool: &PoolId) -> Result<Option<Decision>, DbError> {
    let of_pool = decisions::table.filter(decisions::pool_id.eq(pool)).order(decisions::number.desc());
    Ok(of_pool.select(Decision::as_select()).get_result(db).optional()?)
}

pub fn list_decision_entries(db: &mut Db, decision: &DecisionId) -> Result<Vec<DecisionEntry>, DbError> {
    let rows = decision_entries::table.filter(decision_entries::decision_id.eq(decision));
    Ok(rows.select(DecisionEntry::as_select()).load(db)?)
}

/// Who stands in the pool, by code.
pub fn list_pool_entries(db: &mut Db, pool: &PoolId) -> Result<Vec<Candidate>, DbError> {
    let rows: Vec<Entry> = pool_entries::table
        .inner_join(entries::table)
        .filter(pool_entries::pool_id.eq(pool))
        .filter(pool_entries::left_at.is_null())
        .filter(among(
            entries::status,
            [EntryStatus::Submitted, EntryStatus::Accepted, EntryStatus::Returned],
        ))
        .order((entries::code, entries::id))
        .select(Entry::as_select())
        .load(db)?;
    let candidate = |entry: Entry| Candidate {
        entry_id: entry.id,
        code: entry.code.unwrap_or_default(),
        title: entry.title,
        kind: entry.kind,
        status: entry.status,
        unit_id: entry.unit_id,
        unit_name: entry.unit_name,
        place: None,
        score_text: String::new(),
        sheets_in: 0,
        sheets_due: 0,
        is_tied: false,
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// The nominations of a pool that are on their way or have arrived.
pub fn list_open_nominations(db: &mut Db, from: &PoolId) -> Result<Vec<Nomination>, DbError> {
    let open = nominations::table
        .filter(nominations::from_pool_id.eq(from))
        .filter(is_either!(nominations::status, [NominationStatus::Proposed, NominationStatus::Accepted]));
    Ok(open.select(Nomination::as_select()).load(db)?)
}

pub fn save_pool_status(db: &mut Db, pool: &Pool, status: PoolStatus) -> Result<(), DbError> {
    diesel::update(pools::table.find(&pool.id)).set(pools::status.eq(status)).execute(db)?;
    Ok(())
}

/// The last revision of each of the entries.
pub fn list_last_revisions(db: &mut Db, of: &[EntryId]) -> Result<Vec<Revision>, DbError> {
    let rows = revisions::table.filter(among(revisions::entry_id, of)).order(revisions::number);
    Ok(rows.select(Revision::as_select()).load(db)?)
}

/// The sheets that count, with their judge's number in the panel.
pub fn list_submitted_sheets(
    db: &mut Db,
    pool: &PoolId,
    of: &[EntryId],
) -> Result<Vec<(Sheet, Option<i32>)>, DbError> {
    let judge = panel_members::table
        .on(panel_members::pool_id.eq(sheets::pool_id).and(panel_members::account_id.eq(sheets::judge_id)));
    let rows = sheets::table
        .left_join(judge)
        .filter(sheets::pool_id.eq(pool))
        .filter(among(sheets::entry_id, of))
        .filter(sheets::status.eq(SheetStatus::Submitted))
        .order((sheets::entry_id, panel_members::number, sheets::id));
    Ok(rows.select((Sheet::as_select(), panel_members::number.nullable())).load(db)?)
}

/// The marks of those sheets with the names of their criteria, in the order of the form.
pub fn list_marks(db: &mut Db, pool: &PoolId, of: &[EntryId]) -> Result<Vec<(Mark, String)>, DbError> {
    let rows = marks::table
        .inner_join(sheets::table)
        .inner_join(criteria::table)
        .filter(sheets::pool_id.eq(pool))
        .filter(among(sheets::entry_id, of))
        .filter(sheets::status.eq(SheetStatus::Submitted))
        .order((marks::sheet_id, criteria::position));
    Ok(rows.select((Mark::as_select(), criteria::name)).load(db)?)
}
