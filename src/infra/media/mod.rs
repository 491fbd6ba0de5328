//! The door to media: films and sound through ffmpeg, documents through LibreOffice and poppler, pictures in this process.
//! Everything here reads one file and writes small ones for viewing into a folder; what is made with them others decide.
//! Files of strangers are read with their type forced, so that none of them can name another file to be read.

mod demuxer;
mod desk;
mod document;
mod error;
mod ffmpeg;
mod film;
mod ladder;
mod picture;
mod probe;
mod sound;

pub use demuxer::demuxer_of;
use desk::Desk;
pub use desk::{Event, Facts, Made, Order, Work, begin};
pub use document::{narrow_page_name, page_name, page_thumb_name};
pub use error::MediaError;
pub use ffmpeg::MAX_PIXELS;
pub use picture::{COVER, SMALL_COVER, is_too_large};
pub use probe::{Probe, probe};
