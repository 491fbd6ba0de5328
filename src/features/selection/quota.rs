//! How many entries a pool may forward, in all and of each kind; pure.

use crate::features::{
    contests::{EntryKind, QuotaRules},
    units::UnitKind,
};

/// The quota of one pool: the rules of its round, seen from the kind of its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    pub total: Option<i32>,
    /// The total is the one for units of this kind.
    pub total_for: Option<UnitKind>,
    pub by_kind: Vec<(EntryKind, i32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    Total { max: i32, count: i32 },
    UnitKind { unit_kind: UnitKind, max: i32, count: i32 },
    Kind { kind: EntryKind, max: i32, count: i32 },
}

impl Quota {
    pub fn of(rules: &QuotaRules, unit: UnitKind) -> Self {
        let own = rules.by_unit_kind.get(&unit).copied();
        Self {
            total: own.or(rules.total),
            total_for: own.map(|_| unit),
            by_kind: rules.by_kind.iter().map(|(kind, max)| (*kind, *max)).collect(),
        }
    }

    pub fn is_unlimited(&self) -> bool {
        self.total.is_none() && self.by_kind.is_empty()
    }

    /// Everything that is passed, the total first.
    pub fn exceeded(&self, nominated: &[EntryKind]) -> Vec<Exceeded> {
        let count = count_of(nominated.len());
        let total = self.total.filter(|max| count > *max).map(|max| match self.total_for {
            Some(unit_kind) => Exceeded::UnitKind { unit_kind, max, count },
            None => Exceeded::Total { max, count },
        });
        let kinds = self.by_kind.iter().filter_map(|(kind, max)| {
            let count = count_of(nominated.iter().filter(|other| *other == kind).count());
            (count > *max).then_some(Exceeded::Kind { kind: *kind, max: *max, count })
        });
        total.into_iter().chain(kinds).collect()
    }

    /// The kinds of which no more may be nominated.
    pub fn full_kinds(&self, nominated: &[EntryKind]) -> Vec<EntryKind> {
        let taken = |kind: &EntryKind| count_of(nominated.iter().filter(|other| *other == kind).count());
        self.by_kind.iter().filter(|(kind, max)| taken(kind) >= *max).map(|(kind, _)| *kind).collect()
    }
}

fn count_of(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const I: EntryKind = EntryKind::Individual;
    const C: EntryKind = EntryKind::Collective;

    #[test]
    fn a_quota_counts_in_all_and_by_kind() {
        let rules = QuotaRules {
            total: Some(3),
            by_kind: BTreeMap::from([(I, 1), (C, 2)]),
            by_unit_kind: BTreeMap::from([(UnitKind::Police, 1)]),
        };
        let territorial = Quota::of(&rules, UnitKind::Territorial);
        let police = Quota::of(&rules, UnitKind::Police);
        for (quota, nominated, expected) in [
            (&territorial, vec![], vec![]),
            (&territorial, vec![I, C, C], vec![]),
            (&territorial, vec![I, I], vec![Exceeded::Kind { kind: I, max: 1, count: 2 }]),
            (
                &territorial,
                vec![I, I, C, C],
                vec![Exceeded::Total { max: 3, count: 4 }, Exceeded::Kind { kind: I, max: 1, count: 2 }],
            ),
            (&police, vec![C], vec![]),
            (&police, vec![I, C], vec![Exceeded::UnitKind { unit_kind: UnitKind::Police, max: 1, count: 2 }]),
        ] {
            assert_eq!(quota.exceeded(&nominated), expected, "{nominated:?}");
        }
        assert_eq!(territorial.full_kinds(&[I, C]), [I]);
        assert!(Quota::of(&QuotaRules::default(), UnitKind::Army).exceeded(&[I; 100]).is_empty());
    }

    #[test]
    fn a_quota_of_nothing_lets_nobody_up() {
        let quota = Quota::of(&QuotaRules { total: Some(0), ..QuotaRules::default() }, UnitKind::Territorial);
        assert_eq!(quota.exceeded(&[I]), [Exceeded::Total { max: 0, count: 1 }]);
    }
}
