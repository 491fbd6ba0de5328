//! Mean 0 and standard deviation 1, so that the wider part does not silently dominate.

/// With n - 1. `None` when there is nothing to tell apart.
pub fn standardised(scores: &[f64]) -> Option<Vec<f64>> {
    let (mean, deviation) = moments(scores)?;
    let differ = scores.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne());
    (differ && deviation > 0.0).then(|| scores.iter().map(|score| (score - mean) / deviation).collect())
}

pub(super) fn moments(scores: &[f64]) -> Option<(f64, f64)> {
    if scores.len() < 2 || scores.iter().any(|score| !score.is_finite()) {
        return None;
    }
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
    Some((mean, (squares / (scores.len() - 1) as f64).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_become_comparable() {
        assert_eq!(standardised(&[2.0, 4.0, 6.0]), Some(vec![-1.0, 0.0, 1.0]));
        for scores in [&[][..], &[1.0], &[3.0, 3.0], &[1.0, f64::NAN]] {
            assert_eq!(standardised(scores), None);
        }
    }
}
