//! From ratings to standings, reliability, uncertainty and assignment. Pure: no database, no clock, only numbers and names.
#![expect(clippy::cast_precision_loss, reason = "counts of entries, judges and sheets are far below 2^52")]

mod linear;
mod design;

/// The exact standing: sheets, ties, cuts and quotas in whole numbers.
pub mod standing;
/// Who judges what.
pub mod assignment;
/// Calibration: entries' quality apart from judges' generosity, and how sure it is.
pub mod model;
/// Other ways to an order: z-scores, Borda, majorities, pairs.
pub mod methods;
/// How far the marks would be the same with other judges.
pub mod reliability;
/// `hoithi rank` and `hoithi reliability`.
pub mod command;
/// What is worth a look in the marks of each judge.
pub mod diagnostics;
/// Two rounds, or a jury and votes, with the weight that each really has.
pub mod combination;
