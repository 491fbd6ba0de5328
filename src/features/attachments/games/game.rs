use diesel::prelude::*;

use crate::{base::clock::Moment, features::attachments::FileHash};

crate::text_enum! {
    pub enum GameState {
        Ready = "ready",
        /// It was taken once, but cannot be unpacked by the rules of today.
        Refused = "refused",
    }
}

crate::text_enum! {
    /// What a browser of ours saw when it started the game by itself.
    pub enum Trial {
        NotYet = "not_yet",
        Started = "started",
        /// A script broke off, or the page stayed empty.
        Failed = "failed",
    }
}

/// One content of a game file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::games, primary_key(file_hash), treat_none_as_null = true)]
pub struct Game {
    pub file_hash: FileHash,
    pub state: GameState,
    pub start_path: String,
    pub file_count: i32,
    pub byte_count: i64,
    pub trial: Trial,
    pub trial_reason: String,
    pub unpacked_at: Moment,
    pub tried_at: Option<Moment>,
}

/// One file of an unpacked game.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::game_files)]
pub struct GameFile {
    pub game_hash: FileHash,
    pub path: String,
    pub file_hash: FileHash,
    pub media_type: String,
}
