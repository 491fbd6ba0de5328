//! What a judge looked at before giving a sheet: kept only where the round asks for it, shown to whoever leads the judging.

mod ranges;
mod seen;
mod gate;
mod record;
mod waive;

pub use gate::{Lacking, Look, Measure, lacking, looks};
pub use ranges::Ranges;
pub use record::{RecordViewingError, record_viewing};
pub use seen::{Viewing, ViewingWaiver};
pub use waive::{WaiveViewingError, waive_viewing};
