//! The exact score of an entry from the rubric scores of its judges.

use serde::{Deserialize, Serialize};

use super::Ratio;
use super::pool::Counted;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// Weighted by the judges' weights.
    #[default]
    Mean,
    /// Of an even number of sheets: the mean of the two in the middle. Judges' weights do not count.
    Median,
    /// Without the `each_side` lowest and highest sheets; where fewer than `at_least` would be left, nothing is trimmed and
    /// the row says so. Judges' weights do not count.
    Trimmed { each_side: usize, at_least: usize },
}

/// The score of one entry, before places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    pub entry: String,
    pub score: Ratio,
    pub sheets: usize,
    /// The declared trimming could not be done: there are too few sheets.
    pub untrimmed: bool,
}

/// `None` without sheets, or when the sum does not fit into 128 bits.
pub(super) fn aggregate(sheets: &[Counted<'_>], aggregation: Aggregation) -> Option<(Ratio, bool)> {
    match aggregation {
        Aggregation::Mean => Some((weighted_mean(sheets)?, false)),
        Aggregation::Median => Some((median(sheets.iter().map(|sheet| sheet.score).collect())?, false)),
        Aggregation::Trimmed { each_side, at_least } => {
            trimmed(sheets.iter().map(|sheet| sheet.score).collect(), each_side, at_least)
        }
    }
}

/// Without the `each_side` lowest and highest; the plain mean, and `true`, where fewer than `at_least` would be left.
pub(in super::super) fn trimmed(
    mut scores: Vec<Ratio>,
    each_side: usize,
    at_least: usize,
) -> Option<(Ratio, bool)> {
    scores.sort();
    let left = scores.len().saturating_sub(each_side.saturating_mul(2));
    if left < at_least.max(1) {
        return Some((mean(&scores)?, each_side > 0));
    }
    Some((mean(scores.get(each_side..each_side + left)?)?, false))
}

fn weighted_mean(sheets: &[Counted<'_>]) -> Option<Ratio> {
    let mut sum = Ratio::ZERO;
    let mut weights = 0_i128;
    for sheet in sheets {
        sum = sum.plus(sheet.score.times(sheet.weight.into())?)?;
        weights += i128::from(sheet.weight);
    }
    sum.divided_by(weights)
}

pub fn mean(scores: &[Ratio]) -> Option<Ratio> {
    let sum = scores.iter().try_fold(Ratio::ZERO, |sum, score| sum.plus(*score))?;
    sum.divided_by(i128::try_from(scores.len()).ok()?)
}

pub fn median(mut scores: Vec<Ratio>) -> Option<Ratio> {
    scores.sort();
    let middle = scores.len() / 2;
    if scores.len() % 2 == 1 {
        return scores.get(middle).copied();
    }
    scores.get(middle.checked_sub(1)?)?.plus(*scores.get(middle)?)?.divided_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(scores: &[i64]) -> Vec<Counted<'static>> {
        let one =
            |score: &i64| Counted { judge: "", weight: 10_000, score: Ratio::whole(*score), marks: vec![] };
        scores.iter().map(one).collect()
    }

    #[test]
    fn scores_are_exact() {
        let trimmed = Aggregation::Trimmed { each_side: 1, at_least: 3 };
        for (scores, aggregation, expected) in [
            (&[80, 85, 85][..], Aggregation::Mean, Some(("250/3", false))),
            (&[10, 20, 90], Aggregation::Median, Some(("20", false))),
            (&[10, 20, 25, 90], Aggregation::Median, Some(("45/2", false))),
            (&[0, 80, 81, 83, 100], trimmed, Some(("244/3", false))),
            (&[0, 80, 81, 83], trimmed, Some(("61", true))),
            (&[], Aggregation::Mean, None),
            (&[], Aggregation::Median, None),
            (&[], trimmed, None),
        ] {
            let found = aggregate(&sheets(scores), aggregation)
                .map(|(score, untrimmed)| (score.to_string(), untrimmed));
            let expected = expected.map(|(score, untrimmed)| (score.to_owned(), untrimmed));
            assert_eq!(found, expected, "{scores:?} {aggregation:?}");
        }
    }

    #[test]
    fn a_judge_who_weighs_double_counts_twice() {
        let mut sheets = sheets(&[60, 90]);
        sheets[1].weight = 20_000;
        assert_eq!(aggregate(&sheets, Aggregation::Mean), Some((Ratio::whole(80), false)));
    }
}
