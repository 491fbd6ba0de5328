//! From ratings to standings, reliability, uncertainty and assignment. Pure: no database, no clock, only numbers and names.
#![expect(clippy::cast_precision_loss, reason = "counts of entries, judges and sheets are far below 2^52")]

mod linear;
mod design;

/// The exact standing: sheets, ties, cuts and quotas in whole numbers.
pub mod standing;
/// Who judges what.
pub mod assignment;
