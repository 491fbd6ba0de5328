//! Rows in and out.

mod assignments;
mod calibrations;
mod panel;
mod sheets;
mod viewings;

pub use assignments::*;
pub use calibrations::*;
pub use panel::*;
pub use sheets::*;
pub use viewings::*;
