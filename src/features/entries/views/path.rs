//! Where an entry is and how far it came: from the unit that sent it in to the host of the contest. Reads the tables of
//! later rooms, because the way leads through them.

use diesel::prelude::*;

use super::super::{Entry, EntryStatus};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, UnitId},
    },
    features::{
        contests::Contest,
        pools::PoolStatus,
        units::{
            LevelCode,
            views::{PathStep, steps_of},
        },
    },
    infra::db::{
        Db, DbError, MaybeMoment, ReadMoment,
        schema::{decision_entries, decisions, nominations, pool_entries, pools, rounds},
    },
    read_all,
};

/// A unit on the way of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    pub unit_id: UnitId,
    pub name: String,
    pub level: LevelCode,
    pub state: StationState,
    /// When the entry came to this unit's pool.
    pub received_at: Option<Moment>,
    pub pool_status: Option<PoolStatus>,
    /// Sent up from here, and not yet answered.
    pub is_waiting_above: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StationState {
    Ahead,
    Here,
    Done,
    Won,
    Stopped,
}

#[derive(Debug, Clone, PartialEq)]
struct Stop {
    pool_id: PoolId,
    unit_id: UnitId,
    position: i32,
    status: PoolStatus,
    received_at: Moment,
    left_at: Option<Moment>,
    /// What the latest decision says.
    outcome: Option<String>,
}

/// What bodies decided is shown to everyone when the pool published it; `sees_all` shows it to those who run things.
pub fn path_of_entry(
    db: &mut Db,
    entry: &Entry,
    contest: &Contest,
    sees_all: bool,
) -> Result<Vec<Station>, DbError> {
    let above = steps_of(db, &entry.unit_id)?;
    let host = above.iter().position(|step| step.unit_id == contest.host_unit_id);
    let steps: Vec<PathStep> = above.into_iter().take(host.map_or(usize::MAX, |at| at + 1)).collect();
    let stops = if entry.submitted_at.is_some() { list_stops(db, &entry.id)? } else { Vec::new() };
    let any_decided = stops.iter().any(|stop| stop.outcome.is_some());
    let waiting = if any_decided && sees_all { list_waiting(db, &entry.id)? } else { Vec::new() };
    Ok(stations(entry, &steps, &stops, &waiting, sees_all))
}

fn stations(
    entry: &Entry,
    steps: &[PathStep],
    stops: &[Stop],
    waiting: &[PoolId],
    sees_all: bool,
) -> Vec<Station> {
    let last = stops.iter().filter(|stop| stop.left_at.is_none()).max_by_key(|stop| stop.position);
    let last = last.or_else(|| stops.iter().max_by_key(|stop| stop.position));
    let reached =
        last.and_then(|stop| steps.iter().position(|step| step.unit_id == stop.unit_id)).unwrap_or(0);
    let end = last.map_or(StationState::Here, |stop| match entry.status {
        EntryStatus::Rejected | EntryStatus::Withdrawn | EntryStatus::Disqualified => StationState::Stopped,
        _ if !(sees_all || stop.status == PoolStatus::Published) => StationState::Here,
        _ => match stop.outcome.as_deref() {
            Some("not_chosen") => StationState::Stopped,
            Some("chosen") => StationState::Won,
            _ => StationState::Here,
        },
    });
    let station = |(at, step): (usize, &PathStep)| {
        let stop = stops.iter().filter(|stop| stop.unit_id == step.unit_id).max_by_key(|stop| stop.position);
        Station {
            unit_id: step.unit_id.clone(),
            name: if at == 0 { entry.unit_name.clone() } else { step.name.clone() },
            level: step.level.clone(),
            state: match at.cmp(&reached) {
                std::cmp::Ordering::Less => StationState::Done,
                std::cmp::Ordering::Equal => end,
                std::cmp::Ordering::Greater => StationState::Ahead,
            },
            received_at: stop.map(|stop| stop.received_at).or(entry.submitted_at.filter(|_| at == 0)),
            pool_status: stop.map(|stop| stop.status),
            is_waiting_above: stop.is_some_and(|stop| waiting.contains(&stop.pool_id)),
        }
    };
    steps.iter().enumerate().map(station).collect()
}

/// First the number of the decision.
type StopColumns = (Option<i32>, PoolId, UnitId, i32, PoolStatus, ReadMoment, MaybeMoment, Option<String>);

fn list_stops(db: &mut Db, entry: &EntryId) -> Result<Vec<Stop>, DbError> {
    let stops = pool_entries::table
        .inner_join(pools::table.inner_join(rounds::table))
        // One after the other: joined to each other first, SQLite would put all decisions together for each entry.
        .left_join(decisions::table.on(decisions::pool_id.eq(pools::id)))
        .left_join(
            decision_entries::table.on(decision_entries::decision_id
                .eq(decisions::id)
                .and(decision_entries::entry_id.eq(pool_entries::entry_id))),
        )
        .filter(pool_entries::entry_id.eq(entry))
        .select((
            decisions::number.nullable(),
            pools::id,
            pools::unit_id,
            rounds::position,
            pools::status,
            pool_entries::received_at,
            pool_entries::left_at,
            decision_entries::outcome.nullable(),
        ));
    let mut rows: Vec<StopColumns> = read_all!(db, stops)?;
    rows.sort_by_key(|row| row.0);
    let mut stops: Vec<Stop> = Vec::new();
    for (_, pool_id, unit_id, position, status, received_at, left_at, outcome) in rows {
        // A pool that decided again comes once for each of its decisions.
        let (received_at, left_at) = (received_at.into(), left_at.into());
        match stops.iter_mut().find(|stop| stop.pool_id == pool_id) {
            Some(stop) => stop.outcome = outcome.or_else(|| stop.outcome.take()),
            None => stops.push(Stop { pool_id, unit_id, position, status, received_at, left_at, outcome }),
        }
    }
    Ok(stops)
}

/// The pools whose nomination of the entry is not answered yet.
fn list_waiting(db: &mut Db, entry: &EntryId) -> Result<Vec<PoolId>, DbError> {
    let waiting =
        nominations::table.filter(nominations::entry_id.eq(entry)).filter(nominations::status.eq("proposed"));
    Ok(read_all!(db, waiting.select(nominations::from_pool_id))?)
}
