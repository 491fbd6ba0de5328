//! Whether one judge alone decides who is above the line: the calibrated scores once more without each of them.

use std::collections::BTreeSet;

use super::{Standing, ratings_of};
use crate::{
    base::ids::{AccountId, EntryId},
    ranking::model::{mixed, without_each_judge},
};

/// What would be above the line without this judge, and is not; and what is, and would not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutOne {
    pub judge_id: AccountId,
    pub up: Vec<EntryId>,
    pub down: Vec<EntryId>,
}

/// A fit for each judge: with more of them one person decides nothing.
const MOST_JUDGES: usize = 60;

/// Empty for a panel of one, whose marks are all there is, and for very large ones.
pub fn without_each(standing: &Standing, seats: usize) -> Vec<WithoutOne> {
    let ratings = ratings_of(standing, None);
    if !(2..=MOST_JUDGES).contains(&ratings.judges().len()) {
        return Vec::new();
    }
    let mut all: Vec<(&str, f64)> =
        ratings.entries().iter().map(String::as_str).zip(mixed(&ratings).scores).collect();
    all.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(right.0)));
    let now: BTreeSet<&str> = all.iter().take(seats).map(|(entry, _)| *entry).collect();
    let named = |entries: Vec<&&str>| entries.iter().filter_map(|entry| entry.parse().ok()).collect();
    let left_out = without_each_judge(&ratings, mixed);
    let found = left_out.iter().filter_map(|without| {
        let then: BTreeSet<&str> = without.leaders(seats).into_iter().collect();
        Some(WithoutOne {
            judge_id: without.judge.parse().ok()?,
            up: named(then.difference(&now).collect()),
            down: named(now.difference(&then).collect()),
        })
    });
    found.collect()
}
