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
