//! The chain of steps that may split a tie, declared before the round.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::pool::{Counted, Counting};
use super::score::median;
use super::{Ratio, lot};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieStep {
    /// The higher weighted mean mark for this criterion.
    Criterion(String),
    /// More of the judges who scored both prefer it. Among more than two: one point for every rival beaten, half a point
    /// for every draw; those still level are compared once more among themselves alone.
    HeadToHead,
    /// The higher median of the judges' rubric scores.
    Median,
    /// What the chair ruled, with a written reason: the first [`Ruling`] that names all who are tied.
    Chair,
    /// The lot by the committed seed. While the seed is not revealed this step splits nothing.
    Lot,
}

/// The chair's order for tied entries, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub order: Vec<String>,
    pub reason: String,
}

/// One use of a step that split a tie: into which groups, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TieRecord {
    pub step: TieStep,
    pub groups: Vec<Vec<String>>,
}

/// What the steps look at.
pub(super) struct Evidence<'a> {
    pub counting: &'a Counting<'a>,
    pub rulings: &'a [Ruling],
    pub lot_seed: Option<&'a str>,
}

/// Entries that are still tied after the chain, and the step that parted them from the rest of their score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parted {
    pub entries: Vec<String>,
    pub split_by: Option<TieStep>,
}

impl Evidence<'_> {
    pub fn split(&self, tied: Vec<String>, chain: &[TieStep], records: &mut Vec<TieRecord>) -> Vec<Parted> {
        self.split_further(Parted { entries: tied, split_by: None }, chain, records)
    }

    fn split_further(&self, tied: Parted, chain: &[TieStep], records: &mut Vec<TieRecord>) -> Vec<Parted> {
        let (Some((step, rest)), true) = (chain.split_first(), tied.entries.len() > 1) else {
            return vec![tied];
        };
        let groups = self.apply(step, &tied.entries);
        if groups.len() < 2 {
            return self.split_further(tied, rest, records);
        }
        records.push(TieRecord { step: step.clone(), groups: groups.clone() });
        // Among fewer rivals the head-to-head can say more than it did before; the other steps cannot.
        let next = if *step == TieStep::HeadToHead { chain } else { rest };
        let parted = groups.into_iter().map(|entries| Parted { entries, split_by: Some(step.clone()) });
        parted.flat_map(|group| self.split_further(group, next, records)).collect()
    }

    fn apply(&self, step: &TieStep, tied: &[String]) -> Vec<Vec<String>> {
        match step {
            TieStep::Criterion(name) => grouped(tied, |entry| Reverse(self.criterion_mean(entry, name))),
            TieStep::Median => grouped(tied, |entry| {
                Reverse(median(self.sheets(entry).iter().map(|sheet| sheet.score).collect()))
            }),
            TieStep::HeadToHead => grouped(tied, |entry| {
                Reverse(tied.iter().map(|rival| self.half_points(entry, rival)).sum::<u32>())
            }),
            TieStep::Chair => {
                match self.rulings.iter().find(|ruling| tied.iter().all(|id| ruling.order.contains(id))) {
                    Some(ruling) => {
                        grouped(tied, |entry| ruling.order.iter().position(|named| named == entry))
                    }
                    None => vec![tied.to_vec()],
                }
            }
            TieStep::Lot => match self.lot_seed {
                Some(seed) => grouped(tied, |entry| lot(seed, entry)),
                None => vec![tied.to_vec()],
            },
        }
    }

    fn sheets(&self, entry: &str) -> &[Counted<'_>] {
        self.counting.by_entry.get(entry).map_or(&[], Vec::as_slice)
    }

    fn criterion_mean(&self, entry: &str, criterion: &str) -> Option<Ratio> {
        let position = self.counting.form.position(criterion)?;
        let mut sum = 0_i128;
        let mut weights = 0_i128;
        for sheet in self.sheets(entry) {
            sum = sum.checked_add(i128::from(*sheet.marks.get(position)?) * i128::from(sheet.weight))?;
            weights += i128::from(sheet.weight);
        }
        Ratio::new(sum, weights)
    }

    /// Two for a rival beaten, one for a draw.
    fn half_points(&self, entry: &str, rival: &str) -> u32 {
        let theirs: BTreeMap<&str, Ratio> =
            self.sheets(rival).iter().map(|sheet| (sheet.judge, sheet.score)).collect();
        let preferences =
            self.sheets(entry).iter().filter_map(|sheet| Some(sheet.score.cmp(theirs.get(sheet.judge)?)));
        let balance = preferences.fold(0_i64, |balance, preference| match preference {
            Ordering::Greater => balance + 1,
            Ordering::Equal => balance,
            Ordering::Less => balance - 1,
        });
        match balance.cmp(&0) {
            Ordering::Greater => 2,
            Ordering::Equal => 1,
            Ordering::Less => 0,
        }
    }
}

/// Groups of equal keys, smallest key first. Within a group the names are sorted, which is an order for reading only.
fn grouped<K: Ord>(tied: &[String], key: impl Fn(&String) -> K) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<K, Vec<String>> = BTreeMap::new();
    for entry in tied {
        groups.entry(key(entry)).or_default().push(entry.clone());
    }
    groups
        .into_values()
        .map(|mut entries| {
            entries.sort();
            entries
        })
        .collect()
}
