//! Starts a game in a browser of ours, keeps its picture, and writes down whether it starts by itself.

use std::time::Duration;

use tokio::runtime::Handle;

use super::{
    Outcome, Tools,
    render::{Stop, end, make_from},
};
use crate::{
    features::attachments::{
        FileHash,
        games::{self, Game, GameFile, TrialTrouble},
        renditions::Recipe,
    },
    infra::{
        browser::{self, Answer, Seen, policy_of_games, with_memory},
        db::{Db, DbError},
        media::{Facts, MediaError},
        queue::Job,
        tools::ToolError,
    },
};

/// As the sentence for a game that took longer says it (`games-trial-slow`).
const LOADS_WITHIN: Duration = Duration::from_secs(25);
/// An address that exists nowhere: whatever stands there is what this job hands out.
const ORIGIN: &str = "https://game.invalid";

pub fn run(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        let hash = FileHash::from_store(&job.subject);
        let tried = try_game(&tools, &job, &hash).await;
        end(&tools, &job, hash, tried).await
    })
}

async fn try_game(tools: &Tools, job: &Job, hash: &FileHash) -> Result<Facts, Stop> {
    let of = hash.clone();
    let Some((game, files)) = tools.db.read(move |db| read(db, &of)).await? else {
        return Err(Stop::Media(MediaError::Broken("no game".to_owned())));
    };
    let seen = watch(tools, game, files).await?;
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("seen.png");
    tokio::fs::write(&place, &seen.picture).await?;
    // A page that hangs has no picture.
    let facts = if seen.picture.is_empty() {
        Facts::default()
    } else {
        make_from(tools, job, Recipe::Game, hash, &place).await?
    };
    let is_empty = tokio::task::spawn_blocking(move || browser::is_one_colour(&place));
    let is_empty = is_empty.await.map_err(|error| Stop::Other(error.to_string()))?;
    let outcome = TrialTrouble::of(&seen, is_empty).map_or(Ok(()), Err);
    let (of, now) = (hash.clone(), tools.clock.now());
    tools.db.write(move |db| games::record_trial(db, &of, outcome.clone(), now)).await?;
    Ok(facts)
}

fn read(db: &mut Db, hash: &FileHash) -> Result<Option<(Game, Vec<GameFile>)>, DbError> {
    let Some(game) = games::store::find(db, hash)? else { return Ok(None) };
    Ok(Some((game, games::store::list_files(db, hash)?)))
}

/// With the same walls and the same memory as on the arena, so that what works here works there.
async fn watch(tools: &Tools, game: Game, files: Vec<GameFile>) -> Result<Seen, Stop> {
    let Some(program) = browser::program() else {
        return Err(Stop::Media(MediaError::Missing("chromium".to_owned())));
    };
    let folder = tempfile::tempdir()?;
    let (store, runtime) = (tools.files.clone(), Handle::current());
    let looked = tokio::task::spawn_blocking(move || {
        let policy = policy_of_games(ORIGIN, ORIGIN);
        browser::look(program, folder.path(), (ORIGIN, &game.start_path), LOADS_WITHIN, |path| {
            let file = files.iter().find(|file| file.path == path)?;
            let copy = runtime.block_on(store.local_copy(file.file_hash.as_str())).ok()?;
            let bytes = std::fs::read(copy.path()).ok()?;
            let is_page = file.media_type.starts_with("text/html");
            Some(Answer {
                media_type: file.media_type.clone(),
                headers: vec![
                    ("Content-Security-Policy", policy.clone()),
                    ("X-Content-Type-Options", "nosniff".to_owned()),
                    ("Access-Control-Allow-Origin", "*".to_owned()),
                ],
                bytes: if is_page { with_memory(&bytes) } else { bytes },
            })
        })
    });
    let looked = looked.await.map_err(|error| Stop::Other(error.to_string()))?;
    looked.map_err(|error| match error {
        ToolError::Missing(program) => Stop::Media(MediaError::Missing(program)),
        ToolError::TookTooLong { .. } => Stop::Media(MediaError::TookTooLong),
        other => Stop::Other(other.to_string()),
    })
}
