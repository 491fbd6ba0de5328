//! The seats of a quota: how many are taken, and whether every minimum can still be filled.

use std::collections::{BTreeMap, BTreeSet};

use super::circulation::{Edge, is_feasible};
use super::{Candidate, Limits, Quota};

/// How many are in and how many may still come, per kind and kind of unit.
pub(super) struct Seats<'a> {
    quota: &'a Quota,
    taken: BTreeMap<Candidate, i64>,
    pub to_come: BTreeMap<Candidate, i64>,
    /// Of those taken: kept empty.
    left_empty: BTreeMap<Candidate, i64>,
    /// Minimums that can be filled no more, so that they no longer keep others out.
    lost_minimums: bool,
}

impl<'a> Seats<'a> {
    pub fn new(quota: &'a Quota, cells: impl Iterator<Item = Candidate>) -> Self {
        let mut to_come = BTreeMap::new();
        for cell in cells {
            *to_come.entry(cell).or_default() += 1;
        }
        Self { quota, taken: BTreeMap::new(), to_come, left_empty: BTreeMap::new(), lost_minimums: false }
    }

    pub fn to_come_after(&self, cells: impl Iterator<Item = Candidate>) -> BTreeMap<Candidate, i64> {
        let mut to_come = self.to_come.clone();
        for cell in cells {
            *to_come.entry(cell).or_default() -= 1;
        }
        to_come
    }

    pub fn take(&mut self, cell: &Candidate) {
        *self.to_come.entry(cell.clone()).or_default() -= 1;
        *self.taken.entry(cell.clone()).or_default() += 1;
    }

    pub fn leave_empty(&mut self, cell: &Candidate) {
        *self.left_empty.entry(cell.clone()).or_default() += 1;
    }

    pub fn give_up_what_is_lost(&mut self) {
        self.lost_minimums |= !self.can_still_be_filled(&[]);
    }

    /// Start -> kind -> kind of unit -> end, every limit an edge. Minimums are lowered to what there is, and maximums raised
    /// to what is in already (a tie may have gone beyond the number).
    pub fn can_still_be_filled(&self, more: &[Candidate]) -> bool {
        let mut taken = self.taken.clone();
        for cell in more {
            *taken.entry(cell.clone()).or_default() += 1;
        }
        let to_come = self.to_come_after(more.iter().cloned());
        let mut nodes: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        let mut edges = Vec::new();
        let cells: BTreeSet<&Candidate> = taken.keys().chain(to_come.keys()).collect();
        for cell in cells {
            let next = nodes.len() + 2;
            let kind = *nodes.entry((true, &cell.kind)).or_insert(next);
            let next = nodes.len() + 2;
            let unit_kind = *nodes.entry((false, &cell.unit_kind)).or_insert(next);
            let lower = taken.get(cell).copied().unwrap_or(0);
            let upper = lower + to_come.get(cell).copied().unwrap_or(0);
            edges.push(Edge { from: kind, to: unit_kind, lower, upper });
        }
        for ((is_kind, name), node) in nodes {
            let limits = if is_kind { self.quota.kinds.get(name) } else { self.quota.unit_kinds.get(name) };
            let here = |cell: &Candidate| if is_kind { cell.kind == name } else { cell.unit_kind == name };
            let (lower, upper) = self.bounds(limits.copied().unwrap_or_default(), here);
            let (from, to) = if is_kind { (0, node) } else { (node, 1) };
            edges.push(Edge { from, to, lower, upper });
        }
        let (lower, upper) = self.bounds(self.quota.total, |_| true);
        edges.push(Edge { from: 1, to: 0, lower, upper });
        is_feasible(&edges)
    }

    fn bounds(&self, limits: Limits, here: impl Fn(&Candidate) -> bool) -> (i64, i64) {
        let count = |cells: &BTreeMap<Candidate, i64>| -> i64 {
            cells.iter().filter(|(cell, _)| here(cell)).map(|(_, count)| *count).sum()
        };
        let (taken, to_come) = (count(&self.taken), count(&self.to_come));
        let min = if self.lost_minimums { 0 } else { i64::try_from(limits.min).unwrap_or(i64::MAX) };
        let max = limits.max.map_or(i64::MAX, |max| i64::try_from(max).unwrap_or(i64::MAX));
        (min.min(taken + to_come), max.min(taken + to_come).max(taken))
    }

    pub fn shortfalls(&self) -> Vec<(String, usize, usize)> {
        let count = |here: &dyn Fn(&Candidate) -> bool| -> usize {
            let sum = |cells: &BTreeMap<Candidate, i64>| -> i64 {
                cells.iter().filter(|(cell, _)| here(cell)).map(|(_, count)| *count).sum()
            };
            usize::try_from(sum(&self.taken) - sum(&self.left_empty)).unwrap_or(0)
        };
        let kinds =
            self.quota.kinds.iter().map(|(name, limits)| (name, limits, count(&|cell| cell.kind == *name)));
        let unit_kinds = self
            .quota
            .unit_kinds
            .iter()
            .map(|(name, limits)| (name, limits, count(&|cell| cell.unit_kind == *name)));
        let short = kinds.chain(unit_kinds).filter(|(_, limits, taken)| *taken < limits.min);
        let mut short: Vec<_> =
            short.map(|(name, limits, taken)| (name.clone(), limits.min, taken)).collect();
        let total = count(&|_| true);
        if total < self.quota.total.min {
            short.push((String::new(), self.quota.total.min, total));
        }
        short
    }
}
