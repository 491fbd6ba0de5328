//! Finding entries: the officer's inbox, the gallery, the API. One query for the counts and one for the page, whatever is
//! asked.

use std::collections::HashMap;

use diesel::{
    dsl::{exists, not},
    prelude::*,
};

use super::super::{EntryStatus, KeptWork};
use crate::{
    base::{
        clock::Moment,
        ids::{CategoryId, ContestId, EntryId, PoolId, UnitId},
        page::PageRequest,
        text::{fold, like_pattern},
    },
    features::{contests::EntryKind, units::LevelCode},
    infra::db::{
        Db, DbError, MaybeMoment, MultiBackend, RowKey, among,
        schema::{entries, entry_tools, pool_entries, unit_ancestors},
    },
};

/// Whose entries are looked through. There is no search without one.
#[derive(Debug, Clone, PartialEq)]
pub enum Scope {
    /// What was sent in from a unit and everything below it.
    Below(UnitId),
    /// What everyone may see.
    Public,
    /// Everything that was sent in to the contest that the filter names.
    Contest,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryFilter {
    pub text: String,
    pub contest: Option<ContestId>,
    /// A unit with everything below it.
    pub unit: Option<UnitId>,
    pub level: Option<LevelCode>,
    pub kind: Option<EntryKind>,
    pub category: Option<CategoryId>,
    pub status: Option<EntryStatus>,
    pub tool: Option<String>,
    pub pool: Option<PoolId>,
    /// What this reader must not find (`judging::policy::veiled_from`): not in rows and not in counts.
    pub except: Vec<EntryId>,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = entries)]
pub struct EntryLine {
    pub id: EntryId,
    pub code: Option<String>,
    pub title: String,
    pub authors: String,
    pub unit_name: String,
    /// Tells units of one name apart; empty for one without a unit above.
    pub unit_above: String,
    pub level: LevelCode,
    pub kind: EntryKind,
    pub category_id: Option<CategoryId>,
    pub status: EntryStatus,
    pub is_late: bool,
    #[diesel(deserialize_as = MaybeMoment)]
    pub submitted_at: Option<Moment>,
    pub work: KeptWork,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub rows: Vec<EntryLine>,
    /// In the state that was asked for.
    pub total: i64,
    /// For each state, whatever state was asked for.
    pub by_status: HashMap<EntryStatus, i64>,
}

/// The newest first; in public by code.
pub fn search(db: &mut Db, scope: &Scope, filter: &EntryFilter, page: PageRequest) -> Result<Found, DbError> {
    let by_status = count_by_status(db, scope, filter)?;
    let total = match filter.status {
        Some(status) => by_status.get(&status).copied().unwrap_or(0),
        None => by_status.values().sum(),
    };
    let rows = if total > 0 { list(db, scope, filter, page)? } else { Vec::new() };
    Ok(Found { rows, total, by_status })
}

type Condition = Box<dyn BoxableExpression<entries::table, MultiBackend, SqlType = diesel::sql_types::Bool>>;

fn count_by_status(
    db: &mut Db,
    scope: &Scope,
    filter: &EntryFilter,
) -> Result<HashMap<EntryStatus, i64>, DbError> {
    let counts: Vec<(EntryStatus, i64)> = entries::table
        .filter(conditions(scope, filter))
        .group_by(entries::status)
        .select((entries::status, diesel::dsl::count_star()))
        .load(db)?;
    Ok(counts.into_iter().collect())
}

fn list(
    db: &mut Db,
    scope: &Scope,
    filter: &EntryFilter,
    page: PageRequest,
) -> Result<Vec<EntryLine>, DbError> {
    let mut found = entries::table.filter(conditions(scope, filter)).into_boxed();
    if let Some(status) = filter.status {
        found = found.filter(entries::status.eq(status));
    }
    found = found.limit(page.per_page).offset(page.offset());
    if *scope == Scope::Public {
        // In the order of an index.
        let rows = found.order((entries::code, entries::id)).select(EntryLine::as_select());
        return Ok(rows.load(db)?);
    }
    // Whole rows are large to be put in order, so only those of the page are read.
    let key = RowKey::of(db, "entries.id", "entries.rowid");
    let page = found.order((entries::submitted_at.desc(), entries::id.desc())).select(key.column());
    let rows = entries::table.filter(key.is_in(page));
    let mut rows: Vec<EntryLine> = rows.select(EntryLine::as_select()).load(db)?;
    rows.sort_by(|one, other| (other.submitted_at, &other.id).cmp(&(one.submitted_at, &one.id)));
    Ok(rows)
}

fn within(unit: &UnitId) -> Condition {
    // From the tree to the entries: of a commune's inbox the entries of all other communes are never looked at.
    let below = unit_ancestors::table
        .filter(unit_ancestors::ancestor_id.eq(unit.clone()))
        .select(unit_ancestors::unit_id);
    Box::new(entries::unit_id.eq_any(below))
}

fn conditions(scope: &Scope, filter: &EntryFilter) -> Condition {
    let mut all: Vec<Condition> = vec![match scope {
        Scope::Below(unit) => {
            let was_sent: Condition = Box::new(entries::submitted_at.is_not_null());
            Box::new(was_sent.and(within(unit)))
        }
        Scope::Public => {
            Box::new(entries::is_published.eq(true).and(entries::status.eq(EntryStatus::Accepted)))
        }
        Scope::Contest => Box::new(entries::submitted_at.is_not_null()),
    }];
    if !fold(&filter.text).is_empty() {
        all.push(Box::new(entries::search_text.like(like_pattern(&filter.text))));
    }
    if let Some(contest) = &filter.contest {
        all.push(Box::new(entries::contest_id.eq(contest.clone())));
    }
    if let Some(unit) = &filter.unit {
        all.push(within(unit));
    }
    if let Some(level) = &filter.level {
        all.push(Box::new(entries::level.eq(level.clone())));
    }
    if let Some(kind) = filter.kind {
        all.push(Box::new(entries::kind.eq(kind)));
    }
    if let Some(category) = &filter.category {
        all.push(Box::new(entries::category_id.nullable().eq(category.clone()).assume_not_null()));
    }
    if let Some(tool) = &filter.tool {
        let used = entry_tools::table
            .filter(entry_tools::entry_id.eq(entries::id))
            .filter(entry_tools::tool.eq(tool.clone()));
        all.push(Box::new(exists(used)));
    }
    if let Some(pool) = &filter.pool {
        let standing = pool_entries::table
            .filter(pool_entries::entry_id.eq(entries::id))
            .filter(pool_entries::pool_id.eq(pool.clone()))
            .filter(pool_entries::left_at.is_null());
        all.push(Box::new(exists(standing)));
    }
    if !filter.except.is_empty() {
        all.push(Box::new(not(among(entries::id, &filter.except))));
    }
    let whole: Condition = Box::new(diesel::dsl::sql::<diesel::sql_types::Bool>("1 = 1"));
    all.into_iter().fold(whole, |whole, one| Box::new(whole.and(one)))
}
