//! Keeping the store and the rows true to each other: what no row names goes, what a row names is read again from time
//! to time.

mod check;
pub mod store;
pub mod views;

pub use check::{FileCheck, Finding, note_check};
