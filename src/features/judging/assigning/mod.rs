//! Who judges which entry: drawn in balance or assigned by hand, never across a conflict.

mod assignment;
mod facts;
mod lines;
mod draw;
mod by_hand;
mod pull;
mod conflict;

pub use assignment::{Assignment, Conflict};
pub use by_hand::{AssignError, assign, end_assignment};
pub use conflict::{DeclareConflictError, declare_conflict};
pub use draw::{DrawError, DrawOutcome, NewDraw, assignment as new_assignment, draw_assignments, draw_more};
pub use facts::{JudgeFacts, PoolFacts, StandingEntry, WhyNot};
pub use lines::{RuleConflict, UnitLines, conflict_by_rule};
pub use pull::{PullError, pull_next};
