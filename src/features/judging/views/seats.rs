//! Where somebody judges, and how far they are.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::ids::{AccountId, PoolId},
    features::{
        contests::{Contest, Round},
        judging::{PanelMember, SheetStatus},
        pools::Pool,
    },
    infra::db::{
        Db, DbError,
        schema::{assignments, contests, panel_members, pools, rounds, units},
    },
    read_all, read_one,
};

/// A pool with what its pages say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolPlace {
    pub pool: Pool,
    pub round: Round,
    pub contest: Contest,
    pub unit_name: String,
}

pub fn find_pool_place(db: &mut Db, pool: &PoolId) -> Result<Option<PoolPlace>, DbError> {
    let row = pools::table
        .inner_join(rounds::table)
        .inner_join(contests::table)
        .inner_join(units::table)
        .filter(pools::id.eq(pool));
    let found: Option<(Pool, Round, Contest, String)> = read_one!(
        db,
        row.select((Pool::as_select(), Round::as_select(), Contest::as_select(), units::name))
    )?;
    Ok(found.map(|(pool, round, contest, unit_name)| PoolPlace { pool, round, contest, unit_name }))
}

/// The seats that somebody has now, the newest pool first. One query.
pub fn list_seats(db: &mut Db, judge: &AccountId) -> Result<Vec<(PanelMember, PoolPlace)>, DbError> {
    let rows: Vec<(PanelMember, Pool, Round, Contest, String)> = read_all!(
        db,
        panel_members::table
            .inner_join(pools::table)
            .inner_join(rounds::table.on(rounds::id.eq(pools::round_id)))
            .inner_join(contests::table.on(contests::id.eq(pools::contest_id)))
            .inner_join(units::table.on(units::id.eq(pools::unit_id)))
            .filter(panel_members::account_id.eq(judge))
            .filter(panel_members::left_at.is_null())
            .order(panel_members::joined_at.desc())
            .select((
                PanelMember::as_select(),
                Pool::as_select(),
                Round::as_select(),
                Contest::as_select(),
                units::name,
            ))
    )?;
    let seats = rows.into_iter().map(|(member, pool, round, contest, unit_name)| {
        (member, PoolPlace { pool, round, contest, unit_name })
    });
    Ok(seats.collect())
}

/// How much somebody has to do in a pool, and how much is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// Of one judge in all pools. One query.
pub fn progress_by_pool(db: &mut Db, judge: &AccountId) -> Result<HashMap<PoolId, Progress>, DbError> {
    let rows: Vec<(PoolId, Option<SheetStatus>)> = read_all!(
        db,
        assignments::table
            .filter(assignments::judge_id.eq(judge))
            .filter(assignments::ended_at.is_null())
            .filter(assignments::is_judged)
            .select((assignments::pool_id, assignments::sheet_status))
    )?;
    let mut progress: HashMap<PoolId, Progress> = HashMap::new();
    for (pool, status) in rows {
        let of_pool = progress.entry(pool).or_default();
        of_pool.total += 1;
        of_pool.done += usize::from(status == Some(SheetStatus::Submitted));
    }
    Ok(progress)
}
