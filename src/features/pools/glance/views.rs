//! Pools at a glance. Two queries, however many pools there are.

use std::collections::HashMap;

use diesel::{dsl::sql, prelude::*, sql_types::BigInt};

use super::PoolGlance;
use crate::{
    base::{
        ids::{ContestId, PoolId, UnitId},
        page::{PageOf, PageRequest},
    },
    features::pools::PoolStatus,
    infra::db::{
        Db, DbError, among,
        schema::{contests, entries, pool_entries, pools, rounds, unit_ancestors, units},
    },
};

type GlanceRow = ((PoolId, PoolStatus), (String, String), (String, String), String);

/// The pools of these units and of all below them: the unfinished ones first, the highest first among them.
pub fn list_covered(
    db: &mut Db,
    officer_of: &[UnitId],
    page: PageRequest,
) -> Result<PageOf<PoolGlance>, DbError> {
    let covered = unit_ancestors::table
        .filter(among(unit_ancestors::ancestor_id, officer_of))
        .select(unit_ancestors::unit_id);
    let rows: Vec<(GlanceRow, i64)> = pools::table
        .inner_join(rounds::table)
        .inner_join(contests::table)
        .inner_join(units::table)
        .filter(pools::unit_id.eq_any(covered))
        .order((
            sql::<BigInt>(
                "CASE pools.status WHEN 'gathering' THEN 0 WHEN 'judging' THEN 1 WHEN 'decided' THEN 2 ELSE 3 END",
            ),
            rounds::position.desc(),
            pools::id.desc(),
        ))
        .limit(page.per_page)
        .offset(page.offset())
        .select((
            (
                (pools::id, pools::status),
                (rounds::name, rounds::name_en),
                (contests::title, contests::title_en),
                units::name,
            ),
            diesel::dsl::count_star().over(),
        ))
        .load(db)?;
    let total = rows.first().map_or(0, |(_, total)| *total);
    let rows = rows.into_iter().map(|(row, _)| row).collect();
    Ok(PageOf { rows: with_counts(db, rows)?, total, request: page })
}

/// All pools of a contest, from the last round down; the first `max`.
pub fn list_of_contest(db: &mut Db, contest: &ContestId, max: i64) -> Result<Vec<PoolGlance>, DbError> {
    let rows: Vec<GlanceRow> = pools::table
        .inner_join(rounds::table)
        .inner_join(contests::table)
        .inner_join(units::table)
        .filter(pools::contest_id.eq(contest))
        .order((rounds::position.desc(), units::name, pools::id))
        .limit(max)
        .select((
            (pools::id, pools::status),
            (rounds::name, rounds::name_en),
            (contests::title, contests::title_en),
            units::name,
        ))
        .load(db)?;
    with_counts(db, rows)
}

fn with_counts(db: &mut Db, rows: Vec<GlanceRow>) -> Result<Vec<PoolGlance>, DbError> {
    let ids: Vec<PoolId> = rows.iter().map(|((id, _), ..)| id.clone()).collect();
    let counted: Vec<(PoolId, i64, i64)> = pool_entries::table
        .inner_join(entries::table)
        .filter(among(pool_entries::pool_id, &ids))
        .filter(pool_entries::left_at.is_null())
        .group_by(pool_entries::pool_id)
        .select((
            pool_entries::pool_id,
            sql::<BigInt>("COUNT(*)"),
            sql::<BigInt>("COUNT(CASE WHEN entries.status = 'submitted' THEN 1 END)"),
        ))
        .load(db)?;
    let counts: HashMap<PoolId, (i64, i64)> =
        counted.into_iter().map(|(id, all, waiting)| (id, (all, waiting))).collect();
    let glance = |((id, status), round, contest, unit_name): GlanceRow| {
        let (n_entries, n_waiting) = counts.get(&id).copied().unwrap_or_default();
        PoolGlance {
            id,
            status,
            round_name: round.0,
            round_name_en: round.1,
            contest_title: contest.0,
            contest_title_en: contest.1,
            unit_name,
            n_entries,
            n_waiting,
        }
    };
    Ok(rows.into_iter().map(glance).collect())
}
