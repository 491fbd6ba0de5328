//! Who may win what; pure.

use crate::features::{
    contests::{Award, AwardTarget, EntryKind},
    selection::Outcome,
};

/// What is known of a winner before the grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contender {
    /// With what the decision of the pool says: nothing while there is none.
    Entry {
        kind: EntryKind,
        outcome: Option<Outcome>,
    },
    Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    NotForEntries,
    NotForUnits,
    OtherKind,
    /// The pool has decided nothing yet about the entry.
    NotDecided,
    NotChosen,
    /// As many as there may be.
    NoneLeft {
        max: i32,
    },
}

/// What stands against a grant, where `granted` of this award stand in the pool already. An entry wins only what the
/// decision chose it for; a unit is commended for the whole of its work, so nothing needs to be decided first.
pub fn obstacle(award: &Award, contender: Contender, granted: i64) -> Option<Obstacle> {
    let unfit = match (award.goes_to, contender) {
        (AwardTarget::Unit, Contender::Entry { .. }) => Some(Obstacle::NotForEntries),
        (AwardTarget::Entry, Contender::Unit) => Some(Obstacle::NotForUnits),
        (AwardTarget::Unit, Contender::Unit) => None,
        (AwardTarget::Entry, Contender::Entry { kind, .. })
            if award.kind.is_some_and(|only| only != kind) =>
        {
            Some(Obstacle::OtherKind)
        }
        (AwardTarget::Entry, Contender::Entry { outcome, .. }) => match outcome {
            None => Some(Obstacle::NotDecided),
            Some(Outcome::NotChosen) => Some(Obstacle::NotChosen),
            Some(Outcome::Chosen | Outcome::Nominated) => None,
        },
    };
    let none_left = award.max_grants.filter(|max| granted >= i64::from(*max));
    unfit.or_else(|| none_left.map(|max| Obstacle::NoneLeft { max }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::{AwardId, ContestId, RoundId};

    fn award(goes_to: AwardTarget, kind: Option<EntryKind>, max_grants: Option<i32>) -> Award {
        Award {
            id: AwardId::generate(),
            contest_id: ContestId::generate(),
            round_id: RoundId::generate(),
            position: 1,
            name: "Giải Ba".into(),
            name_en: String::new(),
            goes_to,
            kind,
            max_grants,
        }
    }

    #[test]
    fn who_may_win_what() {
        const I: EntryKind = EntryKind::Individual;
        const C: EntryKind = EntryKind::Collective;
        let entry = |kind, outcome| Contender::Entry { kind, outcome };
        let prize = award(AwardTarget::Entry, None, Some(2));
        let own = award(AwardTarget::Entry, Some(I), None);
        let commendation = award(AwardTarget::Unit, None, Some(1));
        for (award, contender, granted, expected) in [
            (&prize, entry(I, Some(Outcome::Chosen)), 0, None),
            (&prize, entry(C, Some(Outcome::Nominated)), 1, None),
            (&prize, entry(C, Some(Outcome::Nominated)), 2, Some(Obstacle::NoneLeft { max: 2 })),
            (&prize, entry(I, Some(Outcome::NotChosen)), 0, Some(Obstacle::NotChosen)),
            (&prize, entry(I, None), 0, Some(Obstacle::NotDecided)),
            (&prize, Contender::Unit, 0, Some(Obstacle::NotForUnits)),
            (&own, entry(I, Some(Outcome::Chosen)), 99, None),
            (&own, entry(C, Some(Outcome::Chosen)), 0, Some(Obstacle::OtherKind)),
            (&commendation, Contender::Unit, 0, None),
            (&commendation, Contender::Unit, 1, Some(Obstacle::NoneLeft { max: 1 })),
            (&commendation, entry(I, Some(Outcome::Chosen)), 0, Some(Obstacle::NotForEntries)),
        ] {
            assert_eq!(obstacle(award, contender, granted), expected, "{contender:?} {granted}");
        }
    }
}
