//! Publications as screens and the API read them.

use diesel::prelude::*;

use super::{Publication, Scope, content::VoidedSheet};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, UnitId},
    },
    features::{
        awards::Grant,
        contests::{Award, Contest},
        entries::Entry,
        judging::SheetEventKind,
    },
    infra::db::{
        Db, DbError, MultiBackend,
        schema::{
            accounts, awards, contests, entries, grants, panel_members, pools, publications, sheet_events,
            sheets, unit_ancestors, units,
        },
    },
    read_all, read_one,
};

/// The version in force.
pub fn latest(db: &mut Db, scope: &Scope) -> Result<Option<Publication>, DbError> {
    let of_scope =
        publications::table.filter(publications::scope.eq(scope.word())).order(publications::version.desc());
    Ok(read_one!(db, of_scope.select(Publication::as_select()))?)
}

pub fn find_version(db: &mut Db, scope: &Scope, version: i32) -> Result<Option<Publication>, DbError> {
    let row = publications::table
        .filter(publications::scope.eq(scope.word()))
        .filter(publications::version.eq(version));
    Ok(read_one!(db, row.select(Publication::as_select()))?)
}

/// Which versions there are, without what they say.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = publications)]
pub struct Version {
    pub version: i32,
    pub content_hash: String,
    pub previous_hash: String,
    pub reason: String,
    pub published_at: crate::base::clock::Moment,
}

/// The newest first.
pub fn list_versions(db: &mut Db, scope: &Scope) -> Result<Vec<Version>, DbError> {
    let of_scope =
        publications::table.filter(publications::scope.eq(scope.word())).order(publications::version.desc());
    Ok(read_all!(db, of_scope.select(Version::as_select()))?)
}

/// The version in force of each result of a contest: its own and those of its pools.
pub fn list_newest(db: &mut Db, contest: &ContestId) -> Result<Vec<Publication>, DbError> {
    let later = diesel::alias!(publications as later);
    let replaced = later
        .filter(later.field(publications::scope).eq(publications::scope))
        .filter(later.field(publications::version).gt(publications::version));
    let newest = publications::table
        .filter(publications::contest_id.eq(contest))
        .filter(diesel::dsl::not(diesel::dsl::exists(replaced)))
        .order(publications::published_at.desc());
    Ok(read_all!(db, newest.select(Publication::as_select()))?)
}

/// What the front page shows: the contests whose results came out last, with the name of the host.
pub fn latest_published(db: &mut Db, n: i64) -> Result<Vec<(Publication, Contest, String)>, DbError> {
    let later = diesel::alias!(publications as later);
    let replaced = later
        .filter(later.field(publications::scope).eq(publications::scope))
        .filter(later.field(publications::version).gt(publications::version));
    let newest = publications::table
        .inner_join(contests::table.inner_join(units::table))
        .filter(publications::pool_id.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(replaced)))
        .order(publications::published_at.desc())
        .limit(n);
    Ok(read_all!(db, newest.select((Publication::as_select(), Contest::as_select(), units::name)))?)
}

/// A grant with its award, its contest, and the entry that won it where an entry did.
pub type WonByUnit = (Grant, Award, Contest, Option<Entry>);

/// What a unit has won, for its page: commendations of its own, and awards of published entries from it or from below
/// it, in contests whose results are out. The newest first.
pub fn awards_of_unit(db: &mut Db, unit: &UnitId, limit: i64) -> Result<Vec<WonByUnit>, DbError> {
    let below =
        unit_ancestors::table.filter(unit_ancestors::ancestor_id.eq(unit)).select(unit_ancestors::unit_id);
    let shown = diesel::alias!(entries as shown);
    let of_entries = shown
        .filter(shown.field(entries::is_published).eq(true))
        .filter(shown.field(entries::unit_id).eq_any(below))
        .select(shown.field(entries::id).nullable());
    let out = publications::table.select(publications::contest_id);
    let rows = grants::table
        .inner_join(awards::table)
        .inner_join(contests::table.on(contests::id.eq(grants::contest_id)))
        .left_join(entries::table.on(entries::id.nullable().eq(grants::entry_id)))
        .filter(grants::revoked_at.is_null())
        .filter(grants::unit_id.eq(unit).or(grants::entry_id.eq_any(of_entries)))
        .filter(grants::contest_id.eq_any(out))
        .order((grants::granted_at.desc(), grants::id.desc()))
        .limit(limit);
    let columns =
        (Grant::as_select(), Award::as_select(), Contest::as_select(), Option::<Entry>::as_select());
    Ok(rows.select(columns).load(db)?)
}

type VoidedRow = (Option<String>, i32, String, AccountId, AccountId, String, String, Moment);

/// The sheets of a pool, or of all pools of the contest, that were voided and not given again, in the order of voiding.
pub fn list_voided(db: &mut Db, contest: &ContestId, scope: &Scope) -> Result<Vec<VoidedSheet>, DbError> {
    let mut query = sheet_events::table
        .inner_join(sheets::table)
        .inner_join(accounts::table.on(accounts::id.eq(sheet_events::account_id)))
        .inner_join(pools::table.on(pools::id.eq(sheets::pool_id)))
        .inner_join(units::table.on(units::id.eq(pools::unit_id)))
        .inner_join(entries::table.on(entries::id.eq(sheets::entry_id)))
        .inner_join(panel_members::table.on(
            panel_members::pool_id.eq(sheets::pool_id).and(panel_members::account_id.eq(sheets::judge_id)),
        ))
        .filter(sheet_events::event.eq(SheetEventKind::Voided))
        .filter(sheets::status.eq(crate::features::judging::SheetStatus::Voided))
        .filter(pools::contest_id.eq(contest))
        .order((sheet_events::happened_at, sheet_events::id))
        .select((
            entries::code,
            panel_members::number,
            units::name,
            sheets::judge_id,
            sheet_events::account_id,
            accounts::full_name,
            sheet_events::reason,
            sheet_events::happened_at,
        ))
        .into_boxed::<MultiBackend>();
    if let Scope::Pool(pool) = scope {
        query = query.filter(pools::id.eq(pool.clone()));
    }
    let rows: Vec<VoidedRow> = query.load(db)?;
    let voided = rows.into_iter().map(|(code, judge, pool, judge_id, by_id, by, reason, at)| {
        let is_conflict = judge_id == by_id;
        VoidedSheet {
            entry: code.unwrap_or_default(),
            judge,
            pool,
            by: if is_conflict { String::new() } else { by },
            reason: if is_conflict { String::new() } else { reason },
            at: format!("{}Z", at.format("%Y-%m-%dT%H:%M:%S%.6f")),
        }
    });
    Ok(voided.collect())
}
