//! Judges who deviate from the others alike: the correlation of their residuals on common entries.

use std::collections::BTreeMap;

use super::super::model::Ratings;
use super::statistics::{correlation, two_sided_normal};
use super::{Finding, Measure};

/// The residuals of both on one entry, and their correlation if there is nothing between the two.
type Common = (f64, f64, f64);

const FEWEST_COMMON: usize = 5;

/// Only pairs that move together; Fisher's transformation, and Bonferroni over all pairs that could be looked at. Residuals
/// of one entry add up to about zero, which alone makes two of `n` judges correlate by `-1/(n - 1)`; that is allowed for.
pub(super) fn suspicious_pairs(ratings: &Ratings, residuals: &[Option<f64>]) -> Vec<Finding> {
    let mut common: BTreeMap<(u32, u32), Vec<Common>> = BTreeMap::new();
    for entry in 0..ratings.entries().len() {
        let judges: Vec<(u32, f64)> = ratings
            .incidence
            .of(entry)
            .iter()
            .zip(&residuals[ratings.incidence.range(entry)])
            .filter_map(|(judge, rest)| Some((*judge, (*rest)?)))
            .collect();
        let expected = -1.0 / (judges.len() as f64 - 1.0).max(1.0);
        for (position, (right, right_rest)) in judges.iter().enumerate() {
            for (left, left_rest) in judges.iter().take(position).filter(|(left, _)| left != right) {
                common.entry((*left, *right)).or_default().push((*left_rest, *right_rest, expected));
            }
        }
    }
    common.retain(|_, list| list.len() >= FEWEST_COMMON);
    let looks = common.len() as f64;
    let found = common.iter().filter_map(|((left, right), list)| {
        let left_rests: Vec<f64> = list.iter().map(|(left, _, _)| *left).collect();
        let right_rests: Vec<f64> = list.iter().map(|(_, right, _)| *right).collect();
        let correlation = correlation(&left_rests, &right_rests)?;
        let expected = list.iter().map(|(_, _, expected)| expected).sum::<f64>() / list.len() as f64;
        let fisher = |value: f64| value.clamp(-0.999_999, 0.999_999).atanh();
        let z = (fisher(correlation) - fisher(expected)) * (list.len() as f64 - 3.0).sqrt();
        let p = (two_sided_normal(z) * looks).min(1.0);
        (correlation > 0.0 && p < 0.1).then(|| Finding {
            judge: ratings.judges()[*left as usize].clone(),
            measure: Measure::Pair {
                other: ratings.judges()[*right as usize].clone(),
                correlation,
                entries: list.len(),
            },
            p: Some(p),
            look_at: true,
        })
    });
    found.collect()
}
