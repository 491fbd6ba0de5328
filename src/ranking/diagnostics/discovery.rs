//! Many looks find something by chance; this keeps the share of false alarms among what is kept.

/// Benjamini and Hochberg (1995): which of the tests to keep so that at most `rate` of those kept are expected to be false.
pub fn benjamini_hochberg(chances: &[f64], rate: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).filter(|test| chances[*test].is_finite()).collect();
    order.sort_by(|left, right| chances[*left].total_cmp(&chances[*right]).then(left.cmp(right)));
    let count = order.len() as f64;
    let is_kept = |(number, test): &(usize, &usize)| chances[**test] <= rate * (*number as f64 + 1.0) / count;
    let kept = order.iter().enumerate().filter(is_kept).map(|(number, _)| number + 1).max().unwrap_or(0);
    let mut keep = vec![false; chances.len()];
    for test in order.iter().take(kept) {
        keep[*test] = true;
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_benjamini_and_hochberg() {
        // Their fifteen tests of 1995: at 5 % the first four are kept.
        let chances = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        assert_eq!(benjamini_hochberg(&chances, 0.05).iter().filter(|kept| **kept).count(), 4);
        assert_eq!(benjamini_hochberg(&[], 0.1), Vec::<bool>::new());
        assert_eq!(benjamini_hochberg(&[0.5, f64::NAN, 0.01], 0.1), [false, false, true]);
        // A later test that fits takes the earlier ones with it.
        assert_eq!(benjamini_hochberg(&[0.06, 0.07], 0.08), [true, true]);
    }
}
