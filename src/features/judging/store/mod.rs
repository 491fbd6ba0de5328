//! Rows in and out.

mod assignments;
mod panel;
mod sheets;

pub use assignments::*;
pub use panel::*;
pub use sheets::*;
