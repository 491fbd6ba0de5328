use std::collections::{HashMap, HashSet};

use super::LevelCode;
use crate::base::ids::UnitId;

/// A unit as it was on a date.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitOnDate {
    pub unit_id: UnitId,
    pub parent_id: Option<UnitId>,
    pub level: LevelCode,
    pub code: String,
    pub name: String,
}

/// The whole tree as it was on a date: for statistics, whose units must be those of their time.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    units: HashMap<UnitId, UnitOnDate>,
    children: HashMap<UnitId, Vec<UnitId>>,
}

impl Tree {
    pub fn new(units: impl IntoIterator<Item = UnitOnDate>) -> Self {
        let units: HashMap<UnitId, UnitOnDate> =
            units.into_iter().map(|unit| (unit.unit_id.clone(), unit)).collect();
        let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
        for unit in units.values() {
            if let Some(parent) = &unit.parent_id {
                children.entry(parent.clone()).or_default().push(unit.unit_id.clone());
            }
        }
        Self { units, children }
    }

    pub fn find(&self, unit: &UnitId) -> Option<&UnitOnDate> {
        self.units.get(unit)
    }

    pub fn len(&self) -> usize {
        self.units.len()
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The unit and everything below it.
    pub fn subtree(&self, top: &UnitId) -> Vec<&UnitOnDate> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut waiting = vec![top];
        while let Some(unit) = waiting.pop() {
            if !seen.insert(unit) {
                continue;
            }
            found.extend(self.units.get(unit));
            waiting.extend(self.children.get(unit).into_iter().flatten());
        }
        found
    }

    /// The unit first, then upwards to the top.
    pub fn path(&self, unit: &UnitId) -> Vec<&UnitOnDate> {
        let mut path: Vec<&UnitOnDate> = Vec::new();
        let mut at = self.units.get(unit);
        while let Some(unit) = at.filter(|unit| path.iter().all(|seen| seen.unit_id != unit.unit_id)) {
            path.push(unit);
            at = unit.parent_id.as_ref().and_then(|parent| self.units.get(parent));
        }
        path
    }
}
