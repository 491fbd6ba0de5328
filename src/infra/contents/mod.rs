//! What stands in a file, for comparing: the words of documents and slides, a picture's pixels, frames of a film.
//! Everything under limits, because files come from strangers.

mod office;
mod pictures;
mod words;

pub use pictures::{frames_of, read_picture};
pub use words::words_of;
