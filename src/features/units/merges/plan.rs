use std::collections::{BTreeMap, HashMap};

use super::{MapRow, MergeMap, naming::renamed};
use crate::{
    base::{ids::UnitId, seal::hash_hex, sentence::Sentence, text::fold},
    features::units::import::LineError,
};

/// A unit of before, as the tree has it.
#[derive(Debug, Clone, PartialEq)]
pub struct OldUnit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
}

/// One unit of after, and the units of before that become it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedMerge {
    pub new_code: String,
    pub new_name: String,
    /// The unit that lives on, renamed perhaps: a sole predecessor, or one that keeps both code and name. Otherwise a
    /// new unit is made, though it may bear the code of an old one.
    pub lives_on: Option<OldUnit>,
    /// The units that are closed and become part of it.
    pub merged: Vec<OldUnit>,
}

/// A line that nobody but a person can decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Undecided {
    pub line: usize,
    pub unit: OldUnit,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct MergePlan {
    pub merges: Vec<PlannedMerge>,
    pub undecided: Vec<Undecided>,
    pub errors: Vec<LineError>,
}

impl MergePlan {
    /// Units of before that are closed.
    pub fn closed(&self) -> usize {
        self.merges.iter().map(|merge| merge.merged.len()).sum()
    }

    /// Tells one plan from another, so that what is done is what was shown.
    pub fn fingerprint(&self) -> String {
        hash_hex(format!("{:?}{:?}", self.merges, self.undecided).as_bytes())
    }

    pub fn made(&self) -> usize {
        self.merges.iter().filter(|merge| merge.lives_on.is_none()).count()
    }
}

/// Pure: `units` are the valid units by their codes.
pub fn plan(map: &MergeMap, units: &HashMap<String, OldUnit>) -> MergePlan {
    let mut plan = MergePlan { errors: map.errors.clone(), ..MergePlan::default() };
    let mut groups: BTreeMap<&str, Vec<(&MapRow, &OldUnit)>> = BTreeMap::new();
    for row in &map.rows {
        let Some(unit) = units.get(&row.old_code) else {
            let sentence = Sentence::new("units-merges-unknown-code").with("code", row.old_code.as_str());
            plan.errors.push(LineError { line: row.line, sentence });
            continue;
        };
        match &row.new_code {
            Some(code) => groups.entry(code).or_default().push((row, unit)),
            None => {
                plan.undecided.push(Undecided { line: row.line, unit: unit.clone(), note: row.note.clone() });
            }
        }
    }
    for (code, group) in &groups {
        // The new code may be borne by a unit that stays what it is and is not in the map: then there is no room for it.
        let is_free =
            units.get(*code).is_none_or(|unit| map.rows.iter().any(|row| row.old_code == unit.code));
        if !is_free {
            let line = group.first().map_or(0, |(row, _)| row.line);
            let sentence = Sentence::new("units-merges-code-borne").with("code", *code);
            plan.errors.push(LineError { line, sentence });
        }
        plan.merges.extend(merge(code, group));
    }
    plan.errors.sort_by_key(|error| error.line);
    plan
}

fn merge(code: &str, group: &[(&MapRow, &OldUnit)]) -> Option<PlannedMerge> {
    let keeps_all = |row: &MapRow| row.old_code == code && fold(&row.old_name) == fold(&row.new_name);
    let lives_on = match group {
        [sole] => Some(sole),
        many => many.iter().find(|(row, _)| keeps_all(row)),
    };
    let (row, named_after) =
        lives_on.or_else(|| group.iter().find(|(row, _)| row.old_code == code)).or(group.first())?;
    let new_name = if lives_on.is_some() && fold(&row.old_name) == fold(&row.new_name) {
        named_after.name.clone()
    } else {
        renamed(&named_after.name, &row.old_name, &row.new_name)
    };
    let lives_on = lives_on.map(|(_, unit)| (*unit).clone());
    let merged = group.iter().filter(|(_, unit)| lives_on.as_ref() != Some(unit));
    let merged = merged.map(|(_, unit)| (*unit).clone()).collect();
    Some(PlannedMerge { new_code: code.to_owned(), new_name, lives_on, merged })
}
