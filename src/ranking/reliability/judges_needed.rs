//! Spearman and Brown: what more judges are worth.

/// The reliability of a mean over so many judges, from that of one: `k r/(1 + (k - 1) r)`.
pub fn spearman_brown(single: f64, judges: f64) -> f64 {
    judges * single / (1.0 + (judges - 1.0) * single)
}

/// The smallest number of judges whose mean reaches the target. `None` when no number does.
pub fn judges_needed(single: f64, target: f64) -> Option<u64> {
    if !(single > 0.0 && single <= 1.0 && target > 0.0 && target < 1.0) {
        return None;
    }
    // The little less keeps a whole number whole that a rounding error made larger.
    let needed = (target * (1.0 - single) / (single * (1.0 - target)) - 1e-9).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 10^15")]
    (needed < 1e15).then_some(needed as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planning_table() {
        for (single, needed) in [
            (0.1, [21, 36, 81]),
            (0.2, [10, 16, 36]),
            (0.3, [6, 10, 21]),
            (0.4, [4, 6, 14]),
            (0.5, [3, 4, 9]),
        ] {
            assert_eq!(
                [0.7, 0.8, 0.9].map(|target| judges_needed(single, target).unwrap()),
                needed,
                "{single}"
            );
        }
        assert!((spearman_brown(0.5, 4.0) - 0.8).abs() < 1e-15);
        for (single, target) in [(0.0, 0.8), (-0.1, 0.8), (0.5, 1.0), (f64::NAN, 0.8), (0.5, f64::NAN)] {
            assert_eq!(judges_needed(single, target), None);
        }
        assert_eq!(judges_needed(1.0, 0.9), Some(1));
    }
}
