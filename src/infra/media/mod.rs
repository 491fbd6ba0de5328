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
pub use error::MediaError;
pub use picture::is_too_large;
pub use probe::{Probe, probe};

/// The programs that are used when they are there: name, package on Debian, and the key of what is missing without it.
pub const PROGRAMS: [(&str, &str, &str); 6] = [
    (
        "ffmpeg",
        "ffmpeg",
        "films and sound are shown as they were sent: no sizes for weak networks, no posters",
    ),
    ("ffprobe", "ffmpeg", "the length of a WebM film or of sound is not checked when it is sent in"),
    (
        "soffice",
        "libreoffice-impress-nogui libreoffice-writer-nogui",
        "slides and documents can only be downloaded",
    ),
    ("pdfinfo", "poppler-utils", "documents have no page images"),
    ("pdftoppm", "poppler-utils", "documents have no page images"),
    ("pdftotext", "poppler-utils", "page images have no text for screen readers"),
];
