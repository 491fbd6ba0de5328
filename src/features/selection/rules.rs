//! Where a decision departs from the standing, and so has to say why; pure.

use std::collections::BTreeMap;

use super::Outcome;
use crate::{
    base::{
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::contests::EntryKind,
};

/// Longer is a letter, not a reason.
const MAX_REASON: usize = 2000;

/// A reason that has to be given.
pub fn clean_reason(reason: &str) -> Result<String, FieldErrors> {
    let reason = clean_text(reason);
    if reason.is_empty() {
        return Err(FieldErrors::one("reason", Sentence::new("selection-invalid-reason")));
    }
    if reason.chars().count() > MAX_REASON {
        let sentence = Sentence::new("selection-invalid-too-long").with("max", MAX_REASON);
        return Err(FieldErrors::one("reason", sentence));
    }
    Ok(reason)
}

/// What the standing and the decision say about one entry. Without a place there is nothing to depart from, unless
/// others have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    pub place: Option<i32>,
    pub kind: EntryKind,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// Came further than an entry that stands higher.
    AboveBetter,
    /// Came less far than an entry that stands lower.
    BelowWorse,
    /// Came less far than an entry with which it shares a place.
    TieBroken,
}

/// For each entry, whether the decision departs from the standing there. `full` names the kinds of which no more may
/// be nominated: an entry that is left out for its kind's sake stands behind nobody of another kind.
pub fn departures(entries: &[Judged], full: &[EntryKind]) -> Vec<Option<Departure>> {
    let groups = groups(entries);
    entries.iter().map(|entry| departure(*entry, &groups, full)).collect()
}

/// Entries that the rule cannot tell apart are looked at once: a pool of thousands has few of these.
fn groups(entries: &[Judged]) -> Vec<Judged> {
    let mut seen = BTreeMap::new();
    for entry in entries {
        seen.entry((entry.place, entry.kind, entry.outcome)).or_insert(*entry);
    }
    // Of each kind and outcome, the best place, the worst place and no place at all decide all but ties.
    seen.into_values().collect()
}

fn departure(entry: Judged, others: &[Judged], full: &[EntryKind]) -> Option<Departure> {
    let excused = |left: &Judged, taken: &Judged| {
        let by_nomination = taken.outcome == Outcome::Nominated && left.outcome == Outcome::Chosen;
        by_nomination && left.kind != taken.kind && full.contains(&left.kind)
    };
    let stands_before = |a: &Judged, b: &Judged| match (a.place, b.place) {
        (Some(a), Some(b)) => a < b,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let passed = |other: &&Judged| {
        other.outcome < entry.outcome && stands_before(other, &entry) && !excused(other, &entry)
    };
    if others.iter().any(|other| passed(&other)) {
        return Some(Departure::AboveBetter);
    }
    let overtaken = |other: &&Judged| {
        other.outcome > entry.outcome && stands_before(&entry, other) && !excused(&entry, other)
    };
    if others.iter().any(|other| overtaken(&other)) {
        return Some(Departure::BelowWorse);
    }
    let parted = |other: &&Judged| {
        other.outcome > entry.outcome
            && entry.place.is_some()
            && other.place == entry.place
            && !excused(&entry, other)
    };
    others.iter().any(|other| parted(&other)).then_some(Departure::TieBroken)
}

#[cfg(test)]
mod tests {
    use super::{
        Departure::{AboveBetter, BelowWorse, TieBroken},
        Outcome::{Chosen, Nominated, NotChosen},
        *,
    };

    const I: EntryKind = EntryKind::Individual;
    const C: EntryKind = EntryKind::Collective;

    fn judged(rows: &[(i32, EntryKind, Outcome)]) -> Vec<Judged> {
        rows.iter()
            .map(|(place, kind, outcome)| Judged {
                place: (*place > 0).then_some(*place),
                kind: *kind,
                outcome: *outcome,
            })
            .collect()
    }

    #[test]
    fn a_decision_departs_where_a_lower_one_passes_a_higher_one_and_where_it_parts_a_tie() {
        for (rows, full, expected) in [
            (vec![(1, I, Nominated), (2, C, Chosen), (3, I, NotChosen)], vec![], vec![None, None, None]),
            (vec![], vec![], vec![]),
            // The third passes the second.
            (
                vec![(1, I, Chosen), (2, I, NotChosen), (3, I, Chosen)],
                vec![],
                vec![None, Some(BelowWorse), Some(AboveBetter)],
            ),
            // Both are chosen, but the lower one goes up.
            (vec![(1, I, Chosen), (2, I, Nominated)], vec![], vec![Some(BelowWorse), Some(AboveBetter)]),
            // Ties: both in or both out is as the standing says; one in needs a word for the one left out.
            (vec![(1, I, Chosen), (1, I, Chosen), (3, I, NotChosen)], vec![], vec![None, None, None]),
            (vec![(1, I, Chosen), (1, I, NotChosen)], vec![], vec![None, Some(TieBroken)]),
            // The third is left out above the fourth, whatever the tie.
            (
                vec![(1, I, Chosen), (2, I, NotChosen), (2, C, Chosen), (4, C, Chosen)],
                vec![],
                vec![None, Some(BelowWorse), None, Some(AboveBetter)],
            ),
            // No places at all: a round that only decides.
            (vec![(0, I, Chosen), (0, I, NotChosen)], vec![], vec![None, None]),
            // Nobody scored the second.
            (vec![(1, I, NotChosen), (0, I, Chosen)], vec![], vec![Some(BelowWorse), Some(AboveBetter)]),
            (vec![(1, I, Chosen), (0, I, NotChosen)], vec![], vec![None, None]),
            // The seats for individuals are full, so a collective that stands lower may go up.
            (vec![(1, I, Nominated), (2, I, Chosen), (3, C, Nominated)], vec![I], vec![None, None, None]),
            // Full seats excuse nothing within the kind, and nothing below the choice.
            (vec![(1, I, Chosen), (2, I, Nominated)], vec![I], vec![Some(BelowWorse), Some(AboveBetter)]),
            (vec![(1, I, NotChosen), (2, C, Chosen)], vec![I], vec![Some(BelowWorse), Some(AboveBetter)]),
        ] {
            assert_eq!(departures(&judged(&rows), &full), expected, "{rows:?} {full:?}");
        }
    }

    #[test]
    fn the_order_of_the_list_does_not_matter() {
        let rows = judged(&[(1, I, Chosen), (2, I, NotChosen), (3, C, Chosen), (3, I, NotChosen)]);
        let mut turned = rows.clone();
        turned.reverse();
        let mut there = departures(&turned, &[]);
        there.reverse();
        assert_eq!(departures(&rows, &[]), there);
    }
}
