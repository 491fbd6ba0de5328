//! `M + shift I` as something that multiplies, without ever being written down, and conjugate gradients on it.

use super::super::design::{Components, Incidence};
use super::super::linear::dot;

const TOLERANCE: f64 = 1e-12;

pub struct Operator<'a> {
    incidence: &'a Incidence,
    loads: Vec<f64>,
    /// The diagonal of M.
    diagonal: Vec<f64>,
}

impl<'a> Operator<'a> {
    pub fn new(incidence: &'a Incidence) -> Self {
        let mut loads = vec![0.0; incidence.n_judges()];
        let mut diagonal = vec![0.0; incidence.n_judges()];
        for judges in incidence.entries() {
            let share = 1.0 / judges.len() as f64;
            for judge in judges {
                loads[*judge as usize] += 1.0;
                // Somebody who scored an entry twice shares it with oneself.
                let twice = judges.iter().filter(|other| *other == judge).count() as f64;
                diagonal[*judge as usize] += 1.0 - share * twice;
            }
        }
        Self { incidence, loads, diagonal }
    }

    pub fn diagonal(&self) -> &[f64] {
        &self.diagonal
    }

    fn times(&self, vector: &[f64], shift: f64, product: &mut [f64]) {
        for ((target, value), load) in product.iter_mut().zip(vector).zip(&self.loads) {
            *target = (load + shift) * value;
        }
        for judges in self.incidence.entries() {
            let sum: f64 = judges.iter().map(|judge| vector[*judge as usize]).sum();
            let mean = sum / judges.len() as f64;
            for judge in judges {
                product[*judge as usize] -= mean;
            }
        }
    }

    /// Conjugate gradients with Jacobi's preconditioner. With `components` (for a shift of zero) every direction is kept at
    /// mean zero in each of them. `None` when it stalls: no result is better than a wrong one.
    pub fn solve(
        &self,
        right: &[f64],
        shift: f64,
        start: Option<&[f64]>,
        components: Option<&Components>,
    ) -> Option<Vec<f64>> {
        let size = right.len();
        let mut solution = start.map_or_else(|| vec![0.0; size], <[f64]>::to_vec);
        let mut product = vec![0.0; size];
        let mut rest = right.to_vec();
        if start.is_some() {
            self.times(&solution, shift, &mut product);
            rest.iter_mut().zip(&product).for_each(|(rest, product)| *rest -= product);
        }
        let project = |vector: &mut [f64]| {
            if let Some(components) = components {
                center(vector, components);
            }
        };
        let target = TOLERANCE * TOLERANCE * dot(right, right);
        let mut direction = vec![0.0; size];
        let mut before = 0.0;
        for _ in 0..2 * size + 10 {
            project(&mut rest);
            if dot(&rest, &rest) <= target {
                project(&mut solution);
                return Some(solution);
            }
            let mut scaled: Vec<f64> = rest
                .iter()
                .zip(&self.diagonal)
                .map(|(rest, own)| rest / (own + shift).max(f64::MIN_POSITIVE))
                .collect();
            project(&mut scaled);
            let now = dot(&rest, &scaled);
            let factor = if before == 0.0 { 0.0 } else { now / before };
            direction
                .iter_mut()
                .zip(&scaled)
                .for_each(|(direction, scaled)| *direction = scaled + factor * *direction);
            self.times(&direction, shift, &mut product);
            let step = now / dot(&direction, &product);
            if !step.is_finite() {
                return None;
            }
            solution
                .iter_mut()
                .zip(&direction)
                .for_each(|(solution, direction)| *solution += step * direction);
            rest.iter_mut().zip(&product).for_each(|(rest, product)| *rest -= step * product);
            before = now;
        }
        None
    }
}

/// Subtracts the mean of each component.
pub fn center(vector: &mut [f64], components: &Components) {
    let mut sums = vec![0.0; components.count];
    for (value, component) in vector.iter().zip(&components.of_judge) {
        sums[*component as usize] += value;
    }
    for (sum, size) in sums.iter_mut().zip(components.sizes_in_judges()) {
        *sum /= f64::from(size);
    }
    for (value, component) in vector.iter_mut().zip(&components.of_judge) {
        *value -= sums[*component as usize];
    }
}
