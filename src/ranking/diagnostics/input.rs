//! What is known of the sheets beside their scores; all of it may be missing.

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetDetail {
    /// The place in the judge's own list, counted from 1.
    pub position: Option<usize>,
    /// Any number that grows with the time of submission.
    pub submitted: Option<i64>,
    /// The entry comes from the judge's own unit.
    pub own_unit: bool,
    /// Marks per criterion in the form's order, on one common scale; empty where there is only one.
    pub criteria: Vec<f64>,
}

/// By entry and judge.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    pub sheets: BTreeMap<(String, String), SheetDetail>,
}

impl Details {
    pub(super) fn of(&self, entry: &str, judge: &str) -> Option<&SheetDetail> {
        self.sheets.get(&(entry.to_owned(), judge.to_owned()))
    }
}
