//! Every query of this feature.

use diesel::prelude::*;

use super::{Level, Unit, UnitAncestor, UnitVersion};
use crate::{
    base::ids::{UnitId, UnitVersionId},
    infra::db::{
        Db, DbError,
        schema::{levels, unit_ancestors},
    },
    rows_by_id,
};

pub fn insert_level(db: &mut Db, row: &Level) -> Result<(), DbError> {
    diesel::insert_into(levels::table).values(row).execute(db)?;
    Ok(())
}
rows_by_id!(units, Unit, UnitId, find, insert, save);

pub fn insert_unit_ancestor(db: &mut Db, row: &UnitAncestor) -> Result<(), DbError> {
    diesel::insert_into(unit_ancestors::table).values(row).execute(db)?;
    Ok(())
}
rows_by_id!(
    unit_versions,
    UnitVersion,
    UnitVersionId,
    find_unit_version,
    insert_unit_version,
    save_unit_version
);

pub fn count_levels(db: &mut Db) -> Result<i64, DbError> {
    Ok(levels::table.count().get_result(db)?)
}

/// The unit itself and everything above it, from the unit up.
pub fn list_ancestors(db: &mut Db, unit: &UnitId) -> Result<Vec<UnitAncestor>, DbError> {
    let rows = unit_ancestors::table.filter(unit_ancestors::unit_id.eq(unit)).order(unit_ancestors::depth);
    Ok(rows.select(UnitAncestor::as_select()).load(db)?)
}
