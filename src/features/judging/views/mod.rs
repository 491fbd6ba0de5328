//! Judging as screens, acts and the standing read it.

mod desk;
mod entries;
mod panel;
mod sheets;

pub use desk::*;
pub use entries::*;
pub use panel::*;
pub use sheets::*;
