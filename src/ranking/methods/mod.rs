//! Other ways to turn marks into an order, offered because rules demand them or because they suit the kind of judging.

mod zscore;
mod ranks;
mod borda;
mod majority;
mod pairwise;

pub use borda::borda;
pub use majority::{OneByOne, Placement, majority_placement, one_by_one};
pub use pairwise::{Abilities, bradley_terry, wins_of_rankings};
pub use ranks::{midranks, ranks_of_judges};
pub use zscore::{RefusedZScore, zscore};
