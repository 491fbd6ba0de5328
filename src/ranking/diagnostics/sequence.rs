//! Measures over the judge's own sequence, and the own unit.

use super::Measure;
use super::per_judge::NORMAL_90;
use super::statistics::{bridge, mean, slope, two_sided_normal, two_sided_t};

/// Whether marks rise or fall along the judge's list. Pairs of (position, residual).
pub(super) fn order(sequence: &[(f64, f64)]) -> Option<(Measure, f64)> {
    let (places, values): (Vec<f64>, Vec<f64>) = sequence.iter().copied().unzip();
    let (slope, error) = slope(&places, &values)?;
    let last = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let first = places.iter().copied().fold(f64::INFINITY, f64::min);
    let chance = if error > 0.0 { two_sided_t(slope / error, places.len() as f64 - 2.0)? } else { 1.0 };
    Some((Measure::Order { points: slope * (last - first) }, chance))
}

/// The cumulated residuals in the order of time, as a bridge: how far they stray from zero.
pub(super) fn drift(in_time: &[f64]) -> Option<(Measure, f64)> {
    let middle = mean(in_time)?;
    let count = in_time.len() as f64;
    let variance = in_time.iter().map(|rest| (rest - middle).powi(2)).sum::<f64>() / (count - 1.0);
    if in_time.len() < 5 || variance <= 0.0 {
        return None;
    }
    let mut sum = 0.0_f64;
    let mut farthest = 0.0_f64;
    for rest in in_time {
        sum += rest - middle;
        farthest = farthest.max(sum.abs());
    }
    let distance = farthest / (variance * count).sqrt();
    Some((Measure::Drift { distance }, bridge(distance)))
}

/// The mean residual of the own unit's entries against that of all others.
pub(super) fn own_unit(own: &[f64], others: &[f64], sigma2: f64) -> Option<(Measure, f64)> {
    let points = mean(own)? - mean(others)?;
    let error = (sigma2 * (1.0 / own.len() as f64 + 1.0 / others.len() as f64)).sqrt();
    (error > 0.0)
        .then(|| (Measure::OwnUnit { points, margin: NORMAL_90 * error }, two_sided_normal(points / error)))
}
