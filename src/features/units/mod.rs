//! The organisation as a dated tree of units.

mod forest;
mod keeper;
mod level;
mod tree;
mod unit;
mod version;
pub mod changes;
pub mod import;
pub mod levels;
pub mod merges;
pub mod store;
pub mod views;

pub use changes::{NewUnit, TreeError, UnitChange, add_unit};
pub use forest::{Forest, Node, SUCCESSOR_DEPTH};
pub use import::{ImportPlan, import_units};
pub use keeper::TreeKeeper;
pub use level::{Level, LevelCode};
pub use tree::{Tree, UnitOnDate};
pub use unit::{Unit, UnitAncestor, UnitKind};
pub use version::UnitVersion;
