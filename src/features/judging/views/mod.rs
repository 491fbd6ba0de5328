//! Judging as screens, acts and the standing read it.

mod candidates;
mod desk;
mod entries;
mod makers;
mod panel;
mod seats;
mod sheet;
mod sheets;

pub use candidates::*;
pub use desk::*;
pub use entries::*;
pub use makers::*;
pub use panel::*;
pub use seats::*;
pub use sheet::*;
pub use sheets::*;
