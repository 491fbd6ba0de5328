//! Rows of the tree in and out.

use diesel::prelude::*;

use super::{Level, LevelCode, Node, Unit, UnitAncestor, UnitVersion};
use crate::{
    base::ids::{UnitId, UnitVersionId},
    infra::db::{
        Db, DbError, among,
        schema::{levels, unit_ancestors, unit_versions, units},
    },
    rows_by_id,
};

/// PostgreSQL takes 65,535 arguments in a statement, and the widest row here has twelve.
const ROWS_AT_ONCE: usize = 1000;

rows_by_id!(units, Unit, UnitId, find, insert, save);
rows_by_id!(
    unit_versions,
    UnitVersion,
    UnitVersionId,
    find_unit_version,
    insert_unit_version,
    save_unit_version
);

/// What the unit directly above is called; empty for a unit at the top.
pub fn find_name_above(db: &mut Db, unit: &Unit) -> Result<String, DbError> {
    let Some(parent) = &unit.parent_id else { return Ok(String::new()) };
    Ok(units::table.find(parent).select(units::name).get_result(db)?)
}

pub fn insert_level(db: &mut Db, row: &Level) -> Result<(), DbError> {
    diesel::insert_into(levels::table).values(row).execute(db)?;
    Ok(())
}

pub fn save_level(db: &mut Db, row: &Level) -> Result<(), DbError> {
    diesel::update(levels::table.find(&row.code)).set(row).execute(db)?;
    Ok(())
}

pub fn find_level(db: &mut Db, code: &LevelCode) -> Result<Option<Level>, DbError> {
    Ok(levels::table.find(code).select(Level::as_select()).get_result(db).optional()?)
}

pub fn count_levels(db: &mut Db) -> Result<i64, DbError> {
    Ok(levels::table.count().get_result(db)?)
}

pub fn insert_unit_ancestor(db: &mut Db, row: &UnitAncestor) -> Result<(), DbError> {
    diesel::insert_into(unit_ancestors::table).values(row).execute(db)?;
    Ok(())
}

/// The unit itself and everything above it, from the unit up, and after that its successors.
pub fn list_ancestors(db: &mut Db, unit: &UnitId) -> Result<Vec<UnitAncestor>, DbError> {
    let rows = unit_ancestors::table.filter(unit_ancestors::unit_id.eq(unit)).order(unit_ancestors::depth);
    Ok(rows.select(UnitAncestor::as_select()).load(db)?)
}

pub fn insert_units(db: &mut Db, rows: &[Unit]) -> Result<(), DbError> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let insert = diesel::insert_into(units::table).values(rows);
        match db {
            Db::Postgres(db) => insert.execute(db)?,
            Db::Sqlite(db) => insert.execute(db)?,
        };
    }
    Ok(())
}

pub fn insert_versions(db: &mut Db, rows: &[UnitVersion]) -> Result<(), DbError> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let insert = diesel::insert_into(unit_versions::table).values(rows);
        match db {
            Db::Postgres(db) => insert.execute(db)?,
            Db::Sqlite(db) => insert.execute(db)?,
        };
    }
    Ok(())
}

pub fn insert_ancestors(db: &mut Db, rows: &[UnitAncestor]) -> Result<(), DbError> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let insert = diesel::insert_into(unit_ancestors::table).values(rows);
        match db {
            Db::Postgres(db) => insert.execute(db)?,
            Db::Sqlite(db) => insert.execute(db)?,
        };
    }
    Ok(())
}

pub fn delete_ancestors_of(db: &mut Db, of: &[UnitId]) -> Result<(), DbError> {
    diesel::delete(unit_ancestors::table.filter(among(unit_ancestors::unit_id, of))).execute(db)?;
    Ok(())
}

/// Every unit with its parent and its successor, closed ones too.
pub fn list_nodes(db: &mut Db) -> Result<Vec<(UnitId, Node)>, DbError> {
    let rows: Vec<(UnitId, Option<UnitId>, Option<UnitId>)> =
        units::table.select((units::id, units::parent_id, units::merged_into)).load(db)?;
    Ok(rows.into_iter().map(|(unit, parent, merged_into)| (unit, Node { parent, merged_into })).collect())
}
