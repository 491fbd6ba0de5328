//! Contests and their parts as other features and screens read them.

use diesel::{dsl::sql, prelude::*, sql_types::BigInt};

use super::{Award, Category, Consent, Contest, ContestStatus, Criterion, Field, Round, Slug};
use crate::{
    base::ids::{AccountId, ContestId, RoundId, UnitId},
    features::units::LevelCode,
    infra::db::{
        Db, DbError,
        schema::{
            awards, categories, consents, contests, criteria, fields, organisers, rounds, unit_ancestors,
            units,
        },
    },
    is_either, read_all, read_one,
};

pub fn find_by_slug(db: &mut Db, slug: &str) -> Result<Option<Contest>, DbError> {
    let contest =
        contests::table.filter(contests::slug.eq(slug)).filter(contests::status.ne(ContestStatus::Discarded));
    Ok(read_one!(db, contest.select(Contest::as_select()))?)
}

/// The names in addresses that begin like this one.
pub fn list_slugs_like(db: &mut Db, beginning: &str) -> Result<Vec<String>, DbError> {
    let alike = contests::table.filter(contests::slug.like(format!("{beginning}%")));
    let slugs: Vec<Slug> = read_all!(db, alike.select(contests::slug))?;
    Ok(slugs.iter().map(|slug| slug.as_str().to_owned()).collect())
}

/// From the first round to the last.
pub fn list_rounds(db: &mut Db, contest: &ContestId) -> Result<Vec<Round>, DbError> {
    let of_contest = rounds::table.filter(rounds::contest_id.eq(contest)).order(rounds::position);
    Ok(read_all!(db, of_contest.select(Round::as_select()))?)
}

/// In the order of the form; retired fields too, for entries that answered them.
pub fn list_fields(db: &mut Db, contest: &ContestId) -> Result<Vec<Field>, DbError> {
    let of_contest = fields::table.filter(fields::contest_id.eq(contest)).order(fields::position);
    Ok(read_all!(db, of_contest.select(Field::as_select()))?)
}

pub fn list_categories(db: &mut Db, contest: &ContestId) -> Result<Vec<Category>, DbError> {
    let of_contest = categories::table.filter(categories::contest_id.eq(contest)).order(categories::position);
    Ok(read_all!(db, of_contest.select(Category::as_select()))?)
}

/// The versions in force.
pub fn list_consents(db: &mut Db, contest: &ContestId) -> Result<Vec<Consent>, DbError> {
    let in_force = consents::table
        .filter(consents::contest_id.eq(contest))
        .filter(consents::superseded_at.is_null())
        .order(consents::position);
    Ok(read_all!(db, in_force.select(Consent::as_select()))?)
}

/// Every version of every text, also those that were taken back.
pub fn list_consent_versions(db: &mut Db, contest: &ContestId) -> Result<Vec<Consent>, DbError> {
    let of_contest = consents::table.filter(consents::contest_id.eq(contest)).order(consents::created_at);
    Ok(read_all!(db, of_contest.select(Consent::as_select()))?)
}

/// In the order of the form.
pub fn list_criteria(db: &mut Db, round: &RoundId) -> Result<Vec<Criterion>, DbError> {
    let of_round = criteria::table.filter(criteria::round_id.eq(round)).order(criteria::position);
    Ok(read_all!(db, of_round.select(Criterion::as_select()))?)
}

/// Of all rounds, in the order of each form.
pub fn list_criteria_of_contest(db: &mut Db, contest: &ContestId) -> Result<Vec<Criterion>, DbError> {
    let of_contest = criteria::table
        .inner_join(rounds::table)
        .filter(rounds::contest_id.eq(contest))
        .order((criteria::round_id, criteria::position));
    Ok(read_all!(db, of_contest.select(Criterion::as_select()))?)
}

pub fn list_awards(db: &mut Db, contest: &ContestId) -> Result<Vec<Award>, DbError> {
    let of_contest =
        awards::table.filter(awards::contest_id.eq(contest)).order((awards::position, awards::id));
    Ok(read_all!(db, of_contest.select(Award::as_select()))?)
}

/// How many units of each level stand at the host or below it now.
pub fn count_units_by_level(db: &mut Db, host: &UnitId) -> Result<Vec<(LevelCode, i64)>, DbError> {
    let below = unit_ancestors::table
        .inner_join(units::table.on(units::id.eq(unit_ancestors::unit_id)))
        .filter(unit_ancestors::ancestor_id.eq(host))
        .filter(units::valid_to.is_null())
        .group_by(units::level)
        .select((units::level, sql::<BigInt>("COUNT(*)")));
    Ok(read_all!(db, below)?)
}

pub fn is_listed_organiser(db: &mut Db, contest: &ContestId, account: &AccountId) -> Result<bool, DbError> {
    let row = organisers::table.find((contest, account));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(db)?)
}

/// Every contest that is not a draft, the newest first.
pub fn list_public(db: &mut Db) -> Result<Vec<Contest>, DbError> {
    let public = contests::table
        .filter(is_either!(contests::status, ContestStatus::PUBLIC))
        .order(contests::id.desc());
    Ok(read_all!(db, public.select(Contest::as_select()))?)
}
