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
        units::{LevelCode, TreeKeeper, Unit, store, views},
    },
    infra::db::Db,
};

/// Closes every unit of a level (below `within`, or everywhere); what hung below one hangs below its parent.
/// Answers how many were closed. The level itself stays: old contests speak of it.
pub fn abolish_level(
    db: &mut Db,
    keeper: &TreeKeeper,
    level: &LevelCode,
    within: Option<&UnitId>,
    as_of: NaiveDate,
    now: Moment,
) -> Result<usize, TreeError> {
    has_come(as_of, now)?;
    let level = store::find_level(db, level)?.ok_or_else(unknown_level)?;
    let units = views::list_of_level(db, &level.code, within)?;
    let mut changed = HashSet::new();
    for unit in &units {
        for child in views::list_children(db, &unit.id)? {
            let child = Unit { parent_id: unit.parent_id.clone(), ..child };
            save_row(db, &child, as_of, &level.name)?;
            changed.insert(child.id);
        }
        close_row(db, &Unit { valid_to: Some(as_of), ..unit.clone() }, as_of)?;
    }
    rewrite_ancestors(db, &changed)?;
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.abolish_level",
            subject: ("level", level.code.as_str()),
            before: None,
            after: None,
            details: json!({ "within": within, "as_of": as_of, "closed": units.len() }),
        },
        now,
    )?;
    Ok(units.len())
}
