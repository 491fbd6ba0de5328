//! Decisions and nominations as screens read them.

use std::collections::HashMap;

use diesel::prelude::*;

pub use super::store::find_current;
use super::{Decision, DecisionEntry, Nomination, NominationStatus, Outcome};
use crate::{
    base::ids::{ContestId, DecisionId, EntryId, PoolId},
    features::{entries::Entry, pools::Pool},
    infra::db::{
        Db, DbError, among,
        schema::{accounts, decision_entries, decisions, entries, nominations, pools, units},
    },
};

/// All decisions of a pool with the name of who entered them, the one in force first.
pub fn list_decisions(db: &mut Db, pool: &PoolId) -> Result<Vec<(Decision, String)>, DbError> {
    let rows = decisions::table
        .inner_join(accounts::table)
        .filter(decisions::pool_id.eq(pool))
        .order(decisions::number.desc());
    Ok(rows.select((Decision::as_select(), accounts::full_name)).load(db)?)
}

/// What a decision says about each entry, the best outcome and place first.
pub fn list_outcomes(db: &mut Db, decision: &DecisionId) -> Result<Vec<(DecisionEntry, Entry)>, DbError> {
    let mut rows: Vec<(DecisionEntry, Entry)> = decision_entries::table
        .inner_join(entries::table)
        .filter(decision_entries::decision_id.eq(decision))
        .select((DecisionEntry::as_select(), Entry::as_select()))
        .load(db)?;
    rows.sort_by(|(a, entry_a), (b, entry_b)| {
        let key = |row: &DecisionEntry| (std::cmp::Reverse(row.outcome), row.place.unwrap_or(i32::MAX));
        key(a).cmp(&key(b)).then_with(|| entry_a.code.cmp(&entry_b.code))
    });
    Ok(rows)
}

/// What the decision in force says about each entry of a pool; empty while nothing is decided.
pub fn outcomes_of(db: &mut Db, pool: &PoolId) -> Result<HashMap<EntryId, Outcome>, DbError> {
    let Some(decision) = find_current(db, pool)? else { return Ok(HashMap::new()) };
    let rows = super::store::list_decision_entries(db, &decision.id)?;
    Ok(rows.into_iter().map(|row| (row.entry_id, row.outcome)).collect())
}

/// A nomination with what a list of them shows.
#[derive(Debug, Clone)]
pub struct ShownNomination {
    pub nomination: Nomination,
    pub entry: Entry,
    /// The unit at the other end: of the sender where nominations come in, of the receiver where they go out.
    pub other_unit: String,
    pub answered_by: Option<String>,
}

/// What was nominated into a pool, newest first.
pub fn list_incoming(db: &mut Db, pool: &PoolId) -> Result<Vec<ShownNomination>, DbError> {
    let rows: Vec<(Nomination, Entry, String)> = nominations::table
        .inner_join(entries::table)
        .inner_join(pools::table.on(pools::id.eq(nominations::from_pool_id)))
        .inner_join(units::table.on(units::id.eq(pools::unit_id)))
        .filter(nominations::to_pool_id.eq(pool))
        .order((nominations::proposed_at.desc(), nominations::id.desc()))
        .select((Nomination::as_select(), Entry::as_select(), units::name))
        .load(db)?;
    with_names(db, rows)
}

/// What a pool has nominated, newest first.
pub fn list_outgoing(db: &mut Db, pool: &PoolId) -> Result<Vec<ShownNomination>, DbError> {
    let rows: Vec<(Nomination, Entry, String)> = nominations::table
        .inner_join(entries::table)
        .inner_join(pools::table.on(pools::id.eq(nominations::to_pool_id)))
        .inner_join(units::table.on(units::id.eq(pools::unit_id)))
        .filter(nominations::from_pool_id.eq(pool))
        .order((nominations::proposed_at.desc(), nominations::id.desc()))
        .select((Nomination::as_select(), Entry::as_select(), units::name))
        .load(db)?;
    with_names(db, rows)
}

/// Who answered, with one query for all.
fn with_names(db: &mut Db, rows: Vec<(Nomination, Entry, String)>) -> Result<Vec<ShownNomination>, DbError> {
    let ids: Vec<_> = rows.iter().filter_map(|(nomination, ..)| nomination.answered_by.clone()).collect();
    let names: Vec<(crate::base::ids::AccountId, String)> = accounts::table
        .filter(among(accounts::id, ids))
        .select((accounts::id, accounts::full_name))
        .load(db)?;
    let names: HashMap<_, _> = names.into_iter().collect();
    let shown = |(nomination, entry, other_unit): (Nomination, Entry, String)| ShownNomination {
        answered_by: nomination.answered_by.as_ref().and_then(|id| names.get(id).cloned()),
        nomination,
        entry,
        other_unit,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// The way of one entry through the pools it was nominated from, oldest first.
pub fn list_nominations_of(db: &mut Db, entry: &EntryId) -> Result<Vec<Nomination>, DbError> {
    let rows = nominations::table.filter(nominations::entry_id.eq(entry)).order(nominations::proposed_at);
    Ok(rows.select(Nomination::as_select()).load(db)?)
}

/// The decision in force of each pool of a contest that has one.
pub fn current_decisions(db: &mut Db, contest: &ContestId) -> Result<Vec<(Decision, Pool)>, DbError> {
    let rows: Vec<(Decision, Pool)> = decisions::table
        .inner_join(pools::table)
        .filter(pools::contest_id.eq(contest))
        .order((decisions::pool_id, decisions::number))
        .select((Decision::as_select(), Pool::as_select()))
        .load(db)?;
    let mut newest: HashMap<PoolId, (Decision, Pool)> = HashMap::new();
    for (decision, pool) in rows {
        newest.insert(pool.id.clone(), (decision, pool));
    }
    Ok(newest.into_values().collect())
}

/// How many nominations wait for an answer: coming into the pool, and going out of it.
pub fn count_waiting(db: &mut Db, pool: &PoolId) -> Result<(usize, usize), DbError> {
    let waiting: Vec<PoolId> = nominations::table
        .filter(nominations::status.eq(NominationStatus::Proposed))
        .filter(nominations::to_pool_id.eq(pool).or(nominations::from_pool_id.eq(pool)))
        .select(nominations::to_pool_id)
        .load(db)?;
    let incoming = waiting.iter().filter(|to| *to == pool).count();
    Ok((incoming, waiting.len() - incoming))
}
