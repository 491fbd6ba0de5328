use chrono::NaiveDate;
use serde_json::json;

use super::{TreeError, error::has_come, version::close_row};
use crate::{
    base::{clock::Moment, ids::UnitId},
    features::{
        audit::{Happening, append},
        units::{TreeKeeper, Unit, store, views},
    },
    infra::db::Db,
};

/// Closes a unit that nothing hangs below. It stays in the books with everything that it did.
pub fn close_unit(
    db: &mut Db,
    keeper: &TreeKeeper,
    unit: &UnitId,
    as_of: NaiveDate,
    note: &str,
    now: Moment,
) -> Result<Unit, TreeError> {
    has_come(as_of, now)?;
    let unit = store::find(db, unit)?.ok_or(TreeError::NotFound)?;
    if unit.valid_to.is_some() {
        return Err(TreeError::Closed { name: unit.name });
    }
    let count = views::count_children(db, &unit.id)?;
    if count > 0 {
        return Err(TreeError::HasChildren { name: unit.name, count });
    }
    let unit = Unit { valid_to: Some(as_of), ..unit };
    close_row(db, &unit, as_of)?;
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.close",
            subject: ("unit", unit.id.as_str()),
            before: None,
            after: None,
            details: json!({ "name": unit.name, "as_of": as_of, "note": note }),
        },
        now,
    )?;
    Ok(unit)
}
