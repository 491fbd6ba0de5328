//! Changing what a contest declares. Before the opening everything may change; afterwards each change is written down
//! with its reason, and what would be unfair to those who sent in entries already is refused.

mod frame;
mod texts;
mod dates;
mod limits;
mod category;
mod field;
mod consent;
mod round;
mod desk;
mod criterion;
mod award;
mod organiser;
mod order;
mod remove;
mod end;
mod discard;
pub mod store;
pub mod views;

pub use award::{AwardForm, save_award};
pub use category::{CategoryForm, save_category};
pub use consent::{ConsentForm, PURPOSES, save_consent};
pub use criterion::{CriterionForm, save_criterion, use_criteria_set};
pub use dates::{DatesForm, save_dates};
pub use desk::save_round_desk;
pub use discard::{DiscardContestError, discard_contest};
pub use end::{EndContestError, end_contest};
pub use field::{FieldForm, save_field};
pub use frame::{ChangeContestError, Edit};
pub use limits::{LimitsForm, save_limits};
pub use order::{Direction, PartRow, move_row};
pub use organiser::{add_organiser, remove_organiser};
pub use remove::{Removed, remove_row};
pub use round::{RoundForm, save_round};
pub use texts::{TextsForm, save_texts};
