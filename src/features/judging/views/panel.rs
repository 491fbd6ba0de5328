//! Panels, with the people on them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, PoolId, UnitId},
    },
    features::{
        accounts::Office,
        judging::{PanelMember, assigning::JudgeFacts},
    },
    infra::db::{
        Db, DbError,
        schema::{accounts, offices, panel_members},
    },
};

/// Everybody who sits or sat on the panel, by number, with the units of the offices held now. Two queries.
pub fn list_judges(db: &mut Db, pool: &PoolId, now: Moment) -> Result<Vec<JudgeFacts>, DbError> {
    let seats: Vec<(PanelMember, String)> = panel_members::table
        .inner_join(accounts::table)
        .filter(panel_members::pool_id.eq(pool))
        .order(panel_members::number)
        .select((PanelMember::as_select(), accounts::full_name))
        .load(db)?;
    let mut units = units_of_offices(db, pool, now)?;
    let judges = seats.into_iter().map(|(member, full_name)| JudgeFacts {
        units: units.remove(&member.account_id).unwrap_or_default(),
        member,
        full_name,
    });
    Ok(judges.collect())
}

fn units_of_offices(
    db: &mut Db,
    pool: &PoolId,
    now: Moment,
) -> Result<HashMap<AccountId, Vec<UnitId>>, DbError> {
    let held: Vec<Office> = offices::table
        .inner_join(panel_members::table.on(panel_members::account_id.eq(offices::account_id)))
        .filter(panel_members::pool_id.eq(pool))
        .select(Office::as_select())
        .load(db)?;
    let mut units: HashMap<AccountId, Vec<UnitId>> = HashMap::new();
    for office in held.into_iter().filter(|office| office.is_held(now)) {
        units.entry(office.account_id).or_default().push(office.unit_id);
    }
    Ok(units)
}
