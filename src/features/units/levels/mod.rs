//! The tiers: added, renamed, put in order. They are data; five of them are only the usual case.

mod save_levels;

pub use save_levels::{LevelForm, SaveLevelsError, add_level, save_levels};
