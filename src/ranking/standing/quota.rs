//! Who is in when there are quotas: in all, per kind of entry, and per kind of unit. The best are taken first, each only if
//! the minimums can still be filled afterwards. With quotas that form a tree this is the greedy of a laminar matroid and so
//! optimal; with both partitions at once it is the choice that no other one beats at the first place where they differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::choosing::Choosing;
use super::pool::{BadPool, Pool};
use super::seats::Seats;
use super::tie::Evidence;
use super::{BorderPolicy, Rules, Selection, Standing, TieStep};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    #[serde(default)]
    pub min: usize,
    #[serde(default)]
    pub max: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Quota {
    pub total: Limits,
    pub kinds: BTreeMap<String, Limits>,
    pub unit_kinds: BTreeMap<String, Limits>,
}

/// What a quota looks at. Names that the quota does not list are not limited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Candidate {
    pub kind: String,
    pub unit_kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImpossibleQuota {
    #[error("The minimums and maximums of the quota contradict each other.")]
    Contradiction,
    #[error(transparent)]
    Pool(#[from] BadPool),
}

impl ImpossibleQuota {
    pub fn key(&self) -> &'static str {
        match self {
            Self::Contradiction => "ranking-quota-contradiction",
            Self::Pool(refusal) => refusal.key(),
        }
    }
}

/// An entry that `candidates` does not name counts for the total only.
pub fn select(
    standing: &Standing,
    candidates: &BTreeMap<String, Candidate>,
    quota: &Quota,
    policy: &BorderPolicy,
    pool: &Pool,
    rules: &Rules,
) -> Result<Selection, ImpossibleQuota> {
    let counting = pool.counting()?;
    let lot = [TieStep::Lot];
    let choosing = Choosing {
        evidence: Evidence {
            counting: &counting,
            rulings: &rules.rulings,
            lot_seed: rules.lot_seed.as_deref(),
        },
        chain: match policy {
            BorderPolicy::Chain(chain) => chain,
            BorderPolicy::Lot => &lot,
            BorderPolicy::IncludeAll | BorderPolicy::ExcludeAll => &[],
        },
        policy,
        candidates,
        seats: Seats::new(quota, standing.rows.iter().map(|row| cell(candidates, &row.entry))),
        selection: Selection::default(),
        passed_over: false,
    };
    choosing.run(standing)
}

pub(super) fn cell(candidates: &BTreeMap<String, Candidate>, entry: &str) -> Candidate {
    candidates.get(entry).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Criterion, Form, Sheet, TEN_THOUSAND, cut, standing};
    use super::*;

    /// Entries with one judge's mark each. The first letter of a name is its kind, the second its kind of unit.
    fn a_pool(marks: &[(&str, i64)]) -> (Pool, BTreeMap<String, Candidate>) {
        let mark =
            Criterion { name: "mark".into(), min: 0, max: 10 * TEN_THOUSAND, weight: 1, required: true };
        let sheet = |(entry, mark): &(&str, i64)| Sheet {
            entry: (*entry).into(),
            judge: "judge".into(),
            marks: vec![Some(mark * TEN_THOUSAND)],
        };
        let pool = Pool {
            form: Form::new(vec![mark]).unwrap(),
            entries: marks.iter().map(|(entry, _)| (*entry).into()).collect(),
            sheets: marks.iter().map(sheet).collect(),
            judge_weights: BTreeMap::new(),
        };
        let candidate = |(entry, _): &(&str, i64)| {
            (entry.to_string(), Candidate { kind: entry[..1].into(), unit_kind: entry[1..2].into() })
        };
        (pool, marks.iter().map(candidate).collect())
    }

    fn chosen(
        marks: &[(&str, i64)],
        quota: &Quota,
        policy: &BorderPolicy,
    ) -> Result<String, ImpossibleQuota> {
        let (pool, candidates) = a_pool(marks);
        let rules = Rules { lot_seed: Some("seed".into()), ..Rules::default() };
        let standing = standing(&pool, &rules).unwrap();
        let selection = select(&standing, &candidates, quota, policy, &pool, &rules)?;
        let mut words: Vec<String> = selection
            .chosen
            .iter()
            .map(|choice| format!("{}{}", choice.entry, if choice.by_quota { "*" } else { "" }))
            .collect();
        words.extend(
            selection.undecided.iter().map(|border| format!("{}?{}", border.seats, border.entries.join("/"))),
        );
        words.extend(selection.shortfalls.iter().map(|(name, min, taken)| format!("{name}:{taken}<{min}")));
        Ok(words.join(" "))
    }

    fn limits(min: usize, max: usize) -> Limits {
        Limits { min, max: Some(max) }
    }

    fn a_quota(total: usize, kinds: &[(&str, Limits)], unit_kinds: &[(&str, Limits)]) -> Quota {
        let named = |limits: &[(&str, Limits)]| {
            limits.iter().map(|(name, limits)| ((*name).into(), *limits)).collect()
        };
        Quota { total: limits(0, total), kinds: named(kinds), unit_kinds: named(unit_kinds) }
    }

    const SIX: [(&str, i64); 6] = [("ix1", 9), ("ix2", 8), ("ix3", 7), ("cx4", 6), ("cy5", 5), ("iy6", 4)];

    #[test]
    fn the_best_are_in_and_quotas_are_kept() {
        for (quota, expected) in [
            (a_quota(3, &[], &[]), "ix1 ix2 ix3"),
            (a_quota(0, &[], &[]), ""),
            (a_quota(9, &[], &[]), "ix1 ix2 ix3 cx4 cy5 iy6"),
            (a_quota(3, &[("c", limits(1, 9))], &[]), "ix1 ix2 cx4*"),
            (a_quota(3, &[("i", limits(0, 1))], &[]), "ix1 cx4* cy5*"),
            (a_quota(3, &[], &[("y", limits(2, 2))]), "ix1 cy5* iy6*"),
            // The collective that fills both minimums at once leaves room for the second best.
            (a_quota(2, &[("c", limits(1, 1))], &[("y", limits(1, 1))]), "ix1 cy5*"),
            (a_quota(3, &[("z", limits(1, 1))], &[]), "ix1 ix2 ix3 z:0<1"),
            (a_quota(9, &[("c", limits(3, 9))], &[]), "ix1 ix2 ix3 cx4 cy5 iy6 c:2<3"),
        ] {
            assert_eq!(chosen(&SIX, &quota, &BorderPolicy::ExcludeAll).unwrap(), expected, "{quota:?}");
        }
    }

    #[test]
    fn a_quota_that_contradicts_itself_is_refused() {
        let quota = a_quota(2, &[("i", limits(2, 2)), ("c", limits(1, 1))], &[]);
        let refusal = chosen(&SIX, &quota, &BorderPolicy::ExcludeAll);
        assert_eq!(refusal, Err(ImpossibleQuota::Contradiction));
    }

    #[test]
    fn a_tie_across_the_border_is_handled_as_declared() {
        let marks = [("ix1", 9), ("ix2", 8), ("cx3", 8), ("iy4", 8), ("cy5", 7)];
        let two = a_quota(2, &[], &[]);
        let one_collective = a_quota(2, &[("c", limits(1, 1))], &[]);
        for (quota, policy, expected) in [
            (&two, BorderPolicy::IncludeAll, "ix1 cx3 ix2 iy4"),
            (&two, BorderPolicy::ExcludeAll, "ix1"),
            (&two, BorderPolicy::Chain(vec![]), "ix1 1?cx3/ix2/iy4"),
            (&two, BorderPolicy::Chain(vec![TieStep::HeadToHead, TieStep::Median]), "ix1 1?cx3/ix2/iy4"),
            (&one_collective, BorderPolicy::ExcludeAll, "ix1 cx3*"),
            (&a_quota(4, &[], &[]), BorderPolicy::ExcludeAll, "ix1 cx3 ix2 iy4"),
        ] {
            assert_eq!(chosen(&marks, quota, &policy).unwrap(), expected, "{policy:?}");
        }
        let by_lot = chosen(&marks, &two, &BorderPolicy::Lot).unwrap();
        let first =
            ["cx3", "ix2", "iy4"].into_iter().min_by_key(|entry| super::super::lot("seed", entry)).unwrap();
        assert_eq!(by_lot, format!("ix1 {first}"));
    }

    proptest::proptest! {
        #[test]
        fn a_cut_without_ties_is_the_head_of_the_standing(seats in 0_usize..8) {
            let (pool, _) = a_pool(&SIX);
            let standing = standing(&pool, &Rules::default()).unwrap();
            let selection = cut(&standing, seats, &BorderPolicy::ExcludeAll, &pool, &Rules::default()).unwrap();
            let names: Vec<&str> = selection.chosen.iter().map(|choice| choice.entry.as_str()).collect();
            let expected: Vec<&str> = SIX.iter().take(seats).map(|(entry, _)| *entry).collect();
            proptest::prop_assert_eq!(names, expected);
        }

        /// Against trying every subset: the choice is the first in the order of places that satisfies the quota.
        #[test]
        fn no_allowed_choice_is_better_at_the_first_difference(
            kinds in proptest::collection::vec(("[ic]", "[xy]"), 1..8),
            total in 0_usize..6, min_i in 0_usize..3, max_i in 2_usize..5, min_y in 0_usize..3, max_x in 1_usize..5,
        ) {
            let names: Vec<String> = kinds.iter().enumerate().map(|(n, (kind, unit))| format!("{kind}{unit}{n}")).collect();
            let marks: Vec<(&str, i64)> = names.iter().zip((1..10).rev()).map(|(name, mark)| (name.as_str(), mark)).collect();
            let quota = a_quota(total, &[("i", limits(min_i, max_i))], &[("y", limits(min_y, 9)), ("x", limits(0, max_x))]);
            let allowed = |subset: u32| {
                let count = |here: &dyn Fn(&str) -> bool| {
                    names.iter().enumerate().filter(|(n, name)| subset >> n & 1 == 1 && here(name)).count()
                };
                let there = |here: &dyn Fn(&str) -> bool| names.iter().filter(|name| here(name)).count();
                let (i, y, x) = (|n: &str| n.starts_with('i'), |n: &str| &n[1..2] == "y", |n: &str| &n[1..2] == "x");
                count(&|_| true) <= total && (min_i.min(there(&i))..=max_i).contains(&count(&i))
                    && count(&y) >= min_y.min(there(&y)) && count(&x) <= max_x
            };
            let best = (0..1_u32 << names.len()).filter(|subset| allowed(*subset)).max_by_key(|subset| {
                (0..names.len()).map(|n| subset >> n & 1).collect::<Vec<_>>()
            });
            let expected = best.map(|subset| {
                names.iter().enumerate().filter(|(n, _)| subset >> n & 1 == 1).map(|(_, name)| name.as_str()).collect::<Vec<_>>()
            });
            let found = chosen(&marks, &quota, &BorderPolicy::ExcludeAll).ok();
            let found = found.as_ref().map(|words| {
                words.split(' ').filter(|word| !word.is_empty() && !word.contains(':')).map(|word| word.trim_end_matches('*')).collect::<Vec<_>>()
            });
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
