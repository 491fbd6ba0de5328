//! Small statistics, all guarded: `None` where a number would be undefined.

use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};

pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

pub fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let (left_mean, right_mean) = (mean(left)?, mean(right)?);
    let (mut products, mut left_squares, mut right_squares) = (0.0, 0.0, 0.0);
    for (left, right) in left.iter().zip(right) {
        let (left, right) = (left - left_mean, right - right_mean);
        products += left * right;
        left_squares += left * left;
        right_squares += right * right;
    }
    let both = (left_squares * right_squares).sqrt();
    let scale = left.len() as f64 * (left_mean * left_mean + right_mean * right_mean + 1.0);
    (left.len() > 2 && both > 1e-12 * scale).then(|| (products / both).clamp(-1.0, 1.0))
}

/// Of a regression line: its slope and the slope's standard error.
pub fn slope(places: &[f64], values: &[f64]) -> Option<(f64, f64)> {
    let (place_mean, value_mean) = (mean(places)?, mean(values)?);
    let squares: f64 = places.iter().map(|place| (place - place_mean).powi(2)).sum();
    if places.len() < 3 || squares <= 0.0 {
        return None;
    }
    let products: f64 =
        places.iter().zip(values).map(|(place, value)| (place - place_mean) * (value - value_mean)).sum();
    let slope = products / squares;
    let rest: f64 = places
        .iter()
        .zip(values)
        .map(|(place, value)| (value - value_mean - slope * (place - place_mean)).powi(2))
        .sum();
    Some((slope, (rest / (places.len() - 2) as f64 / squares).sqrt()))
}

pub fn two_sided_normal(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// By the incomplete beta function: `P(|T| > t) = I_{df/(df + t^2)}(df/2, 1/2)`.
pub fn two_sided_t(t: f64, df: f64) -> Option<f64> {
    checked_beta_reg(df / 2.0, 0.5, df / (df + t * t)).ok()
}

/// The chance of so large or so small a sum of squares, whichever is rarer, twice.
pub fn two_sided_chi_squared(squares: f64, df: f64) -> Option<f64> {
    let (below, above) =
        (checked_gamma_lr(df / 2.0, squares / 2.0).ok()?, checked_gamma_ur(df / 2.0, squares / 2.0).ok()?);
    Some((2.0 * below.min(above)).min(1.0))
}

/// The chance that a Brownian bridge goes as far (Kolmogorov).
pub fn bridge(distance: f64) -> f64 {
    if distance < 0.2 {
        return 1.0;
    }
    let terms = (1..=100_u8).map(|turn| {
        let sign = if turn % 2 == 1 { 1.0 } else { -1.0 };
        let turn = f64::from(turn);
        sign * (-2.0 * turn * turn * distance * distance).exp()
    });
    (2.0 * terms.sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_quantiles() {
        for (found, expected) in [
            (two_sided_normal(1.959_964), 0.05),
            (two_sided_t(2.228_139, 10.0).unwrap(), 0.05),
            (two_sided_t(-12.706_205, 1.0).unwrap(), 0.05),
            (two_sided_chi_squared(20.483_177, 10.0).unwrap(), 0.05),
            (two_sided_chi_squared(3.246_973, 10.0).unwrap(), 0.05),
            (bridge(1.223_848), 0.1),
            (bridge(1.358_099), 0.05),
        ] {
            assert!((found - expected).abs() < 1e-5, "{found} {expected}");
        }
    }

    #[test]
    fn lines_and_correlations() {
        let (slope, error) = slope(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0]).unwrap();
        // Slope 4/5; residuals -3/10, 9/10, -9/10, 3/10: 9/5 over 2 over 5.
        assert!((slope - 0.8).abs() < 1e-12 && (error - 0.18_f64.sqrt()).abs() < 1e-12);
        assert!((correlation(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0]).unwrap() - 0.8).abs() < 1e-12);
        assert_eq!(correlation(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(correlation(&[], &[]), None);
        assert_eq!(super::slope(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
    }
}
