use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::json;

use super::{
    TreeError,
    add_unit::{checked, unknown_level},
    error::has_come,
    rewrite_ancestors,
    version::save_row,
};
use crate::{
    base::{clock::Moment, ids::UnitId, text::fold},
    features::{
        audit::{Happening, append},
        units::{LevelCode, TreeKeeper, Unit, UnitKind, store, views},
    },
    infra::db::Db,
};

/// What a unit is from `as_of` on: renamed, moved, with another code, all in one.
#[derive(Debug, Clone)]
pub struct UnitChange {
    pub code: String,
    pub name: String,
    pub level: LevelCode,
    pub kind: UnitKind,
    pub parent_id: Option<UnitId>,
    pub as_of: NaiveDate,
    /// By which decision; may be empty.
    pub note: String,
}

pub fn change_unit(
    db: &mut Db,
    keeper: &TreeKeeper,
    unit: &UnitId,
    change: &UnitChange,
    now: Moment,
) -> Result<Unit, TreeError> {
    has_come(change.as_of, now)?;
    let before = store::find(db, unit)?.ok_or(TreeError::NotFound)?;
    if before.valid_to.is_some() {
        return Err(TreeError::Closed { name: before.name });
    }
    let (code, name) = checked(&change.code, &change.name)?;
    let after = Unit {
        search_text: fold(&format!("{name} {code}")),
        code,
        name,
        level: change.level.clone(),
        kind: change.kind,
        parent_id: change.parent_id.clone(),
        ..before.clone()
    };
    fits(db, &after)?;
    save_row(db, &after, change.as_of, &change.note)?;
    if before.parent_id != after.parent_id {
        rewrite_ancestors(db, &HashSet::from([after.id.clone()]))?;
    }
    let facts = |unit: &Unit| {
        Some(json!({ "code": unit.code, "name": unit.name, "level": unit.level, "parent": unit.parent_id }))
    };
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.change",
            subject: ("unit", after.id.as_str()),
            before: facts(&before),
            after: facts(&after),
            details: json!({ "from": before.name, "to": after.name, "as_of": change.as_of, "note": change.note }),
        },
        now,
    )?;
    Ok(after)
}

/// A parent stands on a higher level, children on a lower one; so nobody can be moved below themselves.
fn fits(db: &mut Db, unit: &Unit) -> Result<(), TreeError> {
    let level = store::find_level(db, &unit.level)?.ok_or_else(unknown_level)?;
    if let Some(parent) = &unit.parent_id {
        let parent = store::find(db, parent)?.ok_or(TreeError::NotFound)?;
        if parent.valid_to.is_some() {
            return Err(TreeError::Closed { name: parent.name });
        }
        let parent_level = store::find_level(db, &parent.level)?.ok_or_else(unknown_level)?;
        if parent_level.position >= level.position {
            return Err(TreeError::ParentNotAbove { parent: parent.name });
        }
    }
    match views::find_child_not_below(db, &unit.id, level.position)? {
        Some(child) => Err(TreeError::ChildNotBelow { child }),
        None => Ok(()),
    }
}
