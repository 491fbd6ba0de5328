//! The standing of a pool: computed from the sheets that count, each time it is asked for, by the exact rules of
//! `ranking::standing`. What is stored is the decision.

mod row;
mod form;
mod combine;
mod compute;
mod cut;
mod certainty;
mod missing;
mod without;
mod diagnosis;
mod export;

pub use certainty::{Certainty, DRAWS, SEED, SureRow, Versus, certainty_of, ratings_of};
pub use combine::{PartKind, PartWeight};
pub use compute::{standing_before_chair, standing_of, step_key};
pub use cut::seats_of;
pub use diagnosis::diagnosis_of;
pub use export::{command_of, marks_csv, rules_json, standing_csv};
pub use form::{form_of, sheet_score};
pub use missing::{Outlook, outlook_of};
pub use row::{JudgeScore, Standing, StandingRow, ratio_text};
pub use without::{WithoutOne, without_each};
