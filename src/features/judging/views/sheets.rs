//! Sheets of a whole pool.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, CriterionId, EntryId, PoolId, SheetId},
        points::Points,
    },
    features::{
        contests::RoundMethod,
        entries::EntryStatus,
        judging::{Sheet, SheetEvent, SheetStatus},
    },
    infra::db::{
        Db, DbError,
        schema::{
            accounts, calibrations, decision_entries, entries, marks, nominations, pool_entries, pools,
            rounds, sheet_events, sheets,
        },
    },
    ranking::standing::parse_decimal,
};

pub fn sheets_by_pair(db: &mut Db, pool: &PoolId) -> Result<BTreeMap<(EntryId, AccountId), Sheet>, DbError> {
    let rows: Vec<Sheet> =
        sheets::table.filter(sheets::pool_id.eq(pool)).select(Sheet::as_select()).load(db)?;
    Ok(rows.into_iter().map(|sheet| ((sheet.entry_id.clone(), sheet.judge_id.clone()), sheet)).collect())
}

/// A submitted sheet that was not voided, with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct CountingSheet {
    pub id: SheetId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub marks: HashMap<CriterionId, Points>,
}

/// Two queries, however many sheets there are.
pub fn list_counting_sheets(db: &mut Db, pool: &PoolId) -> Result<Vec<CountingSheet>, DbError> {
    let rows: Vec<(SheetId, EntryId, AccountId)> = sheets::table
        .filter(sheets::pool_id.eq(pool))
        .filter(sheets::status.eq(SheetStatus::Submitted))
        .order((sheets::entry_id, sheets::judge_id))
        .select((sheets::id, sheets::entry_id, sheets::judge_id))
        .load(db)?;
    let mut marks = marks_by_sheet(db, pool)?;
    let counting = rows.into_iter().map(|(id, entry_id, judge_id)| CountingSheet {
        marks: marks.remove(&id).unwrap_or_default(),
        id,
        entry_id,
        judge_id,
    });
    Ok(counting.collect())
}

/// How many sheets of an entry count, and how many judges have it as a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCount {
    pub entry_id: EntryId,
    pub code: String,
    pub given: usize,
    pub due: usize,
}

/// Of the entries that compete, by code.
pub fn count_sheets(db: &mut Db, pool: &PoolId) -> Result<Vec<SheetCount>, DbError> {
    let practice = calibrations::table
        .filter(calibrations::pool_id.eq(pool))
        .filter(calibrations::is_sample.eq(true))
        .select(calibrations::entry_id);
    let entries: Vec<(EntryId, Option<String>)> = pool_entries::table
        .inner_join(entries::table)
        .filter(pool_entries::pool_id.eq(pool))
        .filter(pool_entries::left_at.is_null())
        .filter(entries::status.eq(EntryStatus::Accepted))
        .filter(entries::id.ne_all(practice))
        .order((entries::code, entries::id))
        .select((entries::id, entries::code))
        .load(db)?;
    let mut given: HashMap<EntryId, usize> = HashMap::new();
    for (entry, _) in list_submission_times(db, pool)?.into_keys() {
        *given.entry(entry).or_default() += 1;
    }
    let mut due: HashMap<EntryId, usize> = HashMap::new();
    for row in super::super::store::list_assignments(db, pool)? {
        *due.entry(row.entry_id).or_default() += 1;
    }
    let counts = entries.into_iter().map(|(entry_id, code)| SheetCount {
        given: given.get(&entry_id).copied().unwrap_or(0),
        due: due.get(&entry_id).copied().unwrap_or(0),
        code: code.unwrap_or_default(),
        entry_id,
    });
    Ok(counts.collect())
}

fn marks_by_sheet(
    db: &mut Db,
    pool: &PoolId,
) -> Result<HashMap<SheetId, HashMap<CriterionId, Points>>, DbError> {
    let rows: Vec<(SheetId, CriterionId, Points)> = marks::table
        .inner_join(sheets::table)
        .filter(sheets::pool_id.eq(pool))
        .filter(sheets::status.eq(SheetStatus::Submitted))
        .select((marks::sheet_id, marks::criterion_id, marks::value))
        .load(db)?;
    let mut by_sheet: HashMap<SheetId, HashMap<CriterionId, Points>> = HashMap::new();
    for (sheet, criterion, mark) in rows {
        by_sheet.entry(sheet).or_default().insert(criterion, mark);
    }
    Ok(by_sheet)
}

/// What happened to a sheet, and who did it, in order.
pub fn list_events(db: &mut Db, sheet: &SheetId) -> Result<Vec<(SheetEvent, String)>, DbError> {
    let events = sheet_events::table
        .inner_join(accounts::table)
        .filter(sheet_events::sheet_id.eq(sheet))
        .order(sheet_events::id);
    Ok(events.select((SheetEvent::as_select(), accounts::full_name)).load(db)?)
}

/// What nominated entries scored in the round before, as its decision has it: two decimals. Votes alone are no score.
pub fn carried_scores(
    db: &mut Db,
    pool: &PoolId,
) -> Result<HashMap<EntryId, crate::ranking::standing::Ratio>, DbError> {
    let rows: Vec<(EntryId, String, RoundMethod)> = nominations::table
        .inner_join(
            decision_entries::table.on(decision_entries::decision_id
                .eq(nominations::decision_id)
                .and(decision_entries::entry_id.eq(nominations::entry_id))),
        )
        .inner_join(pools::table.on(pools::id.eq(nominations::from_pool_id)))
        .inner_join(rounds::table.on(rounds::id.eq(pools::round_id)))
        .filter(nominations::to_pool_id.eq(pool))
        .filter(nominations::status.eq(NOMINATION_ACCEPTED))
        .select((nominations::entry_id, decision_entries::score_text, rounds::method))
        .load(db)?;
    let scores = rows.into_iter().filter(|(_, _, method)| *method != RoundMethod::Vote);
    Ok(scores.filter_map(|(entry, text, _)| Some((entry, parse_decimal(&text).ok()?))).collect())
}

/// As `selection::NominationStatus` writes it, which stands above this floor.
const NOMINATION_ACCEPTED: &str = "accepted";

/// When each submitted sheet was given, in microseconds.
pub fn list_submission_times(
    db: &mut Db,
    pool: &PoolId,
) -> Result<HashMap<(EntryId, AccountId), i64>, DbError> {
    let rows: Vec<(EntryId, AccountId, Option<Moment>)> = sheets::table
        .filter(sheets::pool_id.eq(pool))
        .filter(sheets::status.eq(SheetStatus::Submitted))
        .select((sheets::entry_id, sheets::judge_id, sheets::submitted_at))
        .load(db)?;
    let times = rows.into_iter();
    Ok(times
        .filter_map(|(entry, judge, at)| Some(((entry, judge), at?.and_utc().timestamp_micros())))
        .collect())
}
