//! Panels, assignments, conflicts, sheets and standings.

mod assignment;
mod panel;
mod sheet;
pub mod store;

pub use assignment::{Assignment, Conflict};
pub use panel::{PanelMember, PanelRole};
pub use sheet::{Mark, Sheet, SheetEvent, SheetEventKind, SheetStatus};
