//! The matrix of the smaller factor of mixed model B, with the vectors of ones and of marks, in the form that is cheapest.

use super::super::linear::{Cholesky, Symmetric, Tridiagonal, dot};

pub enum Solver {
    /// Dear to make, and cheap for any number of shifts.
    Tridiagonal(Tridiagonal),
    /// For one or two shifts.
    Whole(Symmetric, [Vec<f64>; 2]),
    /// Without the bigger factor nothing joins two levels.
    Diagonal(Vec<f64>, [Vec<f64>; 2]),
}

impl Solver {
    pub fn tridiagonal(matrix: Symmetric, vectors: &[Vec<f64>; 2]) -> Self {
        Self::Tridiagonal(Tridiagonal::of(matrix, &[&vectors[0], &vectors[1]]))
    }

    pub fn diagonal(matrix: &Symmetric, vectors: [Vec<f64>; 2]) -> Self {
        Self::Diagonal((0..matrix.size()).map(|level| matrix[(level, level)]).collect(), vectors)
    }

    /// Of the matrix with the shift on its diagonal: the logarithm of the determinant, and the products of the vectors through
    /// its inverse: ones with ones, ones with marks, marks with marks.
    pub fn products(&self, shift: f64) -> Option<(f64, [f64; 3])> {
        let (determinant, [ones, marks], [by_ones, by_marks]) = match self {
            Self::Tridiagonal(tridiagonal) => return tridiagonal.products(shift),
            Self::Whole(matrix, vectors) => {
                let mut whole = matrix.clone();
                whole.add_to_diagonal(shift);
                let factor = Cholesky::of(&whole)?;
                (factor.log_determinant(), vectors, [factor.solve(&vectors[0]), factor.solve(&vectors[1])])
            }
            Self::Diagonal(diagonal, vectors) => {
                let solve = |vector: &[f64]| -> Vec<f64> {
                    vector.iter().zip(diagonal).map(|(value, own)| value / (own + shift)).collect()
                };
                let determinant = diagonal.iter().map(|own| (own + shift).ln()).sum();
                (determinant, vectors, [solve(&vectors[0]), solve(&vectors[1])])
            }
        };
        Some((determinant, [dot(&by_ones, ones), dot(&by_ones, marks), dot(&by_marks, marks)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_answers_the_same() {
        let mut matrix = Symmetric::zero(3);
        for (row, values) in [[4.0, -1.0, 0.5], [-1.0, 3.0, -0.25], [0.5, -0.25, 2.0]].iter().enumerate() {
            matrix.row_mut(row).copy_from_slice(values);
        }
        let vectors = [vec![1.0, 2.0, -1.0], vec![0.5, -3.0, 4.0]];
        let near = |one: Option<(f64, [f64; 3])>, other: Option<(f64, [f64; 3])>| {
            let ((one, first), (other, second)) = (one.unwrap(), other.unwrap());
            let close = |(one, other): (f64, f64)| assert!((one - other).abs() < 1e-12, "{one} {other}");
            close((one, other));
            first.into_iter().zip(second).for_each(close);
        };
        let whole = Solver::Whole(matrix.clone(), vectors.clone());
        for shift in [0.1, 1.0, 30.0] {
            near(whole.products(shift), Solver::tridiagonal(matrix.clone(), &vectors).products(shift));
        }
        let mut diagonal = Symmetric::zero(3);
        (0..3).for_each(|level| diagonal.row_mut(level)[level] = 2.0 + level as f64);
        let whole = Solver::Whole(diagonal.clone(), vectors.clone());
        near(whole.products(0.5), Solver::diagonal(&diagonal, vectors).products(0.5));
    }
}
