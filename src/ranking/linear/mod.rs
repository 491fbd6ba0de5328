//! The linear algebra of the models: symmetric matrices, one row and column per judge.
//!
//! Up to [`LARGEST_PLAIN`] rows everything is plain additions and multiplications in a fixed order, so the bits are the
//! same on every machine; above that faer does the work, whose order of summation depends on the processor's caches.

mod matrix;
mod cholesky;
mod tridiagonal;

pub(super) use cholesky::{Cholesky, LARGEST_PLAIN, Lanes};
pub(super) use matrix::{Symmetric, dot};
pub(super) use tridiagonal::{Shifted, Tridiagonal};
