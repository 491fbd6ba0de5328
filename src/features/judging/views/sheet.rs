//! The desk: one entry before one judge.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, CriterionId, EntryId, PoolId, RoundId, SheetId, UnitId},
        json::Json,
        points::Points,
    },
    features::{
        entries::Answers,
        judging::{Mark, PanelRole, Sheet, SheetStatus},
        pools::PoolStatus,
    },
    infra::db::{
        Db, DbError, MaybeMoment,
        schema::{assignments, contests, entries, marks, panel_members, pools, rounds, sheets},
    },
    read_all, read_one,
};

/// All that the page of a sheet shows besides files, answers and marks. Of each row it holds what is shown: read whole they
/// would be a hundred columns for every page of every judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    pub member: DeskMember,
    pub pool: DeskPool,
    pub round: DeskRound,
    pub contest: DeskContest,
    pub entry: DeskEntry,
    pub sheet: Option<Sheet>,
    /// What a blind round covers; empty in an open one.
    pub makers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = panel_members)]
pub struct DeskMember {
    pub account_id: AccountId,
    pub role: PanelRole,
    pub number: i32,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = pools)]
pub struct DeskPool {
    pub id: PoolId,
    pub unit_id: UnitId,
    pub status: PoolStatus,
    #[diesel(deserialize_as = MaybeMoment)]
    pub judging_closed_at: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = rounds)]
pub struct DeskRound {
    pub id: RoundId,
    pub name: String,
    pub name_en: String,
    pub is_blind: bool,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = contests)]
pub struct DeskContest {
    pub id: ContestId,
    pub title: String,
    pub title_en: String,
    pub edition: i32,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = entries)]
pub struct DeskEntry {
    pub id: EntryId,
    pub unit_id: UnitId,
    pub unit_name: String,
    pub code: Option<String>,
    pub title: String,
    pub authors: String,
    pub answers: Json<Answers>,
    pub owner_id: AccountId,
    pub entered_by: AccountId,
}

impl Desk {
    pub fn is_open(&self) -> bool {
        self.pool.status == PoolStatus::Judging && self.pool.judging_closed_at.is_none()
    }

    pub fn is_submitted(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.status == SheetStatus::Submitted)
    }

    pub fn edition(&self) -> i32 {
        self.sheet.as_ref().map_or(0, |sheet| sheet.edition)
    }
}

type DeskRow = (DeskMember, DeskPool, DeskRound, DeskContest, DeskEntry, Option<Sheet>);

/// Nothing for whoever does not have this entry now.
pub fn find_desk(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
) -> Result<Option<Desk>, DbError> {
    let row = assignments::table
        .inner_join(
            panel_members::table.on(panel_members::pool_id
                .eq(assignments::pool_id)
                .and(panel_members::account_id.eq(assignments::judge_id))),
        )
        .inner_join(entries::table.on(entries::id.eq(assignments::entry_id)))
        .inner_join(pools::table.on(pools::id.eq(assignments::pool_id)))
        .inner_join(rounds::table.on(rounds::id.eq(pools::round_id)))
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
    let found: Option<DeskRow> = read_one!(
        db,
        row.select((
            DeskMember::as_select(),
            DeskPool::as_select(),
            DeskRound::as_select(),
            DeskContest::as_select(),
            DeskEntry::as_select(),
            Option::<Sheet>::as_select(),
        ))
    )?;
    let Some((member, pool, round, contest, entry, sheet)) = found else { return Ok(None) };
    let makers = if round.is_blind { super::makers_of_entry(db, &pool.unit_id, &entry)? } else { Vec::new() };
    Ok(Some(Desk { member, pool, round, contest, entry, sheet, makers }))
}

/// What a judge gave in a pool, sheet by sheet, whatever their state. One query.
pub fn marks_of_judge(
    db: &mut Db,
    pool: &PoolId,
    judge: &AccountId,
) -> Result<HashMap<EntryId, HashMap<CriterionId, Points>>, DbError> {
    let rows: Vec<(EntryId, CriterionId, Points)> = read_all!(
        db,
        marks::table
            .inner_join(sheets::table)
            .filter(sheets::pool_id.eq(pool))
            .filter(sheets::judge_id.eq(judge))
            .select((sheets::entry_id, marks::criterion_id, marks::value))
    )?;
    let mut by_entry: HashMap<EntryId, HashMap<CriterionId, Points>> = HashMap::new();
    for (entry, criterion, mark) in rows {
        by_entry.entry(entry).or_default().insert(criterion, mark);
    }
    Ok(by_entry)
}

/// What a judge's sheets of a pool say, by entry, whatever their state. Two queries.
pub fn sheets_of_judge(
    db: &mut Db,
    pool: &PoolId,
    judge: &AccountId,
) -> Result<HashMap<EntryId, (Sheet, Vec<Mark>)>, DbError> {
    let own = sheets::table.filter(sheets::pool_id.eq(pool)).filter(sheets::judge_id.eq(judge));
    let rows: Vec<Sheet> = read_all!(db, own.select(Sheet::as_select()))?;
    let marks: Vec<Mark> = read_all!(
        db,
        marks::table
            .inner_join(sheets::table)
            .filter(sheets::pool_id.eq(pool))
            .filter(sheets::judge_id.eq(judge))
            .select(Mark::as_select())
    )?;
    let mut of_sheet: HashMap<SheetId, Vec<Mark>> = HashMap::new();
    for mark in marks {
        of_sheet.entry(mark.sheet_id.clone()).or_default().push(mark);
    }
    let with_marks = rows.into_iter().map(|sheet| {
        let marks = of_sheet.remove(&sheet.id).unwrap_or_default();
        (sheet.entry_id.clone(), (sheet, marks))
    });
    Ok(with_marks.collect())
}

pub fn marks_of_sheet(db: &mut Db, sheet: &SheetId) -> Result<HashMap<CriterionId, Points>, DbError> {
    let rows = marks::table.filter(marks::sheet_id.eq(sheet)).select((marks::criterion_id, marks::value));
    Ok(rows.load::<(CriterionId, Points)>(db)?.into_iter().collect())
}
