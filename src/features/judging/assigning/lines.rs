//! Conflicts by rule: what a judge's offices and an entry's unit say without anybody declaring anything.

use std::collections::{HashMap, HashSet};

use super::StandingEntry;
use crate::base::ids::{AccountId, UnitId};

crate::text_enum! {
    pub enum RuleConflict {
        OwnEntry = "own_entry",
        OwnUnit = "own_unit",
        UnitAbove = "unit_above",
        UnitBelow = "unit_below",
    }
}

/// Units with everything above them, themselves included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitLines(pub HashMap<UnitId, HashSet<UnitId>>);

impl UnitLines {
    pub fn is_within(&self, unit: &UnitId, above: &UnitId) -> bool {
        unit == above || self.0.get(unit).is_some_and(|line| line.contains(above))
    }
}

/// An entry is not for a judge who sent it in, or holds an office in its unit. Below the pool's unit the whole line counts:
/// a judge from a unit that stands above the entry's unit, or below it, is near to it. The pool's own unit and what is above
/// it have every entry of the pool below them and are near to none, or nobody of a district could judge in the district;
/// for the same reason an entry of the pool's own unit is forbidden to the holders of its own offices alone.
pub fn conflict_by_rule(
    entry: &StandingEntry,
    judge: &AccountId,
    judge_units: &[UnitId],
    pool_unit: &UnitId,
    lines: &UnitLines,
) -> Option<RuleConflict> {
    if entry.owner_id == *judge || entry.entered_by == *judge {
        return Some(RuleConflict::OwnEntry);
    }
    if judge_units.contains(&entry.unit_id) {
        return Some(RuleConflict::OwnUnit);
    }
    let mut below_pool =
        judge_units.iter().filter(|unit| *unit != pool_unit && lines.is_within(unit, pool_unit));
    below_pool.find_map(|unit| {
        if lines.is_within(&entry.unit_id, unit) {
            Some(RuleConflict::UnitAbove)
        } else if entry.unit_id != *pool_unit && lines.is_within(unit, &entry.unit_id) {
            Some(RuleConflict::UnitBelow)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::EntryId;
    use crate::features::contests::EntryKind;

    #[test]
    fn the_line_below_the_pool_counts_and_the_pool_itself_does_not() {
        use RuleConflict::{OwnUnit, UnitAbove, UnitBelow};
        let names = ["province", "district", "commune", "branch", "other commune", "other district"];
        let units: Vec<UnitId> = names.iter().map(|_| UnitId::generate()).collect();
        let parents = [None, Some(0), Some(1), Some(2), Some(1), Some(0)];
        let mut lines = UnitLines::default();
        for (at, unit) in units.iter().enumerate() {
            let mut line = HashSet::new();
            let mut next = Some(at);
            while let Some(here) = next {
                line.insert(units[here].clone());
                next = parents[here];
            }
            lines.0.insert(unit.clone(), line);
        }
        let unit = |name: &str| &units[names.iter().position(|known| *known == name).unwrap()];
        let judge = AccountId::generate();
        for (pool, entry, office, expected) in [
            ("district", "commune", "commune", Some(OwnUnit)),
            ("district", "commune", "branch", Some(UnitBelow)),
            ("district", "branch", "commune", Some(UnitAbove)),
            ("district", "commune", "other commune", None),
            ("district", "commune", "district", None),
            ("district", "commune", "province", None),
            ("district", "commune", "other district", None),
            ("province", "commune", "district", Some(UnitAbove)),
            ("province", "commune", "other district", None),
            ("province", "commune", "province", None),
            ("district", "district", "district", Some(OwnUnit)),
            ("district", "district", "commune", None),
            ("commune", "branch", "district", None),
        ] {
            let entry = StandingEntry {
                is_sample: false,
                id: EntryId::generate(),
                code: "BT-0001".into(),
                title: "Bài".into(),
                kind: EntryKind::Individual,
                category_id: None,
                unit_id: unit(entry).clone(),
                unit_name: entry.into(),
                authors: String::new(),
                owner_id: AccountId::generate(),
                entered_by: AccountId::generate(),
            };
            let found = conflict_by_rule(&entry, &judge, &[unit(office).clone()], unit(pool), &lines);
            assert_eq!(found, expected, "{office} judges {} in {pool}", entry.unit_name);
        }
    }
}
