//! From ratings to standings, reliability, uncertainty and assignment. Pure: no database, no clock, only numbers and names.

/// The exact standing: sheets, ties, cuts and quotas in whole numbers.
pub mod standing;
