//! What a panel does with a standing before the decision: remarks on entries, the chair's word on a tie, one more judge at
//! the border of the cut, and which comments entrants may read. Nothing here is ever changed or taken away.

mod rows;
mod say;
mod rule;
mod more;
mod release;
mod feedback;
pub mod store;

pub use feedback::{PoolFeedback, SheetFeedback, feedback_of};
pub use more::{MoreError, MoreJudges, one_more_judge};
pub use release::{ReleaseError, release_comments};
pub use rows::{ExtraDraw, MAX_EXTRA_DRAWS, ReleasedComment, Remark, Ruling};
pub use rule::{RuleError, list_open_ties, rule_on_tie};
pub use say::{RemarkError, add_remark, may_speak};
