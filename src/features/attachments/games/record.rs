//! What becomes of a game file: asked for when it is attached, done by jobs, written down here.

use super::{Game, GameFile, GameState, Trial, TrialTrouble, is_game, media_type_of, store};
use crate::{
    base::clock::Moment,
    features::attachments::{
        self, Attachment, FileHash, FileRow,
        renditions::{self, Recipe},
    },
    infra::{
        db::{Db, DbError},
        files::StoredFile,
        queue::{self, NewJob},
    },
};

/// The kind of the job; the subject is the file's hash.
pub const UNPACK: &str = "unpack_game";
const AT_ONCE: i64 = 50;

/// Asks for a game to be unpacked, unless that was done already for the same bytes.
pub fn prepare(db: &mut Db, attachment: &Attachment, now: Moment) -> Result<(), DbError> {
    if !is_game(&attachment.media_type) || store::find(db, &attachment.file_hash)?.is_some() {
        return Ok(());
    }
    let job = NewJob::now(UNPACK, attachment.file_hash.as_str(), now)
        .with(serde_json::json!({ "media_type": attachment.media_type }));
    queue::enqueue(db, &job, now)
}

/// A file that came out of a game and is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnpackedFile {
    pub path: String,
    pub stored: StoredFile,
    pub is_utf8: bool,
}

/// All files of a game at once: a game is whole or not there. Done twice, it is done once.
pub fn record_unpacked(
    db: &mut Db,
    game: &FileHash,
    start_path: &str,
    files: &[UnpackedFile],
    now: Moment,
) -> Result<(), DbError> {
    let byte_count = files.iter().map(|file| file.stored.byte_count).sum();
    let row = Game {
        file_count: i32::try_from(files.len()).unwrap_or(i32::MAX),
        byte_count,
        start_path: start_path.to_owned(),
        ..blank(game, GameState::Ready, now)
    };
    store::insert_once(db, &row)?;
    for file in files {
        let media_type = media_type_of(&file.path, file.is_utf8).to_owned();
        let file_hash = FileHash::of(&file.stored);
        let kept = FileRow {
            hash: file_hash.clone(),
            byte_count: file.stored.byte_count,
            media_type: media_type.clone(),
            stored_at: now,
        };
        attachments::store::insert_file_row_once(db, &kept)?;
        let row = GameFile { game_hash: game.clone(), path: file.path.clone(), file_hash, media_type };
        store::insert_file_once(db, &row)?;
    }
    plan_trial(db, game, now)
}

/// Games that were unpacked before they could be tried. Answers how many are tried for that.
pub fn plan_trials(db: &mut Db, now: Moment) -> Result<usize, DbError> {
    let untried = store::list_untried(db, AT_ONCE)?;
    for game in &untried {
        plan_trial(db, game, now)?;
    }
    Ok(untried.len())
}

/// What is shown of a game is made from the browser's picture of it.
fn plan_trial(db: &mut Db, game: &FileHash, now: Moment) -> Result<(), DbError> {
    renditions::plan_with(db, game, (Recipe::Game, "image/png"), now)
}

/// What a browser saw when it started the game by itself.
pub fn record_trial(
    db: &mut Db,
    game: &FileHash,
    outcome: Result<(), TrialTrouble>,
    now: Moment,
) -> Result<(), DbError> {
    let Some(mut row) = store::find(db, game)? else { return Ok(()) };
    row.trial = if outcome.is_ok() { Trial::Started } else { Trial::Failed };
    row.trial_reason = outcome.err().map(|trouble| trouble.to_string()).unwrap_or_default();
    row.tried_at = Some(now);
    store::save(db, &row)
}

/// It stays what it is: a file to be kept.
pub fn record_unplayable(db: &mut Db, game: &FileHash, reason: &str, now: Moment) -> Result<(), DbError> {
    let row = Game { trial_reason: reason.to_owned(), ..blank(game, GameState::Refused, now) };
    store::insert_once(db, &row)
}

fn blank(game: &FileHash, state: GameState, now: Moment) -> Game {
    Game {
        file_hash: game.clone(),
        state,
        start_path: String::new(),
        file_count: 0,
        byte_count: 0,
        trial: Trial::NotYet,
        trial_reason: String::new(),
        unpacked_at: now,
        tried_at: None,
    }
}
