crate::text_enum! {
    pub enum EntryStatus {
        Draft = "draft",
        Submitted = "submitted",
        Accepted = "accepted",
        Returned = "returned",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
        Disqualified = "disqualified",
        /// Made by a panel to practise on: it stands in its pool to be scored, and in nothing else.
        Sample = "sample",
    }
}

use EntryStatus::{Accepted, Disqualified, Draft, Rejected, Returned, Sample, Submitted, Withdrawn};

impl EntryStatus {
    /// Whether judges score it where it stands. Each of its places in a pool says so too (`PoolEntry::is_judged`).
    pub fn is_judged(self) -> bool {
        matches!(self, Accepted | Sample)
    }

    /// The only ways from one state to another. A rejection can be taken back by whoever may reject; a withdrawal and
    /// a disqualification are final.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Draft => matches!(next, Submitted | Withdrawn),
            Submitted => matches!(next, Accepted | Returned | Rejected | Withdrawn | Disqualified),
            Accepted => matches!(next, Returned | Withdrawn | Disqualified),
            Returned => matches!(next, Submitted | Rejected | Withdrawn | Disqualified),
            Rejected => matches!(next, Accepted | Returned),
            Withdrawn | Disqualified | Sample => false,
        }
    }

    /// Whether whoever made it may still change it.
    pub fn is_open_to_changes(self) -> bool {
        matches!(self, Draft | Returned)
    }

    /// Whether it takes up a place in the limits per person and per unit.
    pub fn counts_against_limits(self) -> bool {
        matches!(self, Submitted | Accepted | Returned | Disqualified)
    }

    /// Whether it stands in the pools it was received in.
    pub fn stands_in_pools(self) -> bool {
        matches!(self, Submitted | Accepted | Returned | Sample)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_goes_only_the_ways_that_the_rules_name() {
        let ways = [
            (Draft, vec![Submitted, Withdrawn]),
            (Submitted, vec![Accepted, Returned, Rejected, Withdrawn, Disqualified]),
            (Accepted, vec![Returned, Withdrawn, Disqualified]),
            (Returned, vec![Submitted, Rejected, Withdrawn, Disqualified]),
            (Rejected, vec![Accepted, Returned]),
            (Withdrawn, vec![]),
            (Disqualified, vec![]),
            (Sample, vec![]),
        ];
        assert_eq!(ways.len(), EntryStatus::ALL.len());
        for (from, allowed) in ways {
            for to in EntryStatus::ALL {
                assert_eq!(from.may_become(*to), allowed.contains(to), "{from} to {to}");
            }
        }
    }

    #[test]
    fn only_what_its_author_holds_can_be_changed() {
        for status in EntryStatus::ALL {
            assert_eq!(status.is_open_to_changes(), matches!(status, Draft | Returned), "{status}");
        }
    }
}
