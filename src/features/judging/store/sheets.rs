use diesel::{prelude::*, upsert::excluded};

use super::assignments::save_sheet_status;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, CriterionId, EntryId, PoolId, RoundId, SheetEventId, SheetId},
    },
    features::{
        judging::{
            Mark, Sheet, SheetEvent, SheetEventKind, SheetStatus,
            sheets::{Seated, SheetSave},
        },
        pools::PoolStatus,
    },
    infra::db::{
        Db, DbError,
        schema::{assignments, contests, marks, panel_members, pools, sheet_events, sheet_saves, sheets},
    },
    read_all, read_one, rows_by_id,
};

rows_by_id!(sheet_events, SheetEvent, SheetEventId, find_sheet_event, insert_sheet_event, save_sheet_event);

/// A row of this table is written by [`insert_sheet`] and [`save_sheet`], which say so in the assignment too.
mod rows {
    use super::{Sheet, SheetId, rows_by_id};

    rows_by_id!(sheets, Sheet, SheetId, find, insert, save);
}

pub use rows::find as find_sheet;

pub fn insert_sheet(db: &mut Db, sheet: &Sheet) -> Result<(), DbError> {
    rows::insert(db, sheet)?;
    save_sheet_status(db, sheet)
}

/// `before`: how far the sheet was until now.
pub fn save_sheet(db: &mut Db, sheet: &Sheet, before: SheetStatus) -> Result<(), DbError> {
    rows::save(db, sheet)?;
    if sheet.status == before { Ok(()) } else { save_sheet_status(db, sheet) }
}

type SeatedRow = (ContestId, i32, RoundId, PoolStatus, Option<Moment>, Option<Sheet>);

/// All that writing a sheet asks of the database, in one query.
pub fn find_seated(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
) -> Result<Option<Seated>, DbError> {
    let row = assignments::table
        .inner_join(
            panel_members::table.on(panel_members::pool_id
                .eq(assignments::pool_id)
                .and(panel_members::account_id.eq(assignments::judge_id))),
        )
        .inner_join(pools::table.on(pools::id.eq(assignments::pool_id)))
        .inner_join(contests::table.on(contests::id.eq(pools::contest_id)))
        .left_join(
            sheets::table.on(sheets::pool_id
                .eq(assignments::pool_id)
                .and(sheets::entry_id.eq(assignments::entry_id))
                .and(sheets::judge_id.eq(assignments::judge_id))),
        )
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::ended_at.is_null())
        .filter(panel_members::left_at.is_null())
        .filter(assignments::is_judged);
    let found: Option<SeatedRow> = read_one!(
        db,
        row.select((
            pools::contest_id,
            contests::edition,
            pools::round_id,
            pools::status,
            pools::judging_closed_at,
            Option::<Sheet>::as_select(),
        ))
    )?;
    Ok(found.map(|(contest_id, contest_edition, round_id, pool_status, judging_closed_at, sheet)| Seated {
        contest_id,
        contest_edition,
        round_id,
        pool_id: pool.clone(),
        entry_id: entry.clone(),
        judge_id: judge.clone(),
        pool_status,
        judging_closed_at,
        sheet,
    }))
}

pub fn list_marks(db: &mut Db, sheet: &SheetId) -> Result<Vec<Mark>, DbError> {
    Ok(read_all!(db, marks::table.filter(marks::sheet_id.eq(sheet)).select(Mark::as_select()))?)
}

/// New marks, and other values and notes for old ones.
pub fn put_marks(db: &mut Db, rows: &[Mark]) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    match db {
        Db::Postgres(db) => {
            diesel::insert_into(marks::table)
                .values(rows)
                .on_conflict((marks::sheet_id, marks::criterion_id))
                .do_update()
                .set((marks::value.eq(excluded(marks::value)), marks::note.eq(excluded(marks::note))))
                .execute(db)?;
        }
        // One prepared statement, run once a mark: a batch would be put together anew each time.
        Db::Sqlite(db) => {
            for row in rows {
                diesel::insert_into(marks::table)
                    .values(row)
                    .on_conflict((marks::sheet_id, marks::criterion_id))
                    .do_update()
                    .set((marks::value.eq(excluded(marks::value)), marks::note.eq(excluded(marks::note))))
                    .execute(db)?;
            }
        }
    }
    Ok(())
}

pub fn delete_mark(db: &mut Db, sheet: &SheetId, criterion: &CriterionId) -> Result<(), DbError> {
    diesel::delete(marks::table.find((sheet, criterion))).execute(db)?;
    Ok(())
}

/// What the sheet said each time it was given, as it was recorded.
pub fn list_given(db: &mut Db, sheet: &SheetId) -> Result<Vec<String>, DbError> {
    let given = sheet_events::table
        .filter(sheet_events::sheet_id.eq(sheet))
        .filter(sheet_events::event.eq(SheetEventKind::Submitted))
        .order(sheet_events::id);
    Ok(read_all!(db, given.select(sheet_events::content))?)
}

/// What a save with this id was answered, if it arrived.
pub fn find_sheet_save(db: &mut Db, judge: &AccountId, save_id: &str) -> Result<Option<SheetSave>, DbError> {
    Ok(sheet_saves::table.find((judge, save_id)).select(SheetSave::as_select()).first(db).optional()?)
}

pub fn insert_sheet_save(db: &mut Db, save: &SheetSave) -> Result<(), DbError> {
    diesel::insert_into(sheet_saves::table).values(save).execute(db)?;
    Ok(())
}

/// Puts an entry aside for later, or no longer.
pub fn save_skipped(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
    skipped_at: Option<Moment>,
) -> Result<(), DbError> {
    let own = assignments::table
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::ended_at.is_null());
    diesel::update(own).set(assignments::skipped_at.eq(skipped_at)).execute(db)?;
    Ok(())
}

pub fn find_sheet_of(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
) -> Result<Option<Sheet>, DbError> {
    let sheet = sheets::table
        .filter(sheets::pool_id.eq(pool))
        .filter(sheets::entry_id.eq(entry))
        .filter(sheets::judge_id.eq(judge));
    Ok(read_one!(db, sheet.select(Sheet::as_select()))?)
}
