//! Parts of one score: the judges', the votes', and what an entry brings along from the round before.

use super::StandingRow;
use crate::{
    features::contests::{Round, RoundMethod},
    ranking::{
        combination::{Part as Measured, combine as measure, standardised},
        standing::Ratio,
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Jury,
    Votes,
    Carried,
}

/// What a part weighs, in per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartWeight {
    pub kind: PartKind,
    /// As the rules say.
    pub declared: f64,
    /// By its spread (weight times standard deviation): a part that hardly differs decides little, whatever its weight.
    pub effective: f64,
}

/// Scores of the same entries in the same order, each 0 to 100.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub kind: PartKind,
    /// In ten-thousandths of the whole.
    pub weight: i32,
    pub scores: Vec<Ratio>,
}

const WHOLE: i128 = 10_000;
/// Where standardised scores are put: people read marks around 50 more easily than around 0.
const MIDDLE: f64 = 50.0;
const SPREAD: f64 = 10.0;
const DECIMALS: u32 = 2;

/// The weighted sums, exact; or, of standardised parts, `50 + 10 x` the weighted sum of `(score - mean)/sd`, rounded half-up
/// to 0.01. `None` when the numbers do not fit into 128 bits.
pub(super) fn combined(parts: &[Part], is_standardised: bool) -> Option<Vec<Ratio>> {
    let count = parts.first()?.scores.len();
    if !is_standardised {
        let total = |entry: usize| {
            parts.iter().try_fold(Ratio::ZERO, |sum, part| {
                sum.plus(part.scores.get(entry)?.times(part.weight.into())?.divided_by(WHOLE)?)
            })
        };
        return (0..count).map(total).collect();
    }
    let flat = || vec![0.0; count];
    let parts: Vec<(f64, Vec<f64>)> = parts
        .iter()
        .map(|part| (f64::from(part.weight) / 1e4, standardised(&floats(part)).unwrap_or_else(flat)))
        .collect();
    let total = |entry: usize| {
        let sum: f64 = parts.iter().filter_map(|(weight, scores)| Some(weight * scores.get(entry)?)).sum();
        Ratio::nearest(MIDDLE + SPREAD * sum, DECIMALS)
    };
    (0..count).map(total).collect()
}

/// Empty where there are fewer than two entries, or nothing differs.
pub(super) fn weights(parts: &[Part], is_standardised: bool) -> Vec<PartWeight> {
    let measured: Vec<Measured> = parts
        .iter()
        .map(|part| {
            let scores = floats(part);
            let scores = if is_standardised { standardised(&scores).unwrap_or(scores) } else { scores };
            Measured { weight: part.weight.into(), scores }
        })
        .collect();
    let Some(found) = measure(&measured) else { return Vec::new() };
    if found.shares.iter().all(|share| share.effective <= 0.0) {
        return Vec::new();
    }
    let weight = |(part, share): (&Part, &crate::ranking::combination::Share)| PartWeight {
        kind: part.kind,
        declared: 100.0 * share.nominal,
        effective: 100.0 * share.effective,
    };
    parts.iter().zip(&found.shares).map(weight).collect()
}

/// The total of one entry with another score of its judges, in rounds whose parts are not standardised.
pub(super) fn total_of(round: &Round, jury: Ratio, row: &StandingRow, most_votes: i64) -> Option<Ratio> {
    let vote_weight = vote_weight(round);
    let carry_weight = round.carry_weight.clamp(0, 100);
    let votes = i128::from(row.votes.unwrap_or(0)) * 100;
    let share = if most_votes > 0 { Ratio::new(votes, most_votes.into())? } else { Ratio::ZERO };
    let part = |kind, weight, score| Part { kind, weight, scores: vec![score] };
    let parts = [
        part(PartKind::Jury, (100 - carry_weight) * (100 - vote_weight), jury),
        part(PartKind::Votes, (100 - carry_weight) * vote_weight, share),
        part(PartKind::Carried, carry_weight * 100, row.carried.unwrap_or(jury)),
    ];
    combined(&parts, false)?.first().copied()
}

/// Only a round that combines has votes in its score.
pub(super) fn vote_weight(round: &Round) -> i32 {
    if round.method == RoundMethod::Combined { round.vote_weight.clamp(0, 100) } else { 0 }
}

fn floats(part: &Part) -> Vec<f64> {
    part.scores.iter().map(|score| score.to_f64()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: PartKind, weight: i32, scores: &[i64]) -> Part {
        Part { kind, weight, scores: scores.iter().map(|score| Ratio::whole(*score)).collect() }
    }

    #[test]
    fn parts_are_added_by_their_declared_weights() {
        // 80 % of 250/3 is 200/3; 20 % of 75 is 15.
        let jury = Part { kind: PartKind::Jury, weight: 8_000, scores: vec![Ratio::new(250, 3).unwrap()] };
        let votes = part(PartKind::Votes, 2_000, &[75]);
        assert_eq!(combined(&[jury, votes], false), Some(vec![Ratio::new(245, 3).unwrap()]));
        // Half from the round before, and of the other half a fifth votes: 0.5 x 60 + 0.4 x 80 + 0.1 x 100.
        let three = [
            part(PartKind::Jury, 4_000, &[80]),
            part(PartKind::Votes, 1_000, &[100]),
            part(PartKind::Carried, 5_000, &[60]),
        ];
        assert_eq!(combined(&three, false), Some(vec![Ratio::whole(72)]));
        assert_eq!(weights(&three, false), []);
    }

    #[test]
    fn a_part_that_hardly_differs_decides_little_until_it_is_standardised() {
        let parts = [part(PartKind::Jury, 8_000, &[80, 81, 82]), part(PartKind::Votes, 2_000, &[0, 50, 100])];
        let found = weights(&parts, false);
        // Deviations 1 and 50: 0.8 to 10.
        assert!((found[1].effective - 1000.0 / 10.8).abs() < 1e-9 && (found[1].declared - 20.0).abs() < 1e-9);
        let found = weights(&parts, true);
        assert!((found[1].effective - 20.0).abs() < 1e-9);
        // -1, 0, 1 in both parts: 40, 50, 60.
        let totals = combined(&parts, true).unwrap();
        assert_eq!(totals, [Ratio::whole(40), Ratio::whole(50), Ratio::whole(60)]);
        // A flat part decides nothing.
        let flat = [part(PartKind::Jury, 8_000, &[7, 7]), part(PartKind::Votes, 2_000, &[1, 3])];
        assert_eq!(combined(&flat, true).unwrap()[0].shown(2), "48.59");
    }
}
