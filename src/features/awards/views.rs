//! Grants as screens and publications read them.

use std::cmp::Reverse;

use diesel::prelude::*;

use super::Grant;
use crate::{
    base::ids::{ContestId, EntryId, PoolId, UnitId},
    features::{
        contests::{Award, Round},
        entries::{Entry, EntryStatus},
        pools::PoolStatus,
        units::Unit,
    },
    infra::db::{
        Db, DbError, among,
        schema::{awards, entries, grants, levels, pools, publications, rounds, unit_ancestors, units},
    },
    read_all,
};

/// A grant with everything that a list of awards shows.
#[derive(Debug, Clone)]
pub struct ShownGrant {
    pub grant: Grant,
    pub award: Award,
    pub round: Round,
    /// Of the pool in which it was granted.
    pub pool_unit: Unit,
    pub entry: Option<Entry>,
    /// The winner where it is a unit.
    pub unit: Option<Unit>,
}

type Row = (Grant, Award, Round, Unit, Option<Entry>);

/// All grants of a pool, those that were revoked too, in the order of the awards.
pub fn list_for_pool(db: &mut Db, pool: &PoolId) -> Result<Vec<ShownGrant>, DbError> {
    let rows: Vec<Row> = read_all!(
        db,
        grants::table
            .inner_join(awards::table)
            .inner_join(rounds::table.on(rounds::id.eq(awards::round_id)))
            .inner_join(pools::table)
            .inner_join(units::table.on(units::id.eq(pools::unit_id)))
            .left_join(entries::table)
            .filter(grants::pool_id.eq(pool))
            .order((awards::position, awards::id, grants::granted_at, grants::id))
            .select((
                Grant::as_select(),
                Award::as_select(),
                Round::as_select(),
                Unit::as_select(),
                Option::<Entry>::as_select(),
            ))
    )?;
    with_units(db, rows)
}

/// The grants of a contest that stand: the last round first, its awards in their order.
pub fn list_standing(db: &mut Db, contest: &ContestId) -> Result<Vec<ShownGrant>, DbError> {
    let rows: Vec<Row> = read_all!(
        db,
        grants::table
            .inner_join(awards::table)
            .inner_join(rounds::table.on(rounds::id.eq(awards::round_id)))
            .inner_join(pools::table)
            .inner_join(units::table.on(units::id.eq(pools::unit_id)))
            .left_join(entries::table)
            .filter(grants::contest_id.eq(contest))
            .filter(grants::revoked_at.is_null())
            .order((
                rounds::position.desc(),
                units::name,
                units::id,
                awards::position,
                awards::id,
                grants::granted_at,
                grants::id,
            ))
            .select((
                Grant::as_select(),
                Award::as_select(),
                Round::as_select(),
                Unit::as_select(),
                Option::<Entry>::as_select(),
            ))
    )?;
    with_units(db, rows)
}

/// The units that won, with one query for all.
fn with_units(db: &mut Db, rows: Vec<Row>) -> Result<Vec<ShownGrant>, DbError> {
    let ids: Vec<UnitId> = rows.iter().filter_map(|(grant, ..)| grant.unit_id.clone()).collect();
    let winners: Vec<Unit> = if ids.is_empty() {
        Vec::new()
    } else {
        read_all!(db, units::table.filter(among(units::id, ids)).select(Unit::as_select()))?
    };
    let shown = |(grant, award, round, pool_unit, entry): Row| ShownGrant {
        unit: winners.iter().find(|unit| Some(&unit.id) == grant.unit_id.as_ref()).cloned(),
        grant,
        award,
        round,
        pool_unit,
        entry,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Whom a commendation can go to: the units at and below the pool's unit that have an entry in the contest, their own or
/// from below, the highest first.
pub fn list_units_taking_part(
    db: &mut Db,
    contest: &ContestId,
    below: &UnitId,
) -> Result<Vec<Unit>, DbError> {
    let senders = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(entries::status.eq(EntryStatus::Accepted))
        .select(entries::unit_id);
    let above_senders = unit_ancestors::table
        .filter(unit_ancestors::unit_id.eq_any(senders))
        .select(unit_ancestors::ancestor_id);
    let within =
        unit_ancestors::table.filter(unit_ancestors::ancestor_id.eq(below)).select(unit_ancestors::unit_id);
    let rows = units::table
        .inner_join(levels::table)
        .filter(units::id.eq_any(above_senders))
        .filter(units::id.eq_any(within))
        .order((levels::position, units::name, units::id));
    Ok(read_all!(db, rows.select(Unit::as_select()))?)
}

/// An award that an entry won, as its page names it.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct WonAward {
    pub name: String,
    pub name_en: String,
    /// Of the pool in which it was granted.
    pub unit: String,
}

/// What an entry won and everyone may know: granted in a published pool before a publication of the contest or of a
/// pool came out.
pub fn list_published_of_entry(
    db: &mut Db,
    contest: &ContestId,
    entry: &EntryId,
) -> Result<Vec<WonAward>, DbError> {
    let made_known = publications::table
        .filter(publications::contest_id.eq(grants::contest_id))
        .filter(publications::published_at.ge(grants::granted_at));
    let won = grants::table
        .inner_join(awards::table)
        .inner_join(rounds::table.on(rounds::id.eq(awards::round_id)))
        .inner_join(pools::table)
        .inner_join(units::table.on(units::id.eq(pools::unit_id)))
        .filter(grants::contest_id.eq(contest))
        .filter(grants::entry_id.eq(entry))
        .filter(grants::revoked_at.is_null())
        .filter(pools::status.eq(PoolStatus::Published))
        .filter(diesel::dsl::exists(made_known));
    let columns = (rounds::position, awards::position, (awards::name, awards::name_en, units::name));
    let mut won: Vec<(i32, i32, WonAward)> = read_all!(db, won.select(columns))?;
    won.sort_by_key(|(round, award, _)| (Reverse(*round), *award));
    Ok(won.into_iter().map(|(.., won)| won).collect())
}
