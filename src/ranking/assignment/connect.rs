//! Joins what is apart, by swapping the judges of two entries: loads stay as they are.

use std::collections::BTreeSet;

use rand::RngExt;
use rand_chacha::ChaCha20Rng;

use super::super::design::{Components, Incidence, weak_points};
use super::costs::Problem;

/// Two entries exchange one judge each.
#[derive(Debug, Clone, Copy)]
pub struct Swap {
    pub left: (usize, usize),
    pub right: (usize, usize),
}

impl Swap {
    /// Neither pair is given, neither new pair is forbidden or there already.
    pub fn is_allowed(self, problem: &Problem<'_>, judges_of: &[BTreeSet<usize>]) -> bool {
        let Self { left: (left, left_judge), right: (right, right_judge) } = self;
        left != right
            && left_judge != right_judge
            && !problem.given[left].contains(&left_judge)
            && !problem.given[right].contains(&right_judge)
            && !judges_of[left].contains(&right_judge)
            && !judges_of[right].contains(&left_judge)
            && problem.may(left, right_judge)
            && problem.may(right, left_judge)
    }

    pub fn make(self, judges_of: &mut [BTreeSet<usize>]) {
        let Self { left: (left, left_judge), right: (right, right_judge) } = self;
        judges_of[left].remove(&left_judge);
        judges_of[left].insert(right_judge);
        judges_of[right].remove(&right_judge);
        judges_of[right].insert(left_judge);
    }

    pub fn reversed(self) -> Self {
        Self { left: (self.left.0, self.right.1), right: (self.right.0, self.left.1) }
    }
}

/// Entries without a judge are left out; the numbers of those that are in.
pub fn incidence(judges_of: &[BTreeSet<usize>], n_judges: usize) -> (Incidence, Vec<usize>) {
    let (mut lists, mut numbers) = (Vec::new(), Vec::new());
    for (entry, judges) in judges_of.iter().enumerate().filter(|(_, judges)| !judges.is_empty()) {
        lists.push(judges.iter().map(|judge| u32::try_from(*judge).unwrap_or(u32::MAX)).collect());
        numbers.push(entry);
    }
    (Incidence::from_lists(&lists, n_judges), numbers)
}

/// A sheet that is no bridge leaves its part whole when it is swapped with any sheet of another part, so the two become
/// one. Where no such swap is allowed the parts stay apart, and the report says so.
pub fn connect(problem: &Problem<'_>, judges_of: &mut [BTreeSet<usize>], random: &mut ChaCha20Rng) {
    while let Some(swap) = joining_swap(problem, judges_of, random) {
        swap.make(judges_of);
    }
}

fn joining_swap(
    problem: &Problem<'_>,
    judges_of: &[BTreeSet<usize>],
    random: &mut ChaCha20Rng,
) -> Option<Swap> {
    let (incidence, numbers) = incidence(judges_of, problem.judges.len());
    let components = Components::of(&incidence);
    if components.of_entry.iter().all(|component| *component == 0) {
        return None;
    }
    let weak = weak_points(&incidence);
    let sheets: Vec<(u32, bool, (usize, usize))> = (0..incidence.n_entries())
        .flat_map(|row| {
            incidence.range(row).zip(incidence.of(row)).map(move |(place, judge)| (row, place, *judge))
        })
        .map(|(row, place, judge)| {
            (components.of_entry[row], weak.is_bridge[place], (numbers[row], judge as usize))
        })
        .collect();
    let turn = random.random_range(0..sheets.len());
    let turned = || sheets[turn..].iter().chain(&sheets[..turn]);
    for (component, _, left) in turned().filter(|(_, is_bridge, _)| !is_bridge) {
        for (_, _, right) in turned().filter(|(other, _, _)| other != component) {
            let swap = Swap { left: *left, right: *right };
            if swap.is_allowed(problem, judges_of) {
                return Some(swap);
            }
        }
    }
    None
}
