//! The ratio of the variance between judges to the residual variance, by restricted maximum likelihood.
//!
//! With `shift = 1/gamma`: `q = q0 - r'(M + shift I)^-1 r` and
//! `-2 l_R = nu (1 + ln(2 pi q/nu)) + ln det(M + shift I) - J ln shift + sum ln n_i`, which is lme4's `REMLcrit` for
//! `score ~ 0 + entry + (1 | judge)`.

use super::super::linear::{Shifted, Tridiagonal};

/// The search runs over gamma from `e^-14` to `e^8`, here in powers of two.
const LOWEST_EXPONENT: i32 = -20;
const HIGHEST_EXPONENT: i32 = 11;

#[derive(Debug, Clone, Copy)]
pub struct Likelihood {
    pub nu: f64,
    pub within: f64,
    pub n_judges: f64,
    pub sum_of_log_counts: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gamma {
    /// The best is no difference between judges.
    Zero,
    Inside(f64),
    /// The likelihood still grows at the end of the range.
    Beyond(f64),
}

impl Likelihood {
    /// `None` where nothing is left of the residual squares.
    pub fn criterion(&self, shift: f64, sums: &Shifted) -> Option<f64> {
        let q = self.within - sums.quadratic;
        if q <= 1e-13 * self.within {
            return None;
        }
        let determinant = sums.log_determinant - self.n_judges * shift.ln();
        Some(self.of_squares(q) + determinant + self.sum_of_log_counts)
    }

    pub fn at_zero(&self) -> f64 {
        self.of_squares(self.within) + self.sum_of_log_counts
    }

    fn of_squares(&self, q: f64) -> f64 {
        self.nu * (1.0 + (2.0 * std::f64::consts::PI * q / self.nu).ln())
    }

    /// `shift` times the derivative of the criterion by the shift: negative below the best shift, positive above. Nothing
    /// but the four basic operations, so the place where it vanishes has the same bits everywhere.
    pub fn slope(&self, shift: f64, sums: &Shifted) -> f64 {
        let q = self.within - sums.quadratic;
        shift * (self.nu * sums.quadratic_of_square / q + sums.trace_of_inverse) - self.n_judges
    }
}

/// A coarse grid, then halving the interval around its best point.
pub fn best_gamma(likelihood: &Likelihood, tridiagonal: &Tridiagonal) -> Gamma {
    let at = |shift: f64| tridiagonal.shifted(shift);
    let mut best = (likelihood.at_zero(), None);
    for exponent in LOWEST_EXPONENT..=HIGHEST_EXPONENT {
        let shift = 2.0_f64.powi(-exponent);
        match at(shift).and_then(|sums| likelihood.criterion(shift, &sums)) {
            Some(criterion) if criterion < best.0 => best = (criterion, Some(exponent)),
            Some(_) => {}
            None => return Gamma::Beyond(2.0_f64.powi(exponent - 1)),
        }
    }
    let Some(exponent) = best.1 else { return Gamma::Zero };
    if exponent == HIGHEST_EXPONENT {
        return Gamma::Beyond(2.0_f64.powi(exponent));
    }
    let (mut low, mut high) = (2.0_f64.powi(-exponent - 1), 2.0_f64.powi(1 - exponent));
    for _ in 0..70 {
        let middle = (low * high).sqrt();
        match at(middle).map(|sums| likelihood.slope(middle, &sums)) {
            Some(slope) if slope < 0.0 => low = middle,
            Some(_) => high = middle,
            None => break,
        }
    }
    Gamma::Inside(1.0 / (low * high).sqrt())
}
