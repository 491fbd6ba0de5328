//! The organisation as a dated tree of units.

mod level;
mod unit;
mod version;
pub mod store;
pub mod views;

pub use level::{Level, LevelCode};
pub use unit::{Unit, UnitAncestor, UnitKind};
pub use version::UnitVersion;
