//! How sure a score is: the noise of the marks and the luck of having met these judges.

use super::super::design::{Components, Incidence};
use super::super::linear::{Cholesky, Symmetric};

#[derive(Clone)]
pub(super) enum JudgeNoise {
    /// Judges are independent, each with this variance.
    Independent(f64),
    /// The covariance and what makes draws of it. `centered` per component where only differences are estimated.
    Joint { covariance: Symmetric, factor: std::sync::Arc<Cholesky>, centered: Option<Components> },
}

/// Variances of entries: `sigma2 (D^-1 + D^-1 N C N' D^-1)` with the judges' covariance `C` in units of `sigma2`.
#[derive(Clone)]
pub struct Uncertainty {
    pub(super) sigma2: f64,
    pub(super) incidence: Incidence,
    pub(super) noise: JudgeNoise,
}

impl std::fmt::Debug for Uncertainty {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Uncertainty").field("sigma2", &self.sigma2).finish_non_exhaustive()
    }
}

impl Uncertainty {
    pub fn variance(&self, entry: usize) -> f64 {
        let judges = self.incidence.of(entry);
        let count = judges.len() as f64;
        self.sigma2 * (1.0 / count + self.judges_between(judges, judges) / (count * count))
    }

    pub fn covariance(&self, entry: usize, other: usize) -> f64 {
        let (left, right) = (self.incidence.of(entry), self.incidence.of(other));
        self.sigma2 * self.judges_between(left, right) / (left.len() * right.len()) as f64
    }

    pub fn difference_variance(&self, entry: usize, other: usize) -> f64 {
        if entry == other {
            return 0.0;
        }
        (self.variance(entry) + self.variance(other) - 2.0 * self.covariance(entry, other)).max(0.0)
    }

    fn judges_between(&self, left: &[u32], right: &[u32]) -> f64 {
        let pairs =
            left.iter().flat_map(|one| right.iter().map(move |other| (*one as usize, *other as usize)));
        match &self.noise {
            JudgeNoise::Independent(variance) => {
                variance * pairs.filter(|(one, other)| one == other).count() as f64
            }
            JudgeNoise::Joint { covariance, .. } => pairs.map(|pair| covariance[pair]).sum(),
        }
    }
}
