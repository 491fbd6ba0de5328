use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::json;

use super::{ImportPlan, PlannedChange, PlannedUnit, UnitFile, plan};
use crate::{
    base::{clock::Moment, ids::UnitId, text::fold},
    features::{
        audit::{Happening, append},
        units::{
            Forest, Node, TreeKeeper, Unit, UnitAncestor, UnitVersion,
            changes::{TreeError, first_version, rewrite_ancestors, save_row},
            store, views,
        },
    },
    infra::db::Db,
};

crate::act_error! {
    pub enum ImportUnitsError {
        HasErrors { count: usize } => "units-import-has-errors",
        ChangedMeanwhile => "units-import-changed-meanwhile",
        InFuture => "units-refused-in-future",
        TreeRefused => "units-import-refused",
    }
}

/// What an import of the file would do to the tree as it stands. Reads only.
pub fn plan_import(
    db: &mut Db,
    file: &UnitFile,
    as_of: NaiveDate,
) -> Result<ImportPlan, crate::infra::db::DbError> {
    let levels = views::list_levels(db)?;
    let existing = views::list_existing(db)?;
    Ok(plan(file, &existing, &levels, as_of))
}

/// Imports the file as one act: all of it or nothing. `shown` is the fingerprint of the plan that somebody agreed to;
/// if the tree has changed since, nothing is done.
pub fn import_units(
    db: &mut Db,
    keeper: &TreeKeeper,
    file: &UnitFile,
    as_of: NaiveDate,
    shown: Option<&str>,
    now: Moment,
) -> Result<ImportPlan, ImportUnitsError> {
    if as_of > (now + chrono::Duration::days(1)).date() {
        return Err(ImportUnitsError::InFuture);
    }
    let plan = plan_import(db, file, as_of)?;
    if !plan.errors.is_empty() {
        return Err(ImportUnitsError::HasErrors { count: plan.errors.len() });
    }
    if shown.is_some_and(|shown| shown != plan.fingerprint()) {
        return Err(ImportUnitsError::ChangedMeanwhile);
    }
    let mut ids: HashMap<String, UnitId> = views::list_codes(db)?.into_iter().collect();
    insert_new(db, &plan, &mut ids, now)?;
    let mut moved = HashSet::new();
    for change in &plan.changed {
        save_change(db, change, &ids, as_of)?;
        if change.is_moved() {
            moved.insert(change.before.id.clone());
        }
    }
    rewrite_ancestors(db, &moved)?;
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.import",
            subject: ("tree", "units"),
            before: None,
            after: None,
            details: json!({ "new": plan.new.len(), "renamed": plan.renamed(), "moved": plan.moved(),
                "unchanged": plan.unchanged, "missing": plan.missing.len(), "as_of": as_of }),
        },
        now,
    )?;
    Ok(plan)
}

fn insert_new(
    db: &mut Db,
    plan: &ImportPlan,
    ids: &mut HashMap<String, UnitId>,
    now: Moment,
) -> Result<(), ImportUnitsError> {
    let mut forest = Forest::new(store::list_nodes(db)?);
    let mut units = Vec::with_capacity(plan.new.len());
    for new in &plan.new {
        let unit = unit_of(new, ids, plan.as_of, now);
        ids.insert(unit.code.clone(), unit.id.clone());
        forest.set(unit.id.clone(), Node { parent: unit.parent_id.clone(), merged_into: None });
        units.push(unit);
    }
    let versions: Vec<UnitVersion> = units.iter().map(|unit| first_version(unit, "")).collect();
    let above: Vec<UnitAncestor> = units.iter().flat_map(|unit| forest.ancestors(&unit.id)).collect();
    store::insert_units(db, &units)?;
    store::insert_versions(db, &versions)?;
    store::insert_ancestors(db, &above)?;
    Ok(())
}

fn unit_of(new: &PlannedUnit, ids: &HashMap<String, UnitId>, valid_from: NaiveDate, now: Moment) -> Unit {
    Unit {
        id: UnitId::generate(),
        parent_id: new.parent_code.as_ref().and_then(|code| ids.get(code)).cloned(),
        level: new.level.clone(),
        kind: new.kind,
        code: new.code.clone(),
        name: new.name.clone(),
        search_text: fold(&format!("{} {}", new.name, new.code)),
        valid_from,
        valid_to: None,
        merged_into: None,
        page_url: None,
        created_at: now,
    }
}

fn save_change(
    db: &mut Db,
    change: &PlannedChange,
    ids: &HashMap<String, UnitId>,
    as_of: NaiveDate,
) -> Result<(), ImportUnitsError> {
    let before = store::find(db, &change.before.id)?.ok_or(ImportUnitsError::ChangedMeanwhile)?;
    let after = Unit {
        id: before.id.clone(),
        valid_from: before.valid_from,
        page_url: before.page_url.clone(),
        created_at: before.created_at,
        ..unit_of(&change.after, ids, as_of, before.created_at)
    };
    save_row(db, &after, as_of, "").map_err(|error| match error {
        TreeError::Database(error) => ImportUnitsError::Database(error),
        _ => ImportUnitsError::TreeRefused,
    })
}
