//! Over many entries: first the fingerprints that are missing, then everybody's keys with what is common by now, then the
//! comparisons. Each entry is a step of its own, so that a run that was broken off loses nothing.

use std::{collections::HashMap, pin::Pin, sync::Arc};

use super::read::read_file;
use crate::{
    base::ids::{ContestId, EntryId},
    features::{
        attachments::{self, Attachment},
        entries::{self, Entry},
        radar::{self, FingerprintKind, Keyed, Taken, measure::Shingles},
    },
    infra::db::{Db, DbError},
    jobs::Tools,
};

/// What says nothing, by contest; told once for a run.
#[derive(Debug, Default)]
pub struct Commons(HashMap<ContestId, Arc<Shingles>>);

impl Commons {
    async fn of(&mut self, tools: &Tools, contest: &ContestId) -> Result<Arc<Shingles>, DbError> {
        if let Some(known) = self.0.get(contest) {
            return Ok(Arc::clone(known));
        }
        let of = contest.clone();
        let common = Arc::new(tools.db.read(move |db| radar::common_of_contest(db, &of)).await?);
        self.0.insert(contest.clone(), Arc::clone(&common));
        Ok(common)
    }
}

/// How far a run is: three passes over the same entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub pass: usize,
    pub done: usize,
    pub of: usize,
}

impl Progress {
    pub fn percent(&self) -> i32 {
        let (done, all) = ((self.pass - 1) * self.of + self.done, 3 * self.of.max(1));
        i32::try_from(done * 100 / all).unwrap_or(100)
    }
}

/// What the listener to a run does with its progress.
pub type Heard = Pin<Box<dyn Future<Output = Result<(), DbError>> + Send>>;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Swept {
    pub entries: usize,
    pub fingerprinted: usize,
    pub likenesses: usize,
}

/// Looks at every entry of a contest, or of all. Entries of other contests are looked for, but not looked at.
pub async fn sweep(
    tools: &Tools,
    contest: Option<ContestId>,
    mut hear: impl FnMut(Progress) -> Heard + Send,
) -> Result<Swept, DbError> {
    let entries = tools.db.read(move |db| radar::views::list_to_watch(db, contest.as_ref())).await?;
    let mut swept = Swept { entries: entries.len(), ..Swept::default() };
    let mut early = Commons::default();
    for (done, entry) in (1..).zip(&entries) {
        swept.fingerprinted += usize::from(fingerprint(tools, entry, &mut early).await?);
        hear(Progress { pass: 1, done, of: entries.len() }).await?;
    }
    let mut commons = Commons::default();
    for (done, entry) in (1..).zip(&entries) {
        key_anew(tools, entry, &mut commons).await?;
        hear(Progress { pass: 2, done, of: entries.len() }).await?;
    }
    for (done, entry) in (1..).zip(&entries) {
        swept.likenesses += compare(tools, entry, &mut commons).await?;
        hear(Progress { pass: 3, done, of: entries.len() }).await?;
    }
    Ok(swept)
}

/// Reads the entry as it was sent in last, unless that was done already. Answers whether it was read.
pub async fn fingerprint(tools: &Tools, entry: &EntryId, commons: &mut Commons) -> Result<bool, DbError> {
    let id = entry.clone();
    let Some((entry, files)) = tools.db.read(move |db| read_unknown(db, &id)).await? else {
        return Ok(false);
    };
    let common = commons.of(tools, &entry.contest_id).await?;
    let own =
        Taken { attachment: None, kind: FingerprintKind::Text, position: 0, value: radar::own_words(&entry) };
    let mut taken = vec![own];
    for file in files {
        taken.extend(taken_of_file(tools, file).await?);
    }
    let keyed = tokio::task::spawn_blocking(move || {
        taken.into_iter().map(|taken| Keyed::new(taken, &common)).collect::<Vec<_>>()
    });
    let keyed = keyed.await.map_err(|_| DbError::Panicked)?;
    let now = tools.clock.now();
    tools.db.write(move |db| radar::keep_fingerprints(db, &entry.id, entry.revision, &keyed, now)).await?;
    Ok(true)
}

fn read_unknown(db: &mut Db, entry: &EntryId) -> Result<Option<(Entry, Vec<Attachment>)>, DbError> {
    let Some(entry) = entries::store::find(db, entry)? else { return Ok(None) };
    if entry.submitted_at.is_none() || radar::views::is_fingerprinted(db, &entry)? {
        return Ok(None);
    }
    let files = attachments::views::list_of_entry(db, &entry.id)?;
    Ok(Some((entry, files)))
}

/// The same bytes are read once, whoever sent them.
async fn taken_of_file(tools: &Tools, file: Attachment) -> Result<Vec<Taken>, DbError> {
    let hash = file.file_hash.clone();
    let known = tools.db.read(move |db| radar::views::fingerprints_of_file(db, &hash)).await?;
    if let Some(known) = known {
        let again = known.into_iter().map(|row| Taken {
            attachment: Some(file.id.clone()),
            kind: row.kind,
            position: row.position,
            value: row.value,
        });
        return Ok(again.collect());
    }
    let Ok(copy) = tools.files.local_copy(file.file_hash.as_str()).await else { return Ok(Vec::new()) };
    let taken = tokio::task::spawn_blocking(move || read_file(copy.path(), &file)).await;
    Ok(taken.unwrap_or_default())
}

async fn key_anew(tools: &Tools, entry: &EntryId, commons: &mut Commons) -> Result<(), DbError> {
    let Some(common) = common_of(tools, entry, commons).await? else { return Ok(()) };
    let id = entry.clone();
    let keys = tools.db.read(move |db| radar::keys_anew(db, &id, &common)).await?;
    tools.db.write(move |db| radar::save_keys_anew(db, &keys)).await
}

/// Answers how many likenesses the entry has.
pub async fn compare(tools: &Tools, entry: &EntryId, commons: &mut Commons) -> Result<usize, DbError> {
    let Some(common) = common_of(tools, entry, commons).await? else { return Ok(0) };
    let (id, now) = (entry.clone(), tools.clock.now());
    let findings = tools.db.read(move |db| radar::find_likenesses(db, &id, &common)).await?;
    let id = entry.clone();
    tools.db.write(move |db| radar::keep_likenesses(db, &id, &findings, now)).await
}

async fn common_of(
    tools: &Tools,
    entry: &EntryId,
    commons: &mut Commons,
) -> Result<Option<Arc<Shingles>>, DbError> {
    let id = entry.clone();
    let entry = tools.db.read(move |db| entries::store::find(db, &id)).await?;
    match entry {
        Some(entry) => Ok(Some(commons.of(tools, &entry.contest_id).await?)),
        None => Ok(None),
    }
}
