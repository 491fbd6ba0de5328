//! What the models need of the ratings: means of entries and what is left of the judges' sums.

use super::super::design::Incidence;

#[derive(Debug, Clone)]
pub struct Sums {
    /// `ybar_i`.
    pub means: Vec<f64>,
    /// `r_j = sum_i (y_ij - ybar_i)`.
    pub residuals: Vec<f64>,
    /// `q0 = sum (y_ij - ybar_i)^2`.
    pub within: f64,
}

impl Sums {
    pub fn of(incidence: &Incidence, scores: &[f64]) -> Self {
        let mut residuals = vec![0.0; incidence.n_judges()];
        let mut means = Vec::with_capacity(incidence.n_entries());
        let mut within = 0.0;
        for entry in 0..incidence.n_entries() {
            let own = &scores[incidence.range(entry)];
            let mean = own.iter().sum::<f64>() / own.len() as f64;
            for (score, judge) in own.iter().zip(incidence.of(entry)) {
                // Equal marks leave no rounding error behind, so that "all tied" is seen exactly.
                let rest =
                    if own.iter().all(|other| other.total_cmp(score).is_eq()) { 0.0 } else { score - mean };
                residuals[*judge as usize] += rest;
                within += rest * rest;
            }
            means.push(mean);
        }
        Self { means, residuals, within }
    }

    /// `theta_i = ybar_i - (1/n_i) sum of the generosity of its judges`.
    pub fn corrected(&self, incidence: &Incidence, generosity: &[f64]) -> Vec<f64> {
        let entries = self.means.iter().zip(incidence.entries());
        entries
            .map(|(mean, judges)| {
                let sum: f64 = judges.iter().map(|judge| generosity[*judge as usize]).sum();
                mean - sum / judges.len() as f64
            })
            .collect()
    }
}
