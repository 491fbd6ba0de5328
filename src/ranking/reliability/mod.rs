//! How far the marks would be the same with other judges.

mod complete;
mod icc;
mod alpha;
mod kendall;
mod generalizability;
mod judges_needed;

pub use alpha::{Alpha, alpha};
pub use complete::Complete;
pub use generalizability::{Generalizability, generalizability};
pub use icc::{Icc, MeanSquares, icc};
pub use judges_needed::{judges_needed, spearman_brown};
pub use kendall::{Kendall, kendall};
