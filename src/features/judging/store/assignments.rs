use diesel::{dsl::exists, prelude::*};

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AssignmentId, ConflictId, ContestId, EntryId, PoolId},
    },
    features::judging::{Assignment, Conflict, Sheet, SheetStatus},
    infra::db::{
        Db, DbError, among,
        schema::{assignments, conflicts, panel_members, pool_entries, sheets},
    },
    rows_by_id,
};

rows_by_id!(conflicts, Conflict, ConflictId, find_conflict, insert_conflict, save_conflict);

/// Whether the judge sits on the panel and has the entry, while it stands in the pool.
pub fn is_assigned(db: &mut Db, pool: &PoolId, entry: &EntryId, judge: &AccountId) -> Result<bool, DbError> {
    let row = assignments::table
        .inner_join(
            panel_members::table.on(panel_members::pool_id
                .eq(assignments::pool_id)
                .and(panel_members::account_id.eq(assignments::judge_id))),
        )
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::ended_at.is_null())
        .filter(assignments::is_judged)
        .filter(panel_members::left_at.is_null())
        .select(assignments::id);
    let found: Option<AssignmentId> = row.get_result(db).optional()?;
    Ok(found.is_some())
}

pub fn list_assignments(db: &mut Db, pool: &PoolId) -> Result<Vec<Assignment>, DbError> {
    let open =
        assignments::table.filter(assignments::pool_id.eq(pool)).filter(assignments::ended_at.is_null());
    Ok(open.select(Assignment::as_select()).load(db)?)
}

pub fn insert_assignments(db: &mut Db, rows: &[Assignment]) -> Result<(), DbError> {
    match db {
        // Below the limit of parameters in one statement.
        Db::Postgres(db) => {
            for rows in rows.chunks(2_000) {
                diesel::insert_into(assignments::table).values(rows).execute(db)?;
            }
        }
        Db::Sqlite(db) => {
            for row in rows {
                diesel::insert_into(assignments::table).values(row).execute(db)?;
            }
        }
    }
    // What is known of the entry and of a sheet that was begun before.
    let place = pool_entries::table
        .filter(pool_entries::pool_id.eq(assignments::pool_id))
        .filter(pool_entries::entry_id.eq(assignments::entry_id))
        .filter(pool_entries::is_judged);
    let begun = sheets::table
        .filter(sheets::pool_id.eq(assignments::pool_id))
        .filter(sheets::entry_id.eq(assignments::entry_id))
        .filter(sheets::judge_id.eq(assignments::judge_id))
        .select(sheets::status);
    let new = assignments::table.filter(among(assignments::id, rows.iter().map(|row| &row.id)));
    diesel::update(new)
        .set((assignments::is_judged.eq(exists(place)), assignments::sheet_status.eq(begun.single_value())))
        .execute(db)?;
    Ok(())
}

pub fn insert_assignment(db: &mut Db, row: &Assignment) -> Result<(), DbError> {
    insert_assignments(db, std::slice::from_ref(row))
}

/// The judge's assignment says how far the sheet is.
pub(super) fn save_sheet_status(db: &mut Db, sheet: &Sheet) -> Result<(), DbError> {
    let own = assignments::table
        .filter(assignments::pool_id.eq(&sheet.pool_id))
        .filter(assignments::entry_id.eq(&sheet.entry_id))
        .filter(assignments::judge_id.eq(&sheet.judge_id))
        .filter(assignments::ended_at.is_null());
    diesel::update(own).set(assignments::sheet_status.eq(sheet.status)).execute(db)?;
    Ok(())
}

pub fn end_assignment(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<usize, DbError> {
    let open = assignments::table
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::ended_at.is_null());
    let end = (assignments::ended_at.eq(now), assignments::end_reason.eq(reason));
    Ok(diesel::update(open).set(end).execute(db)?)
}

/// Ends what a judge has not given yet: assignments without a submitted sheet.
pub fn end_open_assignments(
    db: &mut Db,
    pool: &PoolId,
    judge: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<usize, DbError> {
    let open = assignments::table
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::ended_at.is_null())
        .filter(assignments::sheet_status.is_null().or(assignments::sheet_status.ne(SheetStatus::Submitted)));
    let end = (assignments::ended_at.eq(now), assignments::end_reason.eq(reason));
    Ok(diesel::update(open).set(end).execute(db)?)
}

pub fn end_assignments(db: &mut Db, ids: &[AssignmentId], reason: &str, now: Moment) -> Result<(), DbError> {
    let end = (assignments::ended_at.eq(now), assignments::end_reason.eq(reason));
    diesel::update(assignments::table.filter(among(assignments::id, ids))).set(end).execute(db)?;
    Ok(())
}

/// Where a judge has this entry now, in all pools of its contest.
pub fn list_assignments_of(
    db: &mut Db,
    judge: &AccountId,
    entry: &EntryId,
) -> Result<Vec<Assignment>, DbError> {
    let open = assignments::table
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::ended_at.is_null());
    Ok(open.select(Assignment::as_select()).load(db)?)
}

/// Whether somebody declared that this person must not judge the entry.
pub fn has_conflict(db: &mut Db, person: &AccountId, entry: &EntryId) -> Result<bool, DbError> {
    let row = conflicts::table
        .filter(conflicts::judge_id.eq(person))
        .filter(conflicts::entry_id.eq(entry))
        .select(conflicts::id);
    let found: Option<ConflictId> = row.first(db).optional()?;
    Ok(found.is_some())
}

/// The conflicts that these judges, or others about them, declared in a contest.
pub fn list_conflicts(
    db: &mut Db,
    contest: &ContestId,
    judges: &[AccountId],
) -> Result<Vec<Conflict>, DbError> {
    let declared =
        conflicts::table.filter(conflicts::contest_id.eq(contest)).filter(among(conflicts::judge_id, judges));
    Ok(declared.select(Conflict::as_select()).load(db)?)
}
