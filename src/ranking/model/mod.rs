//! The models that tell an entry's quality from its judges' generosity, and how sure they are.
//!
//! Everywhere a positive generosity means a GENEROUS judge; severity is its opposite. Scores are in the units of the ratings,
//! variances in their squares.
//!
//! ```
//! use hoithi::ranking::model::{Rating, Ratings, mixed};
//! use hoithi::ranking::standing::Ratio;
//!
//! let marks = [("a", "x", 7), ("a", "y", 9), ("b", "x", 5), ("b", "y", 8), ("c", "y", 6)];
//! let ratings = Ratings::new(marks.map(|(entry, judge, mark)| Rating::new(entry, judge, Ratio::whole(mark))));
//! let fit = mixed(&ratings);
//! assert!(fit.scores[0] > fit.scores[1]);
//! ```

mod ratings;
mod sums;
mod operator;
mod fit;
mod note;
mod least_squares;
mod reml;
mod large;
mod mixed;
mod spread;
mod minimum;
mod solver;
mod search;
mod blup;
mod uncertainty;
mod places;
mod leave_out;
mod published;
#[cfg(test)]
mod tests;

pub use blup::{Blup, blup};
pub use fit::Fit;
pub use least_squares::{least_squares, least_squares_with_errors};
pub use leave_out::{WithoutJudge, without_each_judge};
pub use mixed::{mean, mixed};
pub use note::Note;
pub use places::{Places, border_zone, places};
pub use published::{JudgeLine, Published, published};
pub use ratings::{Rating, Ratings};
pub use spread::{Spread, mixed_spread};
pub use uncertainty::Uncertainty;
