//! Pure measures of likeness: no database, no files, no entries. Text is compared by shingles of syllables, pictures by
//! the bits of a perceptual hash. Both have keys: two things that are alike share one, so that nobody compares all with
//! all.

mod compare;
mod index;
mod minhash;
mod picture;
mod syllables;

pub use compare::{Comparison, Passage, compare};
pub use index::Index;
pub use minhash::{asked_keys, kept_keys};
pub use picture::{MAX_DISTANCE, PictureHash, hash_picture};
pub use syllables::{Shingles, Text, common_shingles};
