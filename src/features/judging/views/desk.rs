//! A judge's own list, and what is still missing on a panel.

use std::{collections::HashMap, ops::Deref};

use diesel::prelude::*;

use crate::{
    base::ids::{AccountId, EntryId, PoolId},
    features::judging::SheetStatus,
    infra::db::{
        Db, DbError, among,
        schema::{accounts, assignments, calibrations, entries, panel_members, sheets},
    },
    read_all,
};

/// One entry of a judge's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPlace {
    pub entry_id: EntryId,
    pub status: Option<SheetStatus>,
    /// Put aside, to come back to.
    pub is_skipped: bool,
    /// The whole panel scores it before all others.
    pub is_calibration: bool,
}

/// The same with what a list calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPlace {
    pub place: DeskPlace,
    pub code: String,
    pub title: String,
    pub unit_name: String,
    /// Of the sheet; 0 without one.
    pub edition: i32,
}

impl Deref for NamedPlace {
    type Target = DeskPlace;

    fn deref(&self) -> &DeskPlace {
        &self.place
    }
}

impl DeskPlace {
    pub fn is_done(&self) -> bool {
        self.status == Some(SheetStatus::Submitted)
    }
}

/// The judge's entries in the judge's own order. Two queries, each one stretch of an index.
pub fn list_places(db: &mut Db, pool: &PoolId, judge: &AccountId) -> Result<Vec<DeskPlace>, DbError> {
    let assigned: Vec<(EntryId, Option<SheetStatus>, bool)> = read_all!(
        db,
        assignments::table
            .filter(assignments::pool_id.eq(pool))
            .filter(assignments::judge_id.eq(judge))
            .filter(assignments::ended_at.is_null())
            .filter(assignments::is_judged)
            .order((assignments::position, assignments::entry_id))
            .select((
                assignments::entry_id,
                assignments::sheet_status,
                assignments::skipped_at.is_not_null()
            ))
    )?;
    let for_all: Vec<EntryId> = read_all!(
        db,
        calibrations::table.filter(calibrations::pool_id.eq(pool)).select(calibrations::entry_id)
    )?;
    let places = assigned.into_iter().map(|(entry_id, status, is_skipped)| DeskPlace {
        is_skipped: is_skipped && status != Some(SheetStatus::Submitted),
        status,
        is_calibration: for_all.contains(&entry_id),
        entry_id,
    });
    // What everybody scores first comes first; the rest stays in the judge's own order.
    let (mut first, rest): (Vec<DeskPlace>, Vec<DeskPlace>) = places.partition(|place| place.is_calibration);
    first.extend(rest);
    Ok(first)
}

type NameRow = (EntryId, Option<String>, String, String, Option<i32>);

/// The same with codes, titles and units. One query more.
pub fn list_named_places(db: &mut Db, pool: &PoolId, judge: &AccountId) -> Result<Vec<NamedPlace>, DbError> {
    let places = list_places(db, pool, judge)?;
    let ids = places.iter().map(|place| &place.entry_id);
    let named: Vec<NameRow> = read_all!(
        db,
        entries::table
            .left_join(
                sheets::table.on(sheets::entry_id
                    .eq(entries::id)
                    .and(sheets::pool_id.eq(pool))
                    .and(sheets::judge_id.eq(judge))),
            )
            .filter(among(entries::id, ids.clone()))
            .select((
                entries::id,
                entries::code,
                entries::title,
                entries::unit_name,
                sheets::edition.nullable()
            ))
    )?;
    let mut names: HashMap<EntryId, _> = named
        .into_iter()
        .map(|(entry, code, title, unit, edition)| (entry, (code, title, unit, edition)))
        .collect();
    let named = places.into_iter().map(|place| {
        let (code, title, unit_name, edition) = names.remove(&place.entry_id).unwrap_or_default();
        let (code, edition) = (code.unwrap_or_default(), edition.unwrap_or_default());
        NamedPlace { place, code, title, unit_name, edition }
    });
    Ok(named.collect())
}

/// The first entry without a submitted sheet after `current`, and then from the beginning; what was put aside comes after
/// all that was not.
pub fn next_open(places: &[DeskPlace], current: &EntryId) -> Option<EntryId> {
    let at = places.iter().position(|place| place.entry_id == *current).map_or(0, |at| at + 1);
    let (before, after) = places.split_at_checked(at)?;
    let open = || after.iter().chain(before).filter(|place| !place.is_done() && place.entry_id != *current);
    let next = open().find(|place| !place.is_skipped).or_else(|| open().next());
    next.map(|place| place.entry_id.clone())
}

/// A sheet that a judge owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingSheet {
    pub entry_id: EntryId,
    pub code: String,
    pub judge_id: AccountId,
    pub judge_name: String,
    pub number: i32,
}

/// Assignments without a submitted sheet, by judge and code.
pub fn list_missing(db: &mut Db, pool: &PoolId) -> Result<Vec<MissingSheet>, DbError> {
    type Row = (EntryId, Option<String>, AccountId, String, i32);
    let rows: Vec<Row> = read_all!(
        db,
        assignments::table
            .inner_join(entries::table)
            .inner_join(
                panel_members::table.on(panel_members::pool_id
                    .eq(assignments::pool_id)
                    .and(panel_members::account_id.eq(assignments::judge_id))),
            )
            .inner_join(accounts::table.on(accounts::id.eq(assignments::judge_id)))
            .filter(assignments::pool_id.eq(pool))
            .filter(assignments::ended_at.is_null())
            .filter(assignments::is_judged)
            .filter(
                assignments::sheet_status.is_null().or(assignments::sheet_status.ne(SheetStatus::Submitted))
            )
            .order((panel_members::number, entries::code))
            .select((
                entries::id,
                entries::code,
                assignments::judge_id,
                accounts::full_name,
                panel_members::number,
            ))
    )?;
    let missing = rows.into_iter().map(|(entry_id, code, judge_id, judge_name, number)| MissingSheet {
        entry_id,
        code: code.unwrap_or_default(),
        judge_id,
        judge_name,
        number,
    });
    Ok(missing.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_entry_is_the_first_open_one_after_this_one() {
        let place = |status| DeskPlace {
            entry_id: EntryId::generate(),
            status,
            is_skipped: false,
            is_calibration: false,
        };
        let done = Some(SheetStatus::Submitted);
        let places = [place(None), place(done), place(Some(SheetStatus::Draft)), place(done)];
        let next = |at: usize| next_open(&places, &places[at].entry_id);
        assert_eq!(next(0), Some(places[2].entry_id.clone()));
        assert_eq!(next(2), Some(places[0].entry_id.clone()));
        assert_eq!(next(3), Some(places[0].entry_id.clone()));
        assert_eq!(next_open(&places[3..], &places[3].entry_id), None);
        let mut skipped = places.clone();
        skipped[2].is_skipped = true;
        assert_eq!(next_open(&skipped, &places[3].entry_id), Some(places[0].entry_id.clone()));
        assert_eq!(next_open(&skipped, &places[0].entry_id), Some(places[2].entry_id.clone()));
    }
}
