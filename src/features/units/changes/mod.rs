//! Dated changes of the tree. Each writes a version of what it touches and, where somebody stands elsewhere
//! afterwards, the rows that say who stands above whom.

mod abolish_level;
mod add_unit;
mod ancestors;
mod change_unit;
mod close_unit;
mod error;
mod merge_units;
mod page_url;
mod version;

pub use abolish_level::abolish_level;
pub use add_unit::{NewUnit, add_unit};
pub use ancestors::rewrite_ancestors;
pub use change_unit::{UnitChange, change_unit};
pub use close_unit::close_unit;
pub use error::TreeError;
pub use merge_units::merge_units;
pub use page_url::set_page_url;
pub use version::{close_row, first_version, save_row};
