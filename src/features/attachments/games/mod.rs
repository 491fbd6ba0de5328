//! Games that are played in the page: a zip or a single page of HTML, unpacked into the file store once for each content,
//! tried once in a browser, handed out for a while to whoever may see the entry.

mod alias;
mod game;
mod pass;
mod record;
mod sort;
mod trial;
mod trouble;
pub mod store;

pub use alias::{alias_of, behind_alias, is_alias};
pub use game::{Game, GameFile, GameState, Trial};
pub use pass::PlayPass;
pub use record::{
    UNPACK, UnpackedFile, plan_trials, prepare, record_trial, record_unpacked, record_unplayable,
};
pub use sort::{is_game, media_type_of};
pub use trial::{TrialTrouble, TrialWord};
pub use trouble::sentence_of;
