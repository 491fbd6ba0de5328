//! Judges and votes in one score: `(100 - w) % of the mean, plus w x votes / most votes`.

use crate::ranking::standing::Ratio;

/// What the votes weigh in a combined round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// As the rules say, in per cent.
    pub declared: i32,
    /// By the spread of the two parts, in per cent: a part that hardly differs decides little, whatever its weight.
    pub effective: f64,
}

/// None when the numbers do not fit into 128 bits.
pub(super) fn combined(jury: Ratio, votes: i64, most_votes: i64, vote_weight: i32) -> Option<Ratio> {
    let weight = i128::from(vote_weight.clamp(0, 100));
    let jury_part = jury.times(100 - weight)?.divided_by(100)?;
    if most_votes <= 0 {
        return Some(jury_part);
    }
    let vote_part = Ratio::new(weight.checked_mul(votes.into())?, most_votes.into())?;
    jury_part.plus(vote_part)
}

/// Nothing where there are fewer than two entries, or nothing differs.
pub fn effective_weights(parts: &[(f64, f64)], declared: i32) -> Option<Weights> {
    let spread = |values: Vec<f64>| {
        #[expect(clippy::cast_precision_loss, reason = "a count of entries")]
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt()
    };
    if parts.len() < 2 {
        return None;
    }
    let jury = spread(parts.iter().map(|part| part.0).collect());
    let votes = spread(parts.iter().map(|part| part.1).collect());
    (jury + votes > 0.0).then(|| Weights { declared, effective: 100.0 * votes / (jury + votes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vote_part_is_the_weight_by_the_share_of_the_most_votes() {
        // 80 % of 250/3 is 200/3; 20 x 150 / 200 is 15.
        let jury = Ratio::new(250, 3).unwrap();
        assert_eq!(combined(jury, 150, 200, 20), Ratio::new(245, 3));
        assert_eq!(combined(jury, 0, 0, 20), Ratio::new(200, 3));
        assert_eq!(combined(jury, 7, 7, 0), Some(jury));
    }

    #[test]
    fn a_part_that_hardly_differs_decides_little() {
        let weights = effective_weights(&[(64.0, 20.0), (64.1, 5.0), (63.9, 0.0)], 20).unwrap();
        assert!(weights.effective > 98.0, "{weights:?}");
        assert_eq!(effective_weights(&[(1.0, 1.0), (1.0, 1.0)], 20), None);
    }
}
