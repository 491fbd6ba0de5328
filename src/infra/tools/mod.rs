//! The door to other programs (ffmpeg, LibreOffice, poppler, Chromium): each run is a child process with limits on time,
//! memory and file size, without a network, and ended with all its children when its time is over.

mod confine;
mod run;
mod talk;

pub use confine::Confinement;
pub use run::{Limits, Output, ToolError, is_installed, run};
pub use talk::Talk;
