//! Units as screens and policies read them: where they stand in the tree.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    Level, LevelCode, SUCCESSOR_DEPTH, Tree, Unit, UnitKind, UnitOnDate, UnitVersion, import::Existing,
};
use crate::{
    base::{
        ids::UnitId,
        page::{PageOf, PageRequest},
        text::like_pattern,
    },
    infra::db::{
        Db, DbError, among,
        schema::{levels, unit_ancestors, unit_versions, units},
    },
    read_all, read_one,
};

/// A unit on the way from another one to the top.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PathStep {
    pub unit_id: UnitId,
    pub name: String,
    pub level: LevelCode,
    /// Of the level: 0 is the top.
    pub position: i32,
}

/// From the top.
pub fn list_levels(db: &mut Db) -> Result<Vec<Level>, DbError> {
    Ok(read_all!(db, levels::table.order(levels::position).select(Level::as_select()))?)
}

/// The unit that bears this code now.
pub fn find_by_code(db: &mut Db, code: &str) -> Result<Option<Unit>, DbError> {
    let found = units::table.filter(units::code.eq(code)).filter(units::valid_to.is_null());
    Ok(read_one!(db, found.select(Unit::as_select()))?)
}

/// The unit first, then upwards to the top.
pub fn path_of(db: &mut Db, unit: &UnitId) -> Result<Vec<Unit>, DbError> {
    let above = unit_ancestors::table
        .inner_join(units::table.on(units::id.eq(unit_ancestors::ancestor_id)))
        .filter(unit_ancestors::unit_id.eq(unit))
        .filter(unit_ancestors::depth.lt(SUCCESSOR_DEPTH))
        .order(unit_ancestors::depth);
    Ok(read_all!(db, above.select(Unit::as_select()))?)
}

/// The same with the place of each level.
pub fn steps_of(db: &mut Db, unit: &UnitId) -> Result<Vec<PathStep>, DbError> {
    let mut rows: Vec<(i32, UnitId, String, LevelCode, i32)> = read_all!(
        db,
        unit_ancestors::table
            .inner_join(units::table.on(units::id.eq(unit_ancestors::ancestor_id)))
            .inner_join(levels::table.on(levels::code.eq(units::level)))
            .filter(unit_ancestors::unit_id.eq(unit))
            .filter(unit_ancestors::depth.lt(SUCCESSOR_DEPTH))
            .select((unit_ancestors::depth, units::id, units::name, units::level, levels::position))
    )?;
    // A handful of rows is put in order here: for it SQLite would set up a sorter of its own.
    rows.sort_unstable_by_key(|row| row.0);
    let step = |(_, unit_id, name, level, position)| PathStep { unit_id, name, level, position };
    Ok(rows.into_iter().map(step).collect())
}

/// The paths of many units with one query; each begins with the unit itself.
pub fn paths_of(db: &mut Db, of: &[UnitId]) -> Result<HashMap<UnitId, Vec<PathStep>>, DbError> {
    let rows: Vec<(UnitId, UnitId, String, LevelCode, i32)> = read_all!(
        db,
        unit_ancestors::table
            .inner_join(units::table.on(units::id.eq(unit_ancestors::ancestor_id)))
            .inner_join(levels::table.on(levels::code.eq(units::level)))
            .filter(among(unit_ancestors::unit_id, of))
            .filter(unit_ancestors::depth.lt(SUCCESSOR_DEPTH))
            .order((unit_ancestors::unit_id, unit_ancestors::depth))
            .select((unit_ancestors::unit_id, units::id, units::name, units::level, levels::position))
    )?;
    let mut paths: HashMap<UnitId, Vec<PathStep>> = HashMap::new();
    for (of, unit_id, name, level, position) in rows {
        paths.entry(of).or_default().push(PathStep { unit_id, name, level, position });
    }
    Ok(paths)
}

/// Whether `unit` is `above` itself or stands anywhere below it.
pub fn is_within(db: &mut Db, unit: &UnitId, above: &UnitId) -> Result<bool, DbError> {
    let row = unit_ancestors::table.find((unit, above));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(db)?)
}

/// The units above which there is none.
pub fn list_roots(db: &mut Db) -> Result<Vec<Unit>, DbError> {
    let roots = units::table.filter(units::parent_id.is_null()).filter(units::valid_to.is_null());
    Ok(read_all!(db, roots.order(units::id).limit(20).select(Unit::as_select()))?)
}

/// The units that hang directly below, while they are valid, by name.
pub fn list_children(db: &mut Db, parent: &UnitId) -> Result<Vec<Unit>, DbError> {
    let children = units::table.filter(units::parent_id.eq(parent)).filter(units::valid_to.is_null());
    let mut children: Vec<Unit> = read_all!(db, children.select(Unit::as_select()))?;
    // A key is dearer than the few comparisons that it would save.
    children.sort_by(|one, other| crate::base::text::compare(&one.name, &other.name));
    Ok(children)
}

pub fn count_children(db: &mut Db, parent: &UnitId) -> Result<i64, DbError> {
    let children = units::table.filter(units::parent_id.eq(parent)).filter(units::valid_to.is_null());
    Ok(children.count().get_result(db)?)
}

/// The name of a child whose level is not below this position, if there is one.
pub fn find_child_not_below(db: &mut Db, parent: &UnitId, position: i32) -> Result<Option<String>, DbError> {
    let children = units::table
        .inner_join(levels::table.on(levels::code.eq(units::level)))
        .filter(units::parent_id.eq(parent))
        .filter(units::valid_to.is_null())
        .filter(levels::position.le(position));
    Ok(children.select(units::name).first(db).optional()?)
}

/// Whether some valid unit hangs below one whose level is not above its own.
pub fn has_parent_not_above(db: &mut Db) -> Result<bool, DbError> {
    let (above, level_above) = diesel::alias!(units as above, levels as level_above);
    let pairs = units::table
        .inner_join(levels::table.on(levels::code.eq(units::level)))
        .inner_join(above.on(above.field(units::id).nullable().eq(units::parent_id)))
        .inner_join(level_above.on(level_above.field(levels::code).eq(above.field(units::level))))
        .filter(units::valid_to.is_null())
        .filter(level_above.field(levels::position).ge(levels::position));
    Ok(pairs.select(units::id).first::<UnitId>(db).optional()?.is_some())
}

/// The valid units of a level, everywhere or below a unit.
pub fn list_of_level(db: &mut Db, level: &LevelCode, within: Option<&UnitId>) -> Result<Vec<Unit>, DbError> {
    let of_level = units::table.filter(units::level.eq(level)).filter(units::valid_to.is_null());
    Ok(match within {
        None => read_all!(db, of_level.order(units::code).select(Unit::as_select()))?,
        Some(top) => {
            let below = unit_ancestors::table
                .filter(unit_ancestors::ancestor_id.eq(top))
                .select(unit_ancestors::unit_id);
            read_all!(
                db,
                of_level.filter(units::id.eq_any(below)).order(units::code).select(Unit::as_select())
            )?
        }
    })
}

/// What the unit is now, as the last of its versions.
pub fn find_current_version(db: &mut Db, unit: &UnitId) -> Result<Option<UnitVersion>, DbError> {
    let current = unit_versions::table
        .filter(unit_versions::unit_id.eq(unit))
        .filter(unit_versions::valid_to.is_null());
    Ok(read_one!(db, current.select(UnitVersion::as_select()))?)
}

/// What a unit has been, the latest first.
pub fn list_versions(db: &mut Db, unit: &UnitId) -> Result<Vec<UnitVersion>, DbError> {
    let versions = unit_versions::table
        .filter(unit_versions::unit_id.eq(unit))
        .order((unit_versions::valid_from.desc(), unit_versions::id.desc()));
    Ok(read_all!(db, versions.select(UnitVersion::as_select()))?)
}

/// The valid units with their codes.
pub fn list_codes(db: &mut Db) -> Result<Vec<(String, UnitId)>, DbError> {
    let valid = units::table.filter(units::valid_to.is_null());
    Ok(read_all!(db, valid.select((units::code, units::id)))?)
}

/// The valid units as an import compares them with its file.
pub fn list_existing(db: &mut Db) -> Result<Vec<Existing>, DbError> {
    let codes: HashMap<UnitId, String> =
        list_codes(db)?.into_iter().map(|(code, unit)| (unit, code)).collect();
    type Columns = (UnitId, Option<UnitId>, String, String, LevelCode, UnitKind, NaiveDate);
    let rows: Vec<Columns> = read_all!(
        db,
        units::table
            .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(units::id)))
            .filter(units::valid_to.is_null())
            .filter(unit_versions::valid_to.is_null())
            .order(units::code)
            .select((
                units::id,
                units::parent_id,
                units::code,
                units::name,
                units::level,
                units::kind,
                unit_versions::valid_from,
            ))
    )?;
    let existing = rows.into_iter().map(|(id, parent, code, name, level, kind, since)| Existing {
        id,
        code,
        name,
        level,
        kind,
        parent_code: parent.and_then(|parent| codes.get(&parent).cloned()),
        since,
    });
    Ok(existing.collect())
}

/// The whole tree as it was on a date.
pub fn tree_on(db: &mut Db, date: NaiveDate) -> Result<Tree, DbError> {
    let rows: Vec<(UnitId, Option<UnitId>, LevelCode, String, String)> = read_all!(
        db,
        unit_versions::table
            .filter(unit_versions::valid_from.le(date))
            .filter(unit_versions::valid_to.is_null().or(unit_versions::valid_to.gt(date)))
            .select((
                unit_versions::unit_id,
                unit_versions::parent_id,
                unit_versions::level,
                unit_versions::code,
                unit_versions::name,
            ))
    )?;
    Ok(Tree::new(rows.into_iter().map(|(unit_id, parent_id, level, code, name)| UnitOnDate {
        unit_id,
        parent_id,
        level,
        code,
        name,
    })))
}

/// What a list of units is asked for.
#[derive(Debug, Clone, Default)]
pub struct UnitFilter {
    /// Words of the name, or the code.
    pub words: String,
    pub level: Option<LevelCode>,
    /// Directly below this unit; without words, the tops of the tree when it is none.
    pub parent: Option<UnitId>,
    pub with_closed: bool,
}

/// Units by name, a page at a time: those below `parent`, or those that the words find anywhere (below it).
pub fn list(db: &mut Db, filter: &UnitFilter, page: PageRequest) -> Result<PageOf<Unit>, DbError> {
    let mut query = units::table.into_boxed::<crate::infra::db::MultiBackend>();
    if !filter.with_closed {
        query = query.filter(units::valid_to.is_null());
    }
    if let Some(level) = &filter.level {
        query = query.filter(units::level.eq(level.clone()));
    }
    let is_search = !filter.words.trim().is_empty() || filter.level.is_some();
    if !filter.words.trim().is_empty() {
        query = query.filter(units::search_text.like(like_pattern(&filter.words)));
    }
    query = match (&filter.parent, is_search) {
        (Some(parent), true) => {
            let below = unit_ancestors::table
                .filter(unit_ancestors::ancestor_id.eq(parent.clone()))
                .select(unit_ancestors::unit_id);
            query.filter(units::id.eq_any(below))
        }
        (Some(parent), false) => query.filter(units::parent_id.eq(parent.clone())),
        (None, true) => query,
        (None, false) => query.filter(units::parent_id.is_null()),
    };
    let rows: Vec<(Unit, i64)> = query
        .order((units::search_text, units::id))
        .limit(page.per_page)
        .offset(page.offset())
        .select((Unit::as_select(), diesel::dsl::count_star().over()))
        .load(db)?;
    let total = rows.first().map_or(0, |(_, total)| *total);
    Ok(PageOf { rows: rows.into_iter().map(|(unit, _)| unit).collect(), total, request: page })
}

/// How many valid units hang directly below each of these.
pub fn count_children_of(db: &mut Db, parents: &[UnitId]) -> Result<HashMap<UnitId, i64>, DbError> {
    let counted: Vec<(Option<UnitId>, i64)> = read_all!(
        db,
        units::table
            .filter(among(units::parent_id, parents))
            .filter(units::valid_to.is_null())
            .group_by(units::parent_id)
            .select((units::parent_id, diesel::dsl::count_star()))
    )?;
    Ok(counted.into_iter().filter_map(|(parent, count)| Some((parent?, count))).collect())
}

/// The units that became part of this one.
pub fn list_merged_into(db: &mut Db, unit: &UnitId) -> Result<Vec<Unit>, DbError> {
    let merged = units::table.filter(units::merged_into.eq(unit)).order(units::search_text);
    Ok(read_all!(db, merged.select(Unit::as_select()))?)
}

pub fn count_valid(db: &mut Db) -> Result<i64, DbError> {
    Ok(units::table.filter(units::valid_to.is_null()).count().get_result(db)?)
}
