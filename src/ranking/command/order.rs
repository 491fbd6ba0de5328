//! Places of entries by their scores: exact ones as they are, calibrated ones after rounding to the declared precision.

use std::collections::BTreeMap;

use super::super::standing::{Place, Ratio, places};

const DECIMALS: u32 = 2;
const MOST_DECIMALS: u32 = 9;

/// Two decimals; more where all ratings lie within less than one point, so that a scale of small numbers is not lumped
/// together.
pub fn decimals_for(ratings: &[f64]) -> u32 {
    let range = ratings.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        - ratings.iter().copied().fold(f64::INFINITY, f64::min);
    let mut decimals = DECIMALS;
    while range > 0.0 && range * 10.0_f64.powi(decimals.cast_signed()) < 100.0 && decimals < MOST_DECIMALS {
        decimals += 1;
    }
    decimals
}

/// In the order of the scores given; entries without one come last and share the last place.
pub fn placed(scores: &[Option<Ratio>]) -> Vec<Place> {
    let mut by_score: BTreeMap<Option<Ratio>, Vec<usize>> = BTreeMap::new();
    for (entry, score) in scores.iter().enumerate() {
        by_score.entry(*score).or_default().push(entry);
    }
    let groups: Vec<Vec<usize>> = by_score.into_values().rev().collect();
    let mut placed = vec![Place { first: 0, last: 0, dense: 0 }; scores.len()];
    for (group, place) in groups.iter().zip(places(groups.iter().map(Vec::len))) {
        for entry in group {
            placed[*entry] = place;
        }
    }
    placed
}
