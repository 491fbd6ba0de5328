use chrono::NaiveDate;

use super::TreeError;
use crate::{
    base::ids::UnitVersionId,
    features::units::{Unit, UnitVersion, store, views},
    infra::db::Db,
};

/// What the unit is from its first day on.
pub fn first_version(unit: &Unit, note: &str) -> UnitVersion {
    UnitVersion {
        id: UnitVersionId::generate(),
        unit_id: unit.id.clone(),
        parent_id: unit.parent_id.clone(),
        level: unit.level.clone(),
        code: unit.code.clone(),
        name: unit.name.clone(),
        valid_from: unit.valid_from,
        valid_to: None,
        note: note.to_owned(),
    }
}

/// Saves what a unit is from `as_of` on; what it was before stays in its versions. A second change on the same day
/// corrects the first.
pub fn save_row(db: &mut Db, unit: &Unit, as_of: NaiveDate, note: &str) -> Result<(), TreeError> {
    let current = current_version(db, unit, as_of)?;
    store::save(db, unit).map_err(code_taken)?;
    let next = UnitVersion { valid_from: as_of, ..first_version(unit, note) };
    if current.valid_from == as_of {
        store::save_unit_version(db, &UnitVersion { id: current.id, ..next })?;
    } else {
        store::save_unit_version(db, &UnitVersion { valid_to: Some(as_of), ..current })?;
        store::insert_unit_version(db, &next)?;
    }
    Ok(())
}

/// Saves a unit that ends on `unit.valid_to`.
pub fn close_row(db: &mut Db, unit: &Unit, as_of: NaiveDate) -> Result<(), TreeError> {
    let current = current_version(db, unit, as_of)?;
    store::save(db, unit)?;
    store::save_unit_version(db, &UnitVersion { valid_to: Some(as_of), ..current })?;
    Ok(())
}

fn current_version(db: &mut Db, unit: &Unit, as_of: NaiveDate) -> Result<UnitVersion, TreeError> {
    let current = views::find_current_version(db, &unit.id)?.ok_or(TreeError::NotFound)?;
    if current.valid_from > as_of {
        return Err(TreeError::TooEarly { name: current.name });
    }
    Ok(current)
}

pub fn code_taken(error: crate::infra::db::DbError) -> TreeError {
    if error.is_unique_violation() { TreeError::code_taken() } else { error.into() }
}
