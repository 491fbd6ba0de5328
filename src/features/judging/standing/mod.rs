//! The standing of a pool: computed from the sheets that count, each time it is asked for, by the exact rules of
//! `ranking::standing`. What is stored is the decision.

mod row;
mod form;
mod combine;
mod compute;

pub use combine::{Weights, effective_weights};
pub use compute::standing_of;
pub use form::{form_of, sheet_score};
pub use row::{JudgeScore, Standing, StandingRow, ratio_text};
