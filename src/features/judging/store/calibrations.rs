use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::{
        ids::{AccountId, CriterionId, EntryId, PoolId},
        points::Points,
    },
    features::judging::{SheetStatus, calibrating::Calibration},
    infra::db::{
        Db, DbError,
        schema::{assignments, calibrations, entries, marks, sheets},
    },
    read_all,
};

pub fn list_calibrations(db: &mut Db, pool: &PoolId) -> Result<Vec<Calibration>, DbError> {
    let marked = calibrations::table
        .filter(calibrations::pool_id.eq(pool))
        .order((calibrations::marked_at, calibrations::entry_id));
    Ok(read_all!(db, marked.select(Calibration::as_select()))?)
}

pub fn insert_calibration(db: &mut Db, row: &Calibration) -> Result<(), DbError> {
    diesel::insert_into(calibrations::table).values(row).execute(db)?;
    Ok(())
}

pub fn delete_calibration(db: &mut Db, pool: &PoolId, entry: &EntryId) -> Result<(), DbError> {
    diesel::delete(calibrations::table.find((pool, entry))).execute(db)?;
    Ok(())
}

/// Codes of the entries that this judge has to score before all others and has not. One query.
pub fn list_calibrations_due(
    db: &mut Db,
    pool: &PoolId,
    judge: &AccountId,
) -> Result<Vec<(EntryId, String)>, DbError> {
    let due = assignments::table
        .inner_join(entries::table)
        .inner_join(
            calibrations::table.on(calibrations::pool_id
                .eq(assignments::pool_id)
                .and(calibrations::entry_id.eq(assignments::entry_id))),
        )
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::ended_at.is_null())
        .filter(assignments::sheet_status.is_null().or(assignments::sheet_status.ne(SheetStatus::Submitted)))
        .order(entries::code)
        .select((entries::id, entries::code));
    let rows: Vec<(EntryId, Option<String>)> = read_all!(db, due)?;
    Ok(rows.into_iter().map(|(id, code)| (id, code.unwrap_or_default())).collect())
}

/// Every mark on the submitted sheets of an entry, by criterion and without a judge.
pub fn list_marks_of_entry(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
) -> Result<HashMap<CriterionId, Vec<Points>>, DbError> {
    let rows: Vec<(CriterionId, Points)> = read_all!(
        db,
        marks::table
            .inner_join(sheets::table)
            .filter(sheets::pool_id.eq(pool))
            .filter(sheets::entry_id.eq(entry))
            .filter(sheets::status.eq(SheetStatus::Submitted))
            .select((marks::criterion_id, marks::value))
    )?;
    let mut by_criterion: HashMap<CriterionId, Vec<Points>> = HashMap::new();
    for (criterion, mark) in rows {
        by_criterion.entry(criterion).or_default().push(mark);
    }
    Ok(by_criterion)
}
