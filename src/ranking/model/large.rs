//! The same likelihood for panels of many hundred judges, where three diagonals would cost seconds. The spectrum of M is then
//! narrow, so the trace of the inverse at one shift and its derivative there (the squared Frobenius norm) foretell it almost
//! exactly at every other one: a Newton step that needs two inversions where bisection would need twenty-five.

use super::super::design::{Components, Incidence};
use super::super::linear::{Cholesky, LARGEST_PLAIN, Shifted, Symmetric, dot};
use super::operator::Operator;
use super::reml::{Gamma, Likelihood};
use super::sums::Sums;

pub const LARGEST_TRIDIAGONAL: usize = LARGEST_PLAIN;
const MOST_INVERSIONS: usize = 6;
const CLOSE_ENOUGH: f64 = 1e-7;
const SMALLEST_SHIFT: f64 = 1.0 / 2048.0;
const LARGEST_SHIFT: f64 = 1_048_576.0;

/// With the inverse at the best shift, where it was found inside the range.
pub fn best_gamma_of_many(
    likelihood: &Likelihood,
    incidence: &Incidence,
    sums: &Sums,
) -> (Gamma, Option<(Cholesky, Symmetric)>) {
    let components = Components::of(incidence);
    let operator = Operator::new(incidence);
    let laplacian = incidence.laplacian();
    let Some(mut shift) = first_guess(likelihood, &operator, &components, incidence, sums) else {
        return (Gamma::Zero, None);
    };
    for _ in 0..MOST_INVERSIONS {
        let Some(foretold) = Foretold::new(&laplacian, shift, components.count) else {
            return (Gamma::Zero, None);
        };
        let Some(next) = root(likelihood, &operator, &foretold, sums) else {
            return (Gamma::Zero, None);
        };
        if next <= SMALLEST_SHIFT {
            return (Gamma::Beyond(1.0 / SMALLEST_SHIFT), None);
        }
        if next >= LARGEST_SHIFT {
            return (Gamma::Zero, None);
        }
        if (next / shift - 1.0).abs() < CLOSE_ENOUGH {
            return (Gamma::Inside(1.0 / shift), Some((foretold.factor, foretold.inverse)));
        }
        shift = next;
    }
    (Gamma::Inside(1.0 / shift), None)
}

/// By moments: the spread of the fully corrected generosities, less their noise.
fn first_guess(
    likelihood: &Likelihood,
    operator: &Operator<'_>,
    components: &Components,
    incidence: &Incidence,
    sums: &Sums,
) -> Option<f64> {
    let full = operator.solve(&sums.residuals, 0.0, None, Some(components))?;
    let freedom =
        (incidence.len() + components.count).checked_sub(incidence.n_entries() + incidence.n_judges())?;
    let sigma2 = (likelihood.within - dot(&full, &sums.residuals)) / freedom.max(1) as f64;
    let noise: f64 = operator.diagonal().iter().map(|own| sigma2 / own.max(1e-9)).sum();
    let tau2 = (dot(&full, &full) - noise) / incidence.n_judges() as f64;
    Some((sigma2 / tau2.max(sigma2 * 1e-4)).clamp(SMALLEST_SHIFT, LARGEST_SHIFT / 2.0))
}

/// The trace of `(M + s I)^-1` for any `s` near the shift it was computed at.
struct Foretold {
    shift: f64,
    null_vectors: f64,
    trace: f64,
    squares: f64,
    factor: Cholesky,
    inverse: Symmetric,
}

impl Foretold {
    fn new(laplacian: &Symmetric, shift: f64, null_vectors: usize) -> Option<Self> {
        let mut whole = laplacian.clone();
        whole.add_to_diagonal(shift);
        let factor = Cholesky::of(&whole)?;
        let inverse = factor.inverse();
        let null_vectors = null_vectors as f64;
        let squares: f64 = (0..inverse.size()).map(|row| dot(inverse.row(row), inverse.row(row))).sum();
        Some(Self {
            shift,
            null_vectors,
            trace: inverse.trace() - null_vectors / shift,
            squares: squares - null_vectors / (shift * shift),
            factor,
            inverse,
        })
    }

    /// Exact for the null vectors, and for the rest if it were one eigenvalue many times over.
    fn trace_at(&self, shift: f64) -> f64 {
        let rest = self.trace * self.trace / (self.trace + (shift - self.shift) * self.squares);
        self.null_vectors / shift + rest
    }
}

/// Where the slope vanishes, by halving (geometrically) and then the secant.
fn root(likelihood: &Likelihood, operator: &Operator<'_>, foretold: &Foretold, sums: &Sums) -> Option<f64> {
    let mut start: Option<Vec<f64>> = None;
    let mut slope = |shift: f64| -> Option<f64> {
        let solution = operator.solve(&sums.residuals, shift, start.as_deref(), None)?;
        let shifted = Shifted {
            trace_of_inverse: foretold.trace_at(shift),
            quadratic: dot(&solution, &sums.residuals),
            quadratic_of_square: dot(&solution, &solution),
            log_determinant: 0.0,
        };
        start = Some(solution);
        Some(likelihood.slope(shift, &shifted))
    };
    let (mut low, mut high) = (foretold.shift / 1.5, foretold.shift * 1.5);
    let (mut at_low, mut at_high) = (slope(low)?, slope(high)?);
    while at_low > 0.0 && low > SMALLEST_SHIFT {
        (high, at_high) = (low, at_low);
        low /= 4.0;
        at_low = slope(low)?;
    }
    while at_high < 0.0 && high < LARGEST_SHIFT {
        (low, at_low) = (high, at_high);
        high *= 4.0;
        at_high = slope(high)?;
    }
    if at_low > 0.0 || at_high < 0.0 {
        return Some(if at_low > 0.0 { SMALLEST_SHIFT } else { LARGEST_SHIFT });
    }
    // The rule of Illinois: false position that halves the weight of an end that stays.
    for _ in 0..40 {
        let middle = (low * at_high - high * at_low) / (at_high - at_low);
        let at_middle = slope(middle)?;
        if at_middle.abs() < 1e-10 || (high / low - 1.0).abs() < 1e-12 {
            return Some(middle);
        }
        if at_middle * at_high < 0.0 {
            (low, at_low) = (high, at_high);
        } else {
            at_low /= 2.0;
        }
        (high, at_high) = (middle, at_middle);
    }
    Some(high)
}
