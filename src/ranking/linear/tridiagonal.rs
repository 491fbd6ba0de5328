//! A symmetric matrix turned into three diagonals by Householder's reflections (`M = Q T Q'`). Afterwards everything the
//! likelihood needs of `M + shift I` costs one pass over the diagonals, for any shift.

use super::{Symmetric, dot};

pub struct Tridiagonal {
    diagonal: Vec<f64>,
    /// Beside the diagonal: one number fewer.
    beside: Vec<f64>,
    /// `Q' vector` of the vectors given at the start.
    turned: Vec<Vec<f64>>,
}

/// Of `M + shift I` and the first vector `g`, with derivatives by the shift.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shifted {
    /// ln det, and the trace of the inverse.
    pub log_determinant: f64,
    pub trace_of_inverse: f64,
    /// `g' (M + shift I)^-1 g`, and minus its derivative `g' (M + shift I)^-2 g`.
    pub quadratic: f64,
    pub quadratic_of_square: f64,
}

impl Tridiagonal {
    pub fn of(mut matrix: Symmetric, vectors: &[&[f64]]) -> Self {
        let size = matrix.size();
        let mut turned: Vec<Vec<f64>> = vectors.iter().map(|vector| vector.to_vec()).collect();
        let mut beside = Vec::with_capacity(size.saturating_sub(1));
        for step in 0..size.saturating_sub(1) {
            let mut mirror = matrix.row(step)[step + 1..].to_vec();
            let length = dot(&mirror, &mirror).sqrt();
            let alpha = if mirror[0] > 0.0 { -length } else { length };
            mirror[0] -= alpha;
            let squared = dot(&mirror, &mirror);
            if squared == 0.0 || mirror[1..].iter().all(|value| *value == 0.0) {
                beside.push(matrix[(step, step + 1)]);
                continue;
            }
            beside.push(alpha);
            let beta = 2.0 / squared;
            reflect(&mut matrix, step + 1, &mirror, beta);
            for vector in &mut turned {
                let share = beta * dot(&mirror, &vector[step + 1..]);
                vector[step + 1..]
                    .iter_mut()
                    .zip(&mirror)
                    .for_each(|(value, mirror)| *value -= share * mirror);
            }
        }
        Self { diagonal: (0..size).map(|row| matrix[(row, row)]).collect(), beside, turned }
    }

    /// `None` when `M + shift I` is not positive definite.
    pub fn shifted(&self, shift: f64) -> Option<Shifted> {
        let vector = self.turned.first()?;
        let mut sums = Shifted::default();
        let (mut pivot, mut pivot_by_shift) = (0.0, 0.0);
        let mut pivots = Vec::with_capacity(self.diagonal.len());
        let mut forward = Vec::with_capacity(self.diagonal.len());
        for (row, diagonal) in self.diagonal.iter().enumerate() {
            let (mut next, mut next_by_shift, mut carried) = (diagonal + shift, 1.0, vector[row]);
            if row > 0 {
                let factor = self.beside[row - 1] / pivot;
                next -= factor * self.beside[row - 1];
                next_by_shift += factor * factor * pivot_by_shift;
                carried -= factor * forward[row - 1];
            }
            if next <= 0.0 || !next.is_finite() {
                return None;
            }
            (pivot, pivot_by_shift) = (next, next_by_shift);
            pivots.push(pivot);
            forward.push(carried);
            sums.log_determinant += pivot.ln();
            sums.trace_of_inverse += pivot_by_shift / pivot;
            sums.quadratic += carried * carried / pivot;
        }
        let mut solution = 0.0;
        for row in (0..pivots.len()).rev() {
            let carried = if row + 1 < pivots.len() { self.beside[row] * solution } else { 0.0 };
            solution = (forward[row] - carried) / pivots[row];
            sums.quadratic_of_square += solution * solution;
        }
        Some(sums)
    }

    /// ln det of `M + shift I`, and the products `g_a' (M + shift I)^-1 g_b` of the first two vectors: 00, 01, 11.
    pub fn products(&self, shift: f64) -> Option<(f64, [f64; 3])> {
        let [first, second] = self.turned.as_slice() else { return None };
        let (mut determinant, mut products) = (0.0, [0.0; 3]);
        let (mut pivot, mut before) = (1.0, [0.0; 2]);
        for (row, diagonal) in self.diagonal.iter().enumerate() {
            let beside = if row > 0 { self.beside[row - 1] } else { 0.0 };
            let factor = beside / pivot;
            pivot = diagonal + shift - factor * beside;
            if pivot <= 0.0 || !pivot.is_finite() {
                return None;
            }
            before = [first[row] - factor * before[0], second[row] - factor * before[1]];
            determinant += pivot.ln();
            products[0] += before[0] * before[0] / pivot;
            products[1] += before[0] * before[1] / pivot;
            products[2] += before[1] * before[1] / pivot;
        }
        Some((determinant, products))
    }

    /// The eigenvalue with `position` smaller ones, by counting signs (Sturm) and bisection.
    pub fn eigenvalue(&self, position: usize) -> f64 {
        let reach = |row: usize| {
            let left = if row > 0 { self.beside[row - 1].abs() } else { 0.0 };
            left + self.beside.get(row).map_or(0.0, |value| value.abs())
        };
        let rows = 0..self.diagonal.len();
        let mut low = rows.clone().map(|row| self.diagonal[row] - reach(row)).fold(f64::INFINITY, f64::min);
        let mut high = rows.map(|row| self.diagonal[row] + reach(row)).fold(f64::NEG_INFINITY, f64::max);
        for _ in 0..100 {
            let middle = low.midpoint(high);
            if self.count_below(middle) > position { high = middle } else { low = middle }
        }
        low.midpoint(high)
    }

    fn count_below(&self, value: f64) -> usize {
        let mut pivot = 1.0;
        let mut count = 0;
        for (row, diagonal) in self.diagonal.iter().enumerate() {
            let beside = if row > 0 { self.beside[row - 1] } else { 0.0 };
            pivot = diagonal - value - beside * beside / pivot;
            if pivot == 0.0 {
                pivot = f64::MIN_POSITIVE;
            }
            count += usize::from(pivot < 0.0);
        }
        count
    }
}

/// `H A H` with `H = I - beta m m'` on the rows and columns from `start` on.
fn reflect(matrix: &mut Symmetric, start: usize, mirror: &[f64], beta: f64) {
    let size = matrix.size();
    let mut product: Vec<f64> =
        (start..size).map(|row| beta * dot(&matrix.row(row)[start..], mirror)).collect();
    let half = beta / 2.0 * dot(&product, mirror);
    product.iter_mut().zip(mirror).for_each(|(value, mirror)| *value -= half * mirror);
    for row in start..size {
        let (own_mirror, own_product) = (mirror[row - start], product[row - start]);
        let targets = matrix.row_mut(row)[start..].iter_mut();
        for ((value, mirror), product) in targets.zip(mirror).zip(&product) {
            *value -= own_mirror * product + own_product * mirror;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cholesky;
    use super::*;

    fn a_matrix() -> (Symmetric, Vec<f64>) {
        let mut matrix = Symmetric::zero(5);
        for (row, line) in [
            [4., 1., -2., 2., 0.],
            [1., 2., 0., 1., 0.],
            [-2., 0., 3., -2., 0.],
            [2., 1., -2., 1., 0.],
            [0.; 5],
        ]
        .iter()
        .enumerate()
        {
            matrix.row_mut(row).copy_from_slice(line);
        }
        (matrix, vec![1.0, -2.0, 0.5, 3.0, 1.0])
    }

    #[test]
    fn everything_agrees_with_cholesky() {
        let (matrix, vector) = a_matrix();
        let tridiagonal = Tridiagonal::of(matrix.clone(), &[&vector, &[1.0; 5]]);
        for shift in [3.0, 5.0, 400.0] {
            let mut whole = matrix.clone();
            whole.add_to_diagonal(shift);
            let cholesky = Cholesky::of(&whole).unwrap();
            let solution = cholesky.solve(&vector);
            let sums = tridiagonal.shifted(shift).unwrap();
            for (found, expected) in [
                (sums.log_determinant, cholesky.log_determinant()),
                (sums.trace_of_inverse, cholesky.inverse().trace()),
                (sums.quadratic, dot(&vector, &solution)),
                (sums.quadratic_of_square, dot(&solution, &solution)),
            ] {
                assert!((found - expected).abs() < 1e-12 * expected.abs().max(1.0), "{found} {expected}");
            }
            let (determinant, products) = tridiagonal.products(shift).unwrap();
            let ones = cholesky.solve(&[1.0; 5]);
            let expected = [sums.quadratic, dot(&vector, &ones), ones.iter().sum()];
            assert!((determinant - sums.log_determinant).abs() < 1e-12);
            for (found, expected) in products.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-12, "{found} {expected}");
            }
        }
    }

    #[test]
    fn eigenvalues_are_found_by_counting() {
        let (matrix, vector) = a_matrix();
        let tridiagonal = Tridiagonal::of(matrix.clone(), &[&vector, &[1.0; 5]]);
        let found: Vec<f64> = (0..5).map(|position| tridiagonal.eigenvalue(position)).collect();
        assert!((found.iter().sum::<f64>() - matrix.trace()).abs() < 1e-12);
        assert!(found.windows(2).all(|pair| pair[0] <= pair[1]));
        // The characteristic polynomial is not needed: each is where M - value I is singular.
        for value in found {
            assert_ne!(tridiagonal.count_below(value - 1e-9), tridiagonal.count_below(value + 1e-9));
        }
    }
}
