//! What is said in a film or a recording, as text beside it: a WebVTT or SRT file is read, and only times and words of it
//! are kept.

mod add;
mod caption;
mod read;
mod remove;
pub mod store;

pub use add::{AddCaptionsError, MAX_BYTES, add_captions};
pub use caption::Captions;
pub use read::{CaptionLines, Cue};
pub use remove::{RemoveCaptionsError, remove_captions};
