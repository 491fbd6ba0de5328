//! What comes in: the entries and sheets of one pool, checked.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use thiserror::Error;

use super::{Form, InvalidForm, Ratio};

/// One judge's submitted marks for one entry, in the form's order, in ten-thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub entry: String,
    pub judge: String,
    pub marks: Vec<Option<i64>>,
}

/// Only sheets that count belong in here: submitted, not voided, the last of each judge and entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    pub form: Form,
    pub entries: Vec<String>,
    pub sheets: Vec<Sheet>,
    /// Ten-thousandths above zero; a judge who is not named weighs 1.
    pub judge_weights: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadPool {
    #[error("The entry {0} is listed twice.")]
    EntryTwice(String),
    #[error("A sheet names the entry {0}, which is not in the pool.")]
    UnknownEntry(String),
    #[error("There are two sheets of judge {judge} for entry {entry}.")]
    SheetTwice { entry: String, judge: String },
    #[error("The weight of judge {0} must be above zero.")]
    NoWeight(String),
    #[error("The tie chain names the criterion \"{0}\", which is not on the form.")]
    UnknownCriterion(String),
    #[error("An optional criterion was left empty on some sheets, and without it nothing is left to score.")]
    NothingLeft(#[from] InvalidForm),
    #[error("The numbers are too large to be computed exactly.")]
    TooLarge,
}

impl BadPool {
    pub fn key(&self) -> &'static str {
        match self {
            Self::EntryTwice(_) => "ranking-pool-entry-twice",
            Self::UnknownEntry(_) => "ranking-pool-unknown-entry",
            Self::SheetTwice { .. } => "ranking-pool-sheet-twice",
            Self::NoWeight(_) => "ranking-pool-no-weight",
            Self::UnknownCriterion(_) => "ranking-pool-unknown-criterion",
            Self::NothingLeft(_) => "ranking-pool-nothing-left",
            Self::TooLarge => "ranking-pool-too-large",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeftOut {
    #[error("the mark for \"{0}\" is missing")]
    Missing(String),
    #[error("the mark for \"{0}\" is outside its range")]
    OutOfRange(String),
    #[error("the sheet does not have the form's number of criteria")]
    WrongLength,
}

impl WhyLeftOut {
    pub fn key(&self) -> &'static str {
        match self {
            Self::Missing(_) => "ranking-sheet-missing",
            Self::OutOfRange(_) => "ranking-sheet-out-of-range",
            Self::WrongLength => "ranking-sheet-wrong-length",
        }
    }
}

/// A sheet that could not be counted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub entry: String,
    pub judge: String,
    pub why: WhyLeftOut,
}

/// One sheet that counts.
#[derive(Debug, Clone)]
pub(in super::super) struct Counted<'pool> {
    pub judge: &'pool str,
    pub weight: i64,
    pub score: Ratio,
    pub marks: Vec<i64>,
}

/// The pool after checking: per entry the sheets that count, sorted by judge.
#[derive(Debug)]
pub(in super::super) struct Counting<'pool> {
    pub form: Form,
    pub by_entry: BTreeMap<&'pool str, Vec<Counted<'pool>>>,
    pub left_out: Vec<LeftOut>,
    pub dropped_criteria: Vec<String>,
}

impl Pool {
    pub(in super::super) fn counting(&self) -> Result<Counting<'_>, BadPool> {
        self.check()?;
        let dropped = self.skipped_optional_criteria();
        let form = self.form.without(&dropped)?;
        let mut by_entry: BTreeMap<&str, Vec<Counted>> =
            self.entries.iter().map(|id| (id.as_str(), vec![])).collect();
        let mut left_out = Vec::new();
        for sheet in &self.sheets {
            let kept: Vec<Option<i64>> = without(&sheet.marks, &dropped);
            match form.score(&kept) {
                Ok(score) => by_entry.entry(&sheet.entry).or_default().push(Counted {
                    judge: &sheet.judge,
                    weight: self.judge_weights.get(&sheet.judge).copied().unwrap_or(super::TEN_THOUSAND),
                    score,
                    marks: kept.into_iter().flatten().collect(),
                }),
                Err(why) => {
                    left_out.push(LeftOut { entry: sheet.entry.clone(), judge: sheet.judge.clone(), why });
                }
            }
        }
        for sheets in by_entry.values_mut() {
            sheets.sort_by_key(|sheet| sheet.judge);
        }
        left_out.sort_by(|left, right| (&left.entry, &left.judge).cmp(&(&right.entry, &right.judge)));
        let names =
            self.form.criteria().iter().enumerate().filter(|(position, _)| dropped.contains(position));
        let dropped_criteria = names.map(|(_, criterion)| criterion.name.clone()).collect();
        Ok(Counting { form, by_entry, left_out, dropped_criteria })
    }

    fn check(&self) -> Result<(), BadPool> {
        let mut entries = BTreeSet::new();
        if let Some(twice) = self.entries.iter().find(|entry| !entries.insert(entry.as_str())) {
            return Err(BadPool::EntryTwice(twice.clone()));
        }
        let mut seen = BTreeSet::new();
        for sheet in &self.sheets {
            if !entries.contains(sheet.entry.as_str()) {
                return Err(BadPool::UnknownEntry(sheet.entry.clone()));
            }
            if !seen.insert((&sheet.entry, &sheet.judge)) {
                return Err(BadPool::SheetTwice { entry: sheet.entry.clone(), judge: sheet.judge.clone() });
            }
        }
        match self.judge_weights.iter().find(|(_, weight)| **weight <= 0) {
            Some((judge, _)) => Err(BadPool::NoWeight(judge.clone())),
            None => Ok(()),
        }
    }

    /// Sheets that lack a required criterion do not count, so they drop nothing for the others.
    fn skipped_optional_criteria(&self) -> Vec<usize> {
        let criteria = self.form.criteria();
        let complete = |sheet: &&Sheet| {
            sheet.marks.len() == criteria.len()
                && sheet
                    .marks
                    .iter()
                    .zip(criteria)
                    .all(|(mark, criterion)| mark.is_some() || !criterion.required)
        };
        let skipped = self.sheets.iter().filter(complete).flat_map(|sheet| {
            sheet.marks.iter().enumerate().filter(|(_, mark)| mark.is_none()).map(|(position, _)| position)
        });
        skipped.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn without(marks: &[Option<i64>], dropped: &[usize]) -> Vec<Option<i64>> {
    marks
        .iter()
        .enumerate()
        .filter(|(position, _)| !dropped.contains(position))
        .map(|(_, mark)| *mark)
        .collect()
}
