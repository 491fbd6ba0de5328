use chrono::NaiveDate;

use crate::base::{
    clock::Moment,
    sentence::{FieldErrors, Sentence},
};

crate::act_error! {
    /// Why the tree stays as it is.
    pub enum TreeError {
        InFuture => "units-refused-in-future",
        TooEarly { name: String } => "units-refused-too-early",
        Closed { name: String } => "units-refused-closed",
        ParentNotAbove { parent: String } => "units-refused-parent-not-above",
        ChildNotBelow { child: String } => "units-refused-child-not-below",
        HasChildren { name: String, count: i64 } => "units-refused-has-children",
        HasErrors { count: usize } => "units-import-has-errors",
        SameUnit => "units-refused-same-unit",
        ChangedMeanwhile => "units-import-changed-meanwhile",
    }
}

impl TreeError {
    pub fn code_taken() -> Self {
        FieldErrors::one("code", Sentence::new("units-code-taken")).into()
    }
}

/// What happens to the tree has happened: a change is written down when its day has come. A day of grace, because
/// the day begins earlier east of Greenwich.
pub fn has_come(as_of: NaiveDate, now: Moment) -> Result<(), TreeError> {
    if as_of <= (now + chrono::Duration::days(1)).date() { Ok(()) } else { Err(TreeError::InFuture) }
}
