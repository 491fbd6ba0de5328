//! Why a file cannot be ranked: the line and the reason.

use thiserror::Error;

use super::super::methods::RefusedZScore;
use super::super::standing::InvalidMark;

#[derive(Debug, Error)]
pub enum CommandError {
    #[error("line {line}: {fault}")]
    Line { line: u64, fault: Fault },
    #[error("the file cannot be read")]
    Unreadable(#[from] std::io::Error),
    #[error("the file has no ratings")]
    NoRatings,
    #[error(transparent)]
    ZScore(#[from] RefusedZScore),
}

impl CommandError {
    pub fn key(&self) -> &'static str {
        match self {
            Self::Line { fault, .. } => fault.key(),
            Self::Unreadable(_) => "ranking-file-unreadable",
            Self::NoRatings => "ranking-file-no-ratings",
            Self::ZScore(refusal) => refusal.key(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("the column \"{0}\" is missing; the first line must name entry, judge and score")]
    ColumnMissing(&'static str),
    #[error("the column \"{0}\" stands there twice")]
    ColumnTwice(&'static str),
    #[error("there are {found} fields where the first line has {expected}")]
    FieldCount { expected: u64, found: u64 },
    #[error("the text is not UTF-8")]
    NotUtf8,
    #[error("the field \"{0}\" is empty")]
    Empty(&'static str),
    #[error("\"{text}\" is no {column}: {why}")]
    Number { column: &'static str, text: String, why: InvalidMark },
    #[error("the weight must be above zero, not {0}")]
    Weight(String),
    #[error("the weight of \"{criterion}\" is {weight} here and was {before} before")]
    WeightChanged { criterion: String, weight: String, before: String },
    #[error("judge {judge} scored {entry} already on line {first}")]
    Twice { entry: String, judge: String, first: u64 },
    #[error("a column \"weight\" needs a column \"criterion\"")]
    WeightWithoutCriterion,
    #[error("the scale from {min} to {max} has no range")]
    Scale { min: String, max: String },
    #[error("the weights are too fine or too large to be computed exactly")]
    TooLarge,
    #[error("there are more names or lines than fit")]
    TooMany,
}

impl Fault {
    pub fn key(&self) -> &'static str {
        match self {
            Self::ColumnMissing(_) => "ranking-file-column-missing",
            Self::ColumnTwice(_) => "ranking-file-column-twice",
            Self::FieldCount { .. } => "ranking-file-field-count",
            Self::NotUtf8 => "ranking-file-not-utf8",
            Self::Empty(_) => "ranking-file-empty-field",
            Self::Number { .. } => "ranking-file-number",
            Self::Weight(_) => "ranking-file-weight",
            Self::WeightChanged { .. } => "ranking-file-weight-changed",
            Self::Twice { .. } => "ranking-file-twice",
            Self::WeightWithoutCriterion => "ranking-file-weight-without-criterion",
            Self::Scale { .. } => "ranking-file-scale",
            Self::TooLarge => "ranking-file-too-large",
            Self::TooMany => "ranking-file-too-many",
        }
    }

    pub(super) fn on(self, line: u64) -> CommandError {
        CommandError::Line { line, fault: self }
    }
}
