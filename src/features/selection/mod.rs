//! Decisions of bodies and nominations to the level above.

mod accept;
mod candidate;
mod decide;
mod decision;
mod dossier;
mod nominate;
mod nomination;
mod paper;
pub mod quota;
mod recall;
mod return_nomination;
pub mod rules;
pub mod store;
pub mod views;
mod weighing;

pub use accept::{AcceptNominationError, accept_nomination};
pub use candidate::{Candidate, list_candidates};
pub use decide::{DecideError, NewDecision, decide};
pub use decision::{Decision, DecisionEntry, Outcome};
pub use nomination::{Nomination, NominationStatus};
pub use paper::text_errors;
pub use recall::{RecallNominationError, recall_nomination};
pub use return_nomination::{ReturnNominationError, return_nomination};
pub use weighing::{kind_key, unit_kind_key};
