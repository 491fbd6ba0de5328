//! Units as screens and policies read them: where they stand in the tree.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Level, LevelCode, Unit};
use crate::{
    base::ids::UnitId,
    infra::db::{
        Db, DbError,
        schema::{levels, unit_ancestors, units},
    },
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
    Ok(levels::table.order(levels::position).select(Level::as_select()).load(db)?)
}

/// The unit that bears this code now.
pub fn find_by_code(db: &mut Db, code: &str) -> Result<Option<Unit>, DbError> {
    let found = units::table.filter(units::code.eq(code)).filter(units::valid_to.is_null());
    Ok(found.select(Unit::as_select()).first(db).optional()?)
}

/// The unit first, then upwards to the top.
pub fn path_of(db: &mut Db, unit: &UnitId) -> Result<Vec<Unit>, DbError> {
    let above = unit_ancestors::table
        .inner_join(units::table.on(units::id.eq(unit_ancestors::ancestor_id)))
        .filter(unit_ancestors::unit_id.eq(unit))
        .order(unit_ancestors::depth);
    Ok(above.select(Unit::as_select()).load(db)?)
}

/// The paths of many units with one query; each begins with the unit itself.
pub fn paths_of(db: &mut Db, of: &[UnitId]) -> Result<HashMap<UnitId, Vec<PathStep>>, DbError> {
    let rows: Vec<(UnitId, UnitId, String, LevelCode, i32)> = unit_ancestors::table
        .inner_join(units::table.on(units::id.eq(unit_ancestors::ancestor_id)))
        .inner_join(levels::table.on(levels::code.eq(units::level)))
        .filter(unit_ancestors::unit_id.eq_any(of))
        .order((unit_ancestors::unit_id, unit_ancestors::depth))
        .select((unit_ancestors::unit_id, units::id, units::name, units::level, levels::position))
        .load(db)?;
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

/// The units that hang directly below, while they are valid, by name.
pub fn list_children(db: &mut Db, parent: &UnitId) -> Result<Vec<Unit>, DbError> {
    let children = units::table.filter(units::parent_id.eq(parent)).filter(units::valid_to.is_null());
    let mut children: Vec<Unit> = children.select(Unit::as_select()).load(db)?;
    children.sort_by(|a, b| crate::base::text::compare(&a.name, &b.name));
    Ok(children)
}
