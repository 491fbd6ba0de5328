//! Putting parts together: two rounds, or a jury and votes, with the weight that each really has.

mod combined;
mod standardised;
mod points;
mod votes;

pub use combined::{Combined, Part, Share, combine};
pub use points::{POINTS, points_by_place};
pub use standardised::standardised;
pub use votes::{star_mean, wilson_lower_bound};
