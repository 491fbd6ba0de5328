use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::json;

use super::{
    TreeError,
    add_unit::unknown_level,
    error::has_come,
    rewrite_ancestors,
    version::{close_row, save_row},
};
use crate::{
    base::{clock::Moment, ids::UnitId},
    features::{
        audit::{Happening, append},
        units::{TreeKeeper, Unit, store, views},
    },
    infra::db::Db,
};

/// Units become part of another one: they are closed, what hung below them hangs below it, and whoever covers it
/// covers what they did.
pub fn merge_units(
    db: &mut Db,
    keeper: &TreeKeeper,
    from: &[UnitId],
    into: &UnitId,
    as_of: NaiveDate,
    note: &str,
    now: Moment,
) -> Result<Unit, TreeError> {
    has_come(as_of, now)?;
    let into = store::find(db, into)?.ok_or(TreeError::NotFound)?;
    if into.valid_to.is_some() {
        return Err(TreeError::Closed { name: into.name });
    }
    let level = store::find_level(db, &into.level)?.ok_or_else(unknown_level)?;
    let mut changed = HashSet::new();
    for unit in from {
        let unit = store::find(db, unit)?.ok_or(TreeError::NotFound)?;
        if unit.id == into.id || into.parent_id.as_ref() == Some(&unit.id) {
            return Err(TreeError::SameUnit);
        }
        if unit.valid_to.is_some() {
            return Err(TreeError::Closed { name: unit.name });
        }
        if let Some(child) = views::find_child_not_below(db, &unit.id, level.position)? {
            return Err(TreeError::ChildNotBelow { child });
        }
        for child in views::list_children(db, &unit.id)? {
            let child = Unit { parent_id: Some(into.id.clone()), ..child };
            save_row(db, &child, as_of, note)?;
            changed.insert(child.id);
        }
        let unit = Unit { valid_to: Some(as_of), merged_into: Some(into.id.clone()), ..unit };
        close_row(db, &unit, as_of)?;
        written_down(db, keeper, &unit, &into, note, now)?;
        changed.insert(unit.id);
    }
    rewrite_ancestors(db, &changed)?;
    Ok(into)
}

fn written_down(
    db: &mut Db,
    keeper: &TreeKeeper,
    unit: &Unit,
    into: &Unit,
    note: &str,
    now: Moment,
) -> Result<(), TreeError> {
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.merge",
            subject: ("unit", unit.id.as_str()),
            before: None,
            after: None,
            details: json!({ "name": unit.name, "into": into.id, "into_name": into.name,
                "as_of": unit.valid_to, "note": note }),
        },
        now,
    )?;
    Ok(())
}
