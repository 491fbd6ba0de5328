//! Entries that the whole panel scores first, to see how far apart it is before the rest is scored.

mod calibration;
mod make;
mod mark;
mod spread;

pub use calibration::Calibration;
pub use make::{NewSample, make_sample};
pub use mark::{CalibrateError, mark_calibration, unmark_calibration};
pub use spread::{FEWEST_FOR_SPREAD, Spread, spreads};
