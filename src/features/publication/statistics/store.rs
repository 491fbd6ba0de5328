//! The queries behind the figures: each a count by group, so that their number does not grow with the contest.

use diesel::{dsl::count_star, prelude::*};

use crate::{
    base::ids::{ContestId, RoundId, UnitId},
    features::{contests::EntryKind, entries::EntryStatus, selection::Outcome, units::LevelCode},
    infra::db::{
        Db, DbError, among,
        schema::{
            decision_entries, decisions, entries, entry_tools, levels, pool_entries, pools, unit_ancestors,
            units,
        },
    },
    read_all,
};

diesel::allow_columns_to_appear_in_same_group_by_clause!(pools::round_id, decision_entries::outcome);

/// Sent in, and neither withdrawn nor rejected nor disqualified.
const COUNTED: [EntryStatus; 3] = [EntryStatus::Submitted, EntryStatus::Accepted, EntryStatus::Returned];

pub fn count_by_level_and_kind(
    db: &mut Db,
    contest: &ContestId,
) -> Result<Vec<(LevelCode, EntryKind, i64)>, DbError> {
    let counted = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(among(entries::status, COUNTED))
        .group_by((entries::level, entries::kind));
    Ok(read_all!(db, counted.select((entries::level, entries::kind, count_star())))?)
}

pub fn count_by_tool(db: &mut Db, contest: &ContestId) -> Result<Vec<(String, i64)>, DbError> {
    let counted = entry_tools::table
        .inner_join(entries::table)
        .filter(entries::contest_id.eq(contest))
        .filter(among(entries::status, COUNTED))
        .group_by(entry_tools::tool);
    Ok(read_all!(db, counted.select((entry_tools::tool, count_star())))?)
}

/// Who runs a pool below the host, with the position of the unit's level.
pub fn list_pool_units_below(
    db: &mut Db,
    contest: &ContestId,
    host: &UnitId,
) -> Result<Vec<(UnitId, i32)>, DbError> {
    let rows = pools::table
        .inner_join(units::table.inner_join(levels::table))
        .filter(pools::contest_id.eq(contest))
        .filter(pools::unit_id.ne(host))
        .distinct();
    Ok(read_all!(db, rows.select((units::id, levels::position)))?)
}

/// How many units stand at each level at or below the roots now.
pub fn count_units_by_level(db: &mut Db, roots: &[UnitId]) -> Result<Vec<(LevelCode, i64)>, DbError> {
    let below = unit_ancestors::table
        .filter(among(unit_ancestors::ancestor_id, roots))
        .select(unit_ancestors::unit_id);
    let counted =
        units::table.filter(units::id.eq_any(below)).filter(units::valid_to.is_null()).group_by(units::level);
    Ok(read_all!(db, counted.select((units::level, count_star())))?)
}

/// How many units of a level have an entry, their own or from below.
pub fn count_taking_part(
    db: &mut Db,
    contest: &ContestId,
    level: &LevelCode,
    roots: &[UnitId],
) -> Result<i64, DbError> {
    let below = unit_ancestors::table
        .filter(among(unit_ancestors::ancestor_id, roots))
        .select(unit_ancestors::unit_id);
    let senders = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(among(entries::status, COUNTED))
        .select(entries::unit_id);
    let above_senders = unit_ancestors::table
        .filter(unit_ancestors::unit_id.eq_any(senders))
        .select(unit_ancestors::ancestor_id);
    let counted = units::table
        .filter(units::level.eq(level))
        .filter(units::valid_to.is_null())
        .filter(units::id.eq_any(above_senders))
        .filter(units::id.eq_any(below));
    Ok(counted.count().get_result(db)?)
}

pub fn count_received(db: &mut Db, contest: &ContestId) -> Result<Vec<(RoundId, i64)>, DbError> {
    let counted = pool_entries::table
        .inner_join(pools::table)
        .inner_join(entries::table)
        .filter(pools::contest_id.eq(contest))
        .filter(pool_entries::left_at.is_null())
        .filter(among(entries::status, COUNTED))
        .group_by(pools::round_id);
    Ok(read_all!(db, counted.select((pools::round_id, count_star())))?)
}

/// By the decisions in force.
pub fn count_outcomes(db: &mut Db, contest: &ContestId) -> Result<Vec<(RoundId, Outcome, i64)>, DbError> {
    let later = diesel::alias!(decisions as later);
    let replaced = later
        .filter(later.field(decisions::pool_id).eq(decisions::pool_id))
        .filter(later.field(decisions::number).gt(decisions::number));
    let counted = decision_entries::table
        .inner_join(decisions::table.inner_join(pools::table))
        .filter(pools::contest_id.eq(contest))
        .filter(diesel::dsl::not(diesel::dsl::exists(replaced)))
        .group_by((pools::round_id, decision_entries::outcome));
    Ok(read_all!(db, counted.select((pools::round_id, decision_entries::outcome, count_star())))?)
}

/// The units from which entries came.
pub fn list_senders(db: &mut Db, contest: &ContestId) -> Result<Vec<UnitId>, DbError> {
    let senders = entries::table
        .filter(entries::contest_id.eq(contest))
        .filter(among(entries::status, COUNTED))
        .select(entries::unit_id)
        .distinct();
    Ok(read_all!(db, senders)?)
}
