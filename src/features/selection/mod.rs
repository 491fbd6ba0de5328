//! Decisions of bodies and nominations to the level above.

mod decision;
mod nomination;
pub mod store;

pub use decision::{Decision, DecisionEntry, Outcome};
pub use nomination::{Nomination, NominationStatus};
