//! What is asked for, and why it may be impossible.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

/// Pairs are (entry, judge). Pairs that name somebody unknown are of no effect, except in `given`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// How many judges each entry shall have, those given included.
    pub entries: BTreeMap<String, usize>,
    pub judges: BTreeMap<String, JudgeOffer>,
    pub forbidden: BTreeSet<(String, String)>,
    /// What stays as it is, even if it is forbidden or its judge is no longer among the judges.
    pub given: BTreeSet<(String, String)>,
    /// How well a judge fits an entry, 0 to 100; 0 where nothing is said. Weighs less than equal loads.
    pub expertise: BTreeMap<(String, String), u32>,
    pub seed: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgeOffer {
    /// The most entries the judge takes, those given included.
    pub capacity: usize,
}

impl Default for JudgeOffer {
    fn default() -> Self {
        Self { capacity: usize::MAX }
    }
}

/// The reason, after Hall: these entries need more sheets than all who may judge them can give.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{} entries need {wanted} more sheets, but the judges who may score them can give only {possible}: {}",
    entries.len(), entries.join(", ")
)]
pub struct Impossible {
    pub entries: Vec<String>,
    /// Judges of these entries who have no room left.
    pub full_judges: Vec<String>,
    pub wanted: usize,
    pub possible: usize,
}

impl Impossible {
    pub fn key(&self) -> &'static str {
        "ranking-assignment-impossible"
    }
}
