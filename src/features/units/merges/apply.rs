use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::{MergeMap, MergePlan, OldUnit, PlannedMerge, plan::plan};
use crate::{
    base::{clock::Moment, ids::UnitId},
    features::{
        audit::{Happening, append},
        units::{
            NewUnit, TreeError, TreeKeeper, UnitChange, UnitKind,
            changes::{change_unit, merge_units},
            store, views,
        },
    },
    infra::db::{Db, DbError},
};

/// What the map would do to the tree as it stands. Reads only.
pub fn plan_merges(db: &mut Db, map: &MergeMap) -> Result<MergePlan, DbError> {
    let units: HashMap<String, OldUnit> = views::list_existing(db)?
        .into_iter()
        .map(|unit| (unit.code.clone(), OldUnit { id: unit.id, code: unit.code, name: unit.name }))
        .collect();
    Ok(plan(map, &units))
}

/// Where the units of after hang and from which day; `shown` is the fingerprint of the plan that somebody agreed to. If
/// the tree has changed since, nothing is done.
#[derive(Debug, Clone, Copy)]
pub struct Under<'u> {
    pub parent: &'u UnitId,
    pub as_of: NaiveDate,
    pub shown: Option<&'u str>,
}

/// Does what the plan says, all of it or nothing; what is undecided stays as it is. New units hang below `parent`, and
/// those that live on move there; units that are undecided stay where they are.
pub fn apply_merges(
    db: &mut Db,
    keeper: &TreeKeeper,
    map: &MergeMap,
    under: &Under<'_>,
    now: Moment,
) -> Result<MergePlan, TreeError> {
    let Under { parent, as_of, shown } = *under;
    let plan = plan_merges(db, map)?;
    if !plan.errors.is_empty() {
        return Err(TreeError::HasErrors { count: plan.errors.len() });
    }
    if shown.is_some_and(|shown| shown != plan.fingerprint()) {
        return Err(TreeError::ChangedMeanwhile);
    }
    store::find(db, parent)?.filter(|unit| unit.valid_to.is_none()).ok_or(TreeError::NotFound)?;
    let reform = Reform { keeper, parent, as_of, now };
    // A code is borne by one valid unit at a time, and units may exchange theirs: so all of them bear a code of passage
    // until every old unit is closed, and then take their own.
    let mut units = Vec::with_capacity(plan.merges.len());
    for merge in &plan.merges {
        units.push(reform.gather(db, merge)?);
    }
    for (merge, unit) in plan.merges.iter().zip(&units) {
        reform.settle(db, merge, unit)?;
    }
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.reform",
            subject: ("unit", parent.as_str()),
            before: None,
            after: None,
            details: json!({ "made": plan.made(), "closed": plan.closed(), "undecided": plan.undecided.len(),
                "as_of": as_of }),
        },
        now,
    )?;
    Ok(plan)
}

struct Reform<'r> {
    keeper: &'r TreeKeeper,
    parent: &'r UnitId,
    as_of: NaiveDate,
    now: Moment,
}

impl Reform<'_> {
    /// Makes the unit, or finds the one that lives on, and closes those that become part of it.
    fn gather(&self, db: &mut Db, merge: &PlannedMerge) -> Result<UnitId, TreeError> {
        let into = match &merge.lives_on {
            Some(unit) if unit.code == merge.new_code => unit.id.clone(),
            Some(unit) => self.change(db, &unit.id, &self.passage(merge), &unit.name)?,
            None => self.make(db, merge)?,
        };
        let merged: Vec<UnitId> = merge.merged.iter().map(|unit| unit.id.clone()).collect();
        merge_units(db, self.keeper, &merged, &into, self.as_of, "", self.now)?;
        Ok(into)
    }

    fn passage(&self, merge: &PlannedMerge) -> String {
        format!("{}+{}", merge.new_code, self.as_of.format("%Y%m%d"))
    }

    fn make(&self, db: &mut Db, merge: &PlannedMerge) -> Result<UnitId, TreeError> {
        let old = merge.merged.first().ok_or(TreeError::NotFound)?;
        let old = store::find(db, &old.id)?.ok_or(TreeError::NotFound)?;
        let new = NewUnit {
            code: self.passage(merge),
            name: merge.new_name.clone(),
            level: old.level,
            kind: UnitKind::Territorial,
            parent_id: Some(self.parent.clone()),
            valid_from: self.as_of,
        };
        Ok(super::super::add_unit(db, self.keeper, &new, self.now)?.id)
    }

    fn settle(&self, db: &mut Db, merge: &PlannedMerge, unit: &UnitId) -> Result<(), TreeError> {
        let unit = store::find(db, unit)?.ok_or(TreeError::NotFound)?;
        let is_settled = unit.code == merge.new_code
            && unit.name == merge.new_name
            && unit.parent_id.as_ref() == Some(self.parent);
        if is_settled {
            return Ok(());
        }
        self.change(db, &unit.id, &merge.new_code, &merge.new_name)?;
        Ok(())
    }

    fn change(&self, db: &mut Db, unit: &UnitId, code: &str, name: &str) -> Result<UnitId, TreeError> {
        let unit = store::find(db, unit)?.ok_or(TreeError::NotFound)?;
        let change = UnitChange {
            code: code.to_owned(),
            name: name.to_owned(),
            level: unit.level,
            kind: unit.kind,
            parent_id: Some(self.parent.clone()),
            as_of: self.as_of,
            note: String::new(),
        };
        Ok(change_unit(db, self.keeper, &unit.id, &change, self.now)?.id)
    }
}
