//! Makes what is shown of a file: each piece is stored and written down as soon as it is there.

use std::{collections::HashSet, path::Path, time::Duration};

use crate::{
    features::attachments::{
        FileHash,
        renditions::{self, Recipe, Trouble},
    },
    infra::{
        db::DbError,
        files::FileStoreError,
        media::{self, Event, Facts, MediaError, Order},
        queue::{self, Job},
    },
};

use super::{LEASE, Outcome, Setback, Tools, work::MAX_ATTEMPTS};

/// How often it is written down how far it is.
const SAYS_EVERY: Duration = Duration::from_secs(2);

pub fn film(tools: Tools, job: Job) -> Outcome {
    Box::pin(render(tools, job, Recipe::Film))
}

pub fn sound(tools: Tools, job: Job) -> Outcome {
    Box::pin(render(tools, job, Recipe::Sound))
}

pub fn picture(tools: Tools, job: Job) -> Outcome {
    Box::pin(render(tools, job, Recipe::Picture))
}

pub fn document(tools: Tools, job: Job) -> Outcome {
    Box::pin(render(tools, job, Recipe::Document))
}

async fn render(tools: Tools, job: Job, recipe: Recipe) -> Result<(), Setback> {
    let source = FileHash::from_store(&job.subject);
    let made = make(&tools, &job, recipe, &source).await;
    end(&tools, &job, source, made).await
}

/// Writes down how the making ended.
pub(super) async fn end(
    tools: &Tools,
    job: &Job,
    source: FileHash,
    made: Result<Facts, Stop>,
) -> Result<(), Setback> {
    let now = tools.clock.now();
    match made {
        Ok(facts) => {
            tools.db.write(move |db| renditions::finish(db, &source, &facts, now)).await?;
            Ok(())
        }
        Err(Stop::Media(error)) => {
            let reason = error.to_string();
            let is_last = job.attempts >= MAX_ATTEMPTS;
            match Trouble::of(&error).or(is_last.then_some(Trouble::Accident)) {
                Some(trouble) => {
                    tools.db.write(move |db| renditions::give_up(db, &source, trouble, now)).await?;
                    Err(Setback::ForGood(reason))
                }
                None => Err(Setback::ForNow(reason)),
            }
        }
        Err(Stop::Lost) => Err(Setback::ForNow("another worker has it".to_owned())),
        Err(Stop::Other(reason)) if job.attempts >= MAX_ATTEMPTS => {
            tools.db.write(move |db| renditions::give_up(db, &source, Trouble::Accident, now)).await?;
            Err(Setback::ForGood(reason))
        }
        Err(Stop::Other(reason)) => Err(Setback::ForNow(reason)),
    }
}

/// Why the making ended before its time.
pub(super) enum Stop {
    Media(MediaError),
    /// The lease ran out, and somebody else began it.
    Lost,
    Other(String),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<FileStoreError> for Stop {
    fn from(error: FileStoreError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.to_string())
    }
}

async fn make(tools: &Tools, job: &Job, recipe: Recipe, source: &FileHash) -> Result<Facts, Stop> {
    let copy = tools.files.local_copy(source.as_str()).await?;
    make_from(tools, job, recipe, source, copy.path()).await
}

/// Makes what is shown of `source` from the file at `place`.
pub(super) async fn make_from(
    tools: &Tools,
    job: &Job,
    recipe: Recipe,
    source: &FileHash,
    place: &Path,
) -> Result<Facts, Stop> {
    let folder = tempfile::tempdir()?;
    let of = source.clone();
    let known = tools.db.read(move |db| renditions::store::list_names(db, &of)).await?;
    let mut events = media::begin(Order {
        work: recipe.work(),
        media_type: job
            .payload
            .get("media_type")
            .and_then(|word| word.as_str())
            .unwrap_or_default()
            .to_owned(),
        source: place.to_owned(),
        folder: folder.path().to_owned(),
        known: known.into_iter().collect::<HashSet<_>>(),
    })?;
    let mut percent = 0;
    let mut ticks = tokio::time::interval(SAYS_EVERY);
    // The first one comes at once.
    ticks.tick().await;
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Some(Event::Percent(reached)) => percent = i32::from(reached),
                Some(Event::Made(made)) => keep(tools, source, made).await?,
                Some(Event::Ended(ended)) => return ended.map_err(Stop::Media),
                None => return Err(Stop::Other("the work broke off".to_owned())),
            },
            _ = ticks.tick() => say_how_far(tools, job, percent).await?,
        }
    }
}

async fn keep(tools: &Tools, source: &FileHash, made: media::Made) -> Result<(), Stop> {
    let stored = tools.files.keep_file(&made.path).await?;
    let (source, now, place) = (source.clone(), tools.clock.now(), made.path.clone());
    tools.db.write(move |db| renditions::keep(db, &source, &made, &stored, now)).await?;
    tokio::fs::remove_file(place).await?;
    Ok(())
}

async fn say_how_far(tools: &Tools, job: &Job, percent: i32) -> Result<(), Stop> {
    let (job, until) = (job.clone(), tools.clock.now() + LEASE);
    let is_ours = tools.db.write(move |db| queue::extend(db, &job, percent, until)).await?;
    if is_ours { Ok(()) } else { Err(Stop::Lost) }
}
