//! Who a body decides about: the entries of a pool, with what the standing says.

use std::collections::HashMap;

use super::store;
use crate::{
    base::{
        ids::{EntryId, UnitId},
        lang::Lang,
    },
    features::{
        contests::{EntryKind, Round},
        entries::EntryStatus,
        judging::standing::standing_of,
        pools::Pool,
        voting,
    },
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub entry_id: EntryId,
    pub code: String,
    pub title: String,
    pub kind: EntryKind,
    pub status: EntryStatus,
    pub unit_id: UnitId,
    pub unit_name: String,
    /// Nothing in a round that only decides, and for an entry without a sheet or a count.
    pub place: Option<i32>,
    /// As it is written in Vietnamese.
    pub score_text: String,
    pub sheets_in: i32,
    pub sheets_due: i32,
    pub is_tied: bool,
}

/// The entries that stand in the pool, best first, and the hash of the standing they come from.
pub fn list_candidates(db: &mut Db, pool: &Pool, round: &Round) -> Result<(Vec<Candidate>, String), DbError> {
    let mut candidates: Vec<Candidate> = store::list_pool_entries(db, &pool.id)?;
    if !round.takes_sheets() && !round.takes_votes() {
        return Ok((candidates, String::new()));
    }
    let votes = if round.takes_votes() { voting::views::counts_of(db, &pool.id)? } else { HashMap::new() };
    let standing = standing_of(db, pool, &votes)?;
    let mut rows: HashMap<_, _> = standing.rows.into_iter().map(|row| (row.entry_id.clone(), row)).collect();
    for candidate in &mut candidates {
        if let Some(row) = rows.remove(&candidate.entry_id) {
            candidate.score_text = row.score_text(Lang::Vi);
            candidate.place = row.place;
            candidate.sheets_in = row.sheets_in;
            candidate.sheets_due = row.sheets_due;
            candidate.is_tied = row.is_tied;
        }
    }
    candidates.sort_by_key(|candidate| candidate.place.unwrap_or(i32::MAX));
    Ok((candidates, standing.hash))
}
