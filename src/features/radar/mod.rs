//! The radar for copies: which entries are alike in their files, pictures, films or words. It only shows; people judge.

mod decide;
mod fingerprint;
mod likeness;
mod matching;
mod request;
mod take;
pub mod measure;
pub mod policy;
pub mod store;
pub mod views;

pub use decide::{DecideLikenessError, dismiss_likeness, mark_seen};
pub use fingerprint::{Fingerprint, FingerprintKind, own_words};
pub use likeness::{Evidence, Likeness, LikenessKind, LikenessStatus, PairOfFiles, PairOfPassages};
pub use matching::{Findings, common_of_contest, find_likenesses, keep_likenesses};
pub use request::{RADAR_OF_CONTEST, RequestRadarError, request_radar};
pub use take::{Keyed, Taken, keep_fingerprints, keys_anew, save_keys_anew};
