//! Where an entry stands: the first pool of a new entry, and the next pool of a nominated one.

use super::{Pool, PoolEntry, PoolStatus, store};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, NominationId, PoolId, UnitId},
    },
    features::{
        contests::{Contest, Round, views::list_rounds},
        units::views::{PathStep, steps_of},
    },
    infra::db::{Db, DbError},
};

/// A pool that may not have been made yet: round × unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub round: Round,
    pub unit_id: UnitId,
}

/// The first round that has its pool level at the unit or above it.
pub fn place(db: &mut Db, contest: &Contest, unit: &UnitId) -> Result<Option<Place>, DbError> {
    let rounds = list_rounds(db, &contest.id)?;
    let path = steps_of(db, unit)?;
    Ok(first_place(rounds, &path))
}

/// The next round after `current` that has its pool level at the pool's unit or above it.
pub fn next_pool_place(db: &mut Db, current: &Round, unit: &UnitId) -> Result<Option<Place>, DbError> {
    let rounds = list_rounds(db, &current.contest_id)?;
    let path = steps_of(db, unit)?;
    let later = rounds.into_iter().filter(|round| round.position > current.position).collect();
    Ok(first_place(later, &path))
}

/// A unit may skip levels (a sector unit hangs directly under a province): a round without a level on its path is
/// passed over.
fn first_place(rounds: Vec<Round>, path: &[PathStep]) -> Option<Place> {
    rounds.into_iter().find_map(|round| {
        let step = path.iter().find(|step| step.level == round.pool_level)?;
        Some(Place { unit_id: step.unit_id.clone(), round })
    })
}

/// The pool of a unit in a round, made when the first entry comes.
pub fn find_or_make(db: &mut Db, round: &Round, unit: &UnitId, now: Moment) -> Result<Pool, DbError> {
    if let Some(pool) = store::find_by_place(db, &round.id, unit)? {
        return Ok(pool);
    }
    let pool = Pool {
        id: PoolId::generate(),
        contest_id: round.contest_id.clone(),
        round_id: round.id.clone(),
        unit_id: unit.clone(),
        status: PoolStatus::Gathering,
        deadline_at: round.closes_at,
        draw_seed: None,
        judging_closed_at: None,
        created_at: now,
    };
    store::insert(db, &pool)?;
    Ok(pool)
}

/// Puts an entry into a pool, or back into it when it had left. `is_judged`: what the entry's state says.
pub fn receive(
    db: &mut Db,
    pool: &Pool,
    entry: &EntryId,
    nomination: Option<&NominationId>,
    is_judged: bool,
    now: Moment,
) -> Result<(), DbError> {
    let row = PoolEntry {
        pool_id: pool.id.clone(),
        entry_id: entry.clone(),
        nomination_id: nomination.cloned(),
        received_at: now,
        left_at: None,
        is_judged,
    };
    if store::return_entry(db, &row)? { Ok(()) } else { store::insert_pool_entry(db, &row) }
}
