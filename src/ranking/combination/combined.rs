//! The weighted sum of parts, and what each part's weight amounts to.

use serde::Serialize;

use super::standardised::moments;

/// One part of a result: the scores of the same entries in the same order.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// As announced; any positive unit.
    pub weight: f64,
    pub scores: Vec<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The announced weight as a share of all.
    pub nominal: f64,
    /// Weight times standard deviation, as a share of all: what really decides.
    pub effective: f64,
    /// Of this part with the total; `None` when one of them is flat.
    pub correlation: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Combined {
    pub totals: Vec<f64>,
    pub shares: Vec<Share>,
}

/// `None` when the parts do not have the same two or more entries, or a weight is not above zero.
pub fn combine(parts: &[Part]) -> Option<Combined> {
    let count = parts.first()?.scores.len();
    let fits = |part: &Part| part.scores.len() == count && part.weight > 0.0 && part.weight.is_finite();
    if !parts.iter().all(fits) {
        return None;
    }
    let weights: f64 = parts.iter().map(|part| part.weight).sum();
    let deviations: Vec<f64> =
        parts.iter().map(|part| Some(part.weight * moments(&part.scores)?.1)).collect::<Option<_>>()?;
    let decided: f64 = deviations.iter().sum();
    let total = |entry: usize| parts.iter().map(|part| part.weight / weights * part.scores[entry]).sum();
    let totals: Vec<f64> = (0..count).map(total).collect();
    let shares = parts.iter().zip(&deviations).map(|(part, deviation)| Share {
        nominal: part.weight / weights,
        effective: if decided > 0.0 { deviation / decided } else { 0.0 },
        correlation: correlation(&part.scores, &totals),
    });
    Some(Combined { shares: shares.collect(), totals })
}

fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let ((left_mean, left_deviation), (right_mean, right_deviation)) = (moments(left)?, moments(right)?);
    let products = left.iter().zip(right).map(|(left, right)| (left - left_mean) * (right - right_mean));
    let correlation = products.sum::<f64>() / (left.len() - 1) as f64 / left_deviation / right_deviation;
    (left_deviation > 0.0 && right_deviation > 0.0).then(|| correlation.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wider_part_decides_more_than_its_weight() {
        // Deviations 1 and 3 at equal weights: a quarter and three quarters.
        let parts = [
            Part { weight: 50.0, scores: vec![1.0, 2.0, 3.0] },
            Part { weight: 50.0, scores: vec![9.0, 6.0, 3.0] },
        ];
        let combined = combine(&parts).unwrap();
        assert_eq!(combined.totals, [5.0, 4.0, 3.0]);
        assert_eq!((combined.shares[0].nominal, combined.shares[0].effective), (0.5, 0.25));
        assert!((combined.shares[0].correlation.unwrap() + 1.0).abs() < 1e-12);
        assert!((combined.shares[1].correlation.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn parts_that_do_not_fit_are_refused_and_flat_ones_decide_nothing() {
        let part = |weight: f64, scores: &[f64]| Part { weight, scores: scores.to_vec() };
        assert_eq!(combine(&[]), None);
        assert_eq!(combine(&[part(1.0, &[1.0, 2.0]), part(1.0, &[1.0])]), None);
        assert_eq!(combine(&[part(0.0, &[1.0, 2.0])]), None);
        let flat = combine(&[part(1.0, &[5.0, 5.0]), part(1.0, &[1.0, 2.0])]).unwrap();
        assert_eq!(flat.shares[0], Share { nominal: 0.5, effective: 0.0, correlation: None });
        assert!(combine(&[part(1.0, &[5.0, 5.0])]).unwrap().shares[0].effective.abs() < 1e-12);
    }
}
