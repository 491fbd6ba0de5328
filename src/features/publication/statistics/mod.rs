//! The figures of a contest, counted from its rows each time.
//!
//! * An entry counts when it was sent in and neither withdrawn nor rejected nor disqualified.
//! * Each entry has one level and one kind, so those parts add up to the total; it may have many tools.
//! * Units are counted at the level that has the most of them: the lowest one at which the organisation is registered
//!   whole. (Where only those few branches were entered that sent something, the level above them is counted.) A unit
//!   takes part when an entry comes from it or from below it.
//! * Counted are the units below the host. A host at the top of the tree is joined by those who run a pool: then only
//!   their units count.

mod store;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    base::ids::{RoundId, UnitId},
    features::{
        contests::{Contest, EntryKind, views::list_rounds},
        selection::Outcome,
        units::{self, LevelCode},
    },
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statistics {
    pub entries: EntryFigures,
    pub units: UnitFigures,
    pub funnel: Vec<FunnelStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryFigures {
    pub total: i64,
    pub by_level: BTreeMap<String, i64>,
    pub by_kind: BTreeMap<EntryKind, i64>,
    pub by_tool: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitFigures {
    pub total: i64,
    pub taking_part: i64,
}

/// One round: what came in, what was chosen (with what goes up), and what goes up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FunnelStep {
    pub round: i32,
    pub name: String,
    pub pool_level: LevelCode,
    pub received: i64,
    pub chosen: i64,
    pub nominated: i64,
}

/// On the tree as it stands now.
pub fn of_contest(db: &mut Db, contest: &Contest) -> Result<Statistics, DbError> {
    of_contest_on(db, contest, None)
}

/// With the units of a date: the same entries, counted for the tree of that day. Their own level stays as it was when
/// they were sent in.
pub fn of_contest_on(db: &mut Db, contest: &Contest, date: Option<NaiveDate>) -> Result<Statistics, DbError> {
    let by_level_and_kind = store::count_by_level_and_kind(db, &contest.id)?;
    let mut by_level = BTreeMap::new();
    // A kind that may be sent in and was not is worth a zero.
    let mut by_kind: BTreeMap<EntryKind, i64> = contest.kinds.iter().map(|kind| (*kind, 0)).collect();
    for (level, kind, count) in &by_level_and_kind {
        *by_level.entry(level.as_str().to_owned()).or_default() += count;
        *by_kind.entry(*kind).or_default() += count;
    }
    let entries = EntryFigures {
        total: by_level_and_kind.iter().map(|(_, _, count)| count).sum(),
        by_level,
        by_kind,
        by_tool: store::count_by_tool(db, &contest.id)?.into_iter().collect(),
    };
    let units = match date {
        None => units(db, contest)?,
        Some(date) => units_on(db, contest, date)?,
    };
    Ok(Statistics { entries, units, funnel: funnel(db, contest)? })
}

fn units(db: &mut Db, contest: &Contest) -> Result<UnitFigures, DbError> {
    let roots = roots(db, contest)?;
    let counts: HashMap<LevelCode, i64> = store::count_units_by_level(db, &roots)?.into_iter().collect();
    let from_the_top = units::views::list_levels(db)?.into_iter();
    let levels: Vec<(LevelCode, i64)> =
        from_the_top.filter_map(|level| counts.get(&level.code).map(|count| (level.code, *count))).collect();
    let Some(base) = base_level(&levels) else { return Ok(UnitFigures { total: 0, taking_part: 0 }) };
    let taking_part = store::count_taking_part(db, &contest.id, &base.0, &roots)?;
    Ok(UnitFigures { total: base.1, taking_part })
}

fn units_on(db: &mut Db, contest: &Contest, date: NaiveDate) -> Result<UnitFigures, DbError> {
    let tree = units::views::tree_on(db, date)?;
    let roots = roots(db, contest)?;
    let within: HashMap<&UnitId, &LevelCode> =
        roots.iter().flat_map(|root| tree.subtree(root)).map(|unit| (&unit.unit_id, &unit.level)).collect();
    let from_the_top = units::views::list_levels(db)?.into_iter();
    let count = |code: &LevelCode| within.values().filter(|level| **level == code).count();
    let levels: Vec<(LevelCode, i64)> = from_the_top
        .map(|level| (level.code.clone(), i64::try_from(count(&level.code)).unwrap_or(i64::MAX)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let Some((base, total)) = base_level(&levels) else {
        return Ok(UnitFigures { total: 0, taking_part: 0 });
    };
    let senders = store::list_senders(db, &contest.id)?;
    let taking_part: HashSet<&UnitId> = senders
        .iter()
        .flat_map(|sender| tree.path(sender))
        .filter(|unit| unit.level == base && within.contains_key(&unit.unit_id))
        .map(|unit| &unit.unit_id)
        .collect();
    Ok(UnitFigures { total, taking_part: i64::try_from(taking_part.len()).unwrap_or(i64::MAX) })
}

/// Below which units is counted.
fn roots(db: &mut Db, contest: &Contest) -> Result<Vec<UnitId>, DbError> {
    let host = units::store::find(db, &contest.host_unit_id)?;
    if host.is_some_and(|host| host.parent_id.is_none()) {
        let below = store::list_pool_units_below(db, &contest.id, &contest.host_unit_id)?;
        if let Some(top) = below.iter().map(|(_, position)| *position).min() {
            return Ok(below.into_iter().filter(|(_, at)| *at == top).map(|(unit, _)| unit).collect());
        }
    }
    Ok(vec![contest.host_unit_id.clone()])
}

/// The level with the most units; of two with as many, the lower one. Levels come from the top.
fn base_level(levels: &[(LevelCode, i64)]) -> Option<(LevelCode, i64)> {
    levels.iter().max_by_key(|(_, count)| *count).cloned()
}

fn funnel(db: &mut Db, contest: &Contest) -> Result<Vec<FunnelStep>, DbError> {
    let received: HashMap<RoundId, i64> = store::count_received(db, &contest.id)?.into_iter().collect();
    let mut decided: HashMap<(RoundId, Outcome), i64> = HashMap::new();
    for (round, outcome, count) in store::count_outcomes(db, &contest.id)? {
        decided.insert((round, outcome), count);
    }
    let step = |round: crate::features::contests::Round| {
        let count = |outcome| decided.get(&(round.id.clone(), outcome)).copied().unwrap_or_default();
        let nominated = count(Outcome::Nominated);
        FunnelStep {
            round: round.position,
            received: received.get(&round.id).copied().unwrap_or_default(),
            chosen: count(Outcome::Chosen) + nominated,
            nominated,
            name: round.name,
            pool_level: round.pool_level,
        }
    };
    Ok(list_rounds(db, &contest.id)?.into_iter().map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_where_the_organisation_is_registered_whole() {
        let levels = |counts: &[(&str, i64)]| -> Vec<(LevelCode, i64)> {
            counts.iter().map(|(code, count)| (LevelCode::new(code), *count)).collect()
        };
        for (counts, expected) in [
            (levels(&[]), None),
            (levels(&[("province", 1), ("district", 9), ("commune", 157), ("branch", 16)]), Some("commune")),
            (levels(&[("province", 1), ("commune", 157), ("branch", 4200)]), Some("branch")),
            (levels(&[("province", 1), ("commune", 1)]), Some("commune")),
        ] {
            assert_eq!(base_level(&counts).map(|(level, _)| level), expected.map(LevelCode::new));
        }
    }
}
