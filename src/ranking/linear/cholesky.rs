//! `A = L L'` of a positive definite matrix, and what follows from it.

use faer::linalg::solvers::{DenseSolveCore, Llt};
use faer::{Mat, Side};

use super::{Symmetric, dot};

pub const LARGEST_PLAIN: usize = 384;

/// The same place of eight vectors.
pub type Lanes = [f64; 8];

pub struct Cholesky {
    /// The lower triangle, row by row; above the diagonal there are zeros.
    lower: Symmetric,
    large: Option<Llt<f64>>,
}

impl Cholesky {
    /// `None` when the matrix is not positive definite as far as the numbers can tell.
    pub fn of(matrix: &Symmetric) -> Option<Self> {
        if matrix.size() <= LARGEST_PLAIN {
            return Some(Self { lower: plain(matrix)?, large: None });
        }
        let size = matrix.size();
        let factored =
            Llt::new(Mat::from_fn(size, size, |row, column| matrix[(row, column)]).as_ref(), Side::Lower);
        let factored = factored.ok()?;
        let mut lower = Symmetric::zero(size);
        for row in 0..size {
            for column in 0..=row {
                lower[(row, column)] = factored.L()[(row, column)];
            }
        }
        Some(Self { lower, large: Some(factored) })
    }

    pub fn log_determinant(&self) -> f64 {
        2.0 * (0..self.lower.size()).map(|row| self.lower[(row, row)].ln()).sum::<f64>()
    }

    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = right.to_vec();
        for row in 0..self.lower.size() {
            let known = dot(&self.lower.row(row)[..row], &solution[..row]);
            solution[row] = (solution[row] - known) / self.lower[(row, row)];
        }
        self.solve_transposed(&mut solution);
        solution
    }

    /// `L' x = z` in place.
    fn solve_transposed(&self, vector: &mut [f64]) {
        for row in (0..self.lower.size()).rev() {
            vector[row] /= self.lower[(row, row)];
            let known = vector[row];
            for (value, factor) in vector[..row].iter_mut().zip(self.lower.row(row)) {
                *value -= known * factor;
            }
        }
    }

    /// The same for several vectors at once, so that the matrix passes through the caches once for all of them. With standard
    /// normal numbers before, each vector has the covariance `A^-1` afterwards.
    pub fn solve_transposed_block(&self, block: &mut [Lanes]) {
        for row in (0..self.lower.size()).rev() {
            let own = self.lower[(row, row)];
            block[row].iter_mut().for_each(|value| *value /= own);
            let known = block[row];
            for (values, factor) in block[..row].iter_mut().zip(self.lower.row(row)) {
                for (value, known) in values.iter_mut().zip(known) {
                    *value -= known * factor;
                }
            }
        }
    }

    pub fn inverse(&self) -> Symmetric {
        let size = self.lower.size();
        let mut inverse = Symmetric::zero(size);
        if let Some(large) = &self.large {
            let whole = large.inverse();
            for row in 0..size {
                for column in 0..size {
                    inverse[(row, column)] = whole[(row.max(column), row.min(column))];
                }
            }
            return inverse;
        }
        let mut unit = vec![0.0; size];
        for column in 0..size {
            unit.fill(0.0);
            unit[column] = 1.0;
            let solution = self.solve(&unit);
            for row in column..size {
                inverse[(row, column)] = solution[row];
                inverse[(column, row)] = solution[row];
            }
        }
        inverse
    }
}

fn plain(matrix: &Symmetric) -> Option<Symmetric> {
    let mut lower = Symmetric::zero(matrix.size());
    for row in 0..matrix.size() {
        for column in 0..=row {
            let known = dot(&lower.row(row)[..column], &lower.row(column)[..column]);
            let rest = matrix[(row, column)] - known;
            if row > column {
                lower[(row, column)] = rest / lower[(column, column)];
            } else if rest > 0.0 {
                lower[(row, row)] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_matrix(size: usize) -> Symmetric {
        let mut matrix = Symmetric::zero(size);
        for row in 0..size {
            for column in 0..size {
                matrix[(row, column)] = 1.0 / (1 + row.abs_diff(column)) as f64;
            }
        }
        matrix.add_to_diagonal(1.0);
        matrix
    }

    #[test]
    fn solving_and_inverting_agree_on_both_paths() {
        for size in [1, 2, 9, LARGEST_PLAIN + 1] {
            let matrix = a_matrix(size);
            let right: Vec<f64> = (0..size).map(|row| (row % 7) as f64).collect();
            let cholesky = Cholesky::of(&matrix).unwrap();
            let solution = cholesky.solve(&right);
            for (found, expected) in matrix.times(&solution).iter().zip(&right) {
                assert!((found - expected).abs() < 1e-10);
            }
            let mut block: Vec<Lanes> = right.iter().map(|value| [*value; 8]).collect();
            let mut single = right.clone();
            cholesky.solve_transposed_block(&mut block);
            cholesky.solve_transposed(&mut single);
            assert!(block.iter().zip(&single).all(|(lanes, value)| lanes[7].total_cmp(value).is_eq()));
            for (found, expected) in cholesky.inverse().times(&right).iter().zip(&solution) {
                assert!((found - expected).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn what_is_not_positive_definite_is_refused() {
        let mut matrix = Symmetric::zero(2);
        for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            matrix[(row, column)] = 1.0;
        }
        assert!(Cholesky::of(&matrix).is_none());
    }

    #[test]
    fn a_determinant_by_hand() {
        // 2 1 / 1 2 has the determinant 3.
        let mut matrix = a_matrix(2);
        matrix[(0, 1)] = 1.0;
        matrix[(1, 0)] = 1.0;
        assert!((Cholesky::of(&matrix).unwrap().log_determinant() - 3.0_f64.ln()).abs() < 1e-14);
    }
}
