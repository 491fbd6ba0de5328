//! Ends uploads whose time is over, and takes out of the store what no row names.

use std::collections::HashSet;

use chrono::Duration;

use super::Tools;
use crate::{
    base::ids::UploadId,
    features::attachments::{
        store::keep_works,
        upkeep::store::{list_named, list_without_work},
        uploads::{expire_upload, views},
    },
    infra::db::DbError,
    infra::files::Found,
};

/// Between a file's arrival and the row that names it lies a moment, or, with a form that is looked at first, an hour.
pub const SAFE_AGE: Duration = Duration::days(1);
const AT_ONCE: usize = 500;

/// How many uploads ended and how many files went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub uploads: usize,
    pub files: usize,
}

pub async fn run(tools: Tools) -> anyhow::Result<()> {
    let swept = sweep(&tools).await?;
    if swept != Swept::default() {
        tracing::info!(swept.uploads, swept.files, "the file store was swept");
    }
    Ok(())
}

pub async fn sweep(tools: &Tools) -> anyhow::Result<Swept> {
    let uploads = end_uploads(tools).await?;
    look_at_works(tools).await?;
    let before = (tools.clock.now() - SAFE_AGE).and_utc().timestamp();
    let found = tools.files.list().await?;
    let is_ours = |file: &Found| file.is_arriving || is_hash(&file.name);
    let old: Vec<Found> =
        found.into_iter().filter(|file| file.changed_at < before && is_ours(file)).collect();
    let mut files = 0;
    for some in old.chunks(AT_ONCE) {
        files += sweep_some(tools, some).await?;
    }
    Ok(Swept { uploads, files })
}

async fn end_uploads(tools: &Tools) -> anyhow::Result<usize> {
    let now = tools.clock.now();
    let over = tools.db.read(move |db| views::list_over(db, now)).await?;
    for upload in &over {
        let id = upload.id.clone();
        // Said first: who comes now is told that it is over, and no byte is written behind our back.
        tools.db.write(move |db| expire_upload(db, &id, now)).await?;
        tools.files.forget(&upload.place(), &upload.parts).await?;
    }
    Ok(over.len())
}

/// What lists show of files is put down where it is missing: after a change of what counts as a cover.
async fn look_at_works(tools: &Tools) -> anyhow::Result<()> {
    let limit = i64::try_from(AT_ONCE)?;
    loop {
        let some = tools.db.read(move |db| list_without_work(db, limit)).await?;
        if some.is_empty() {
            return Ok(());
        }
        tools.db.write(move |db| keep_works(db, &some)).await?;
    }
}

async fn sweep_some(tools: &Tools, some: &[Found]) -> anyhow::Result<usize> {
    let hashes: Vec<String> =
        some.iter().filter(|file| !file.is_arriving).map(|file| file.name.clone()).collect();
    let uploads: Vec<UploadId> = some.iter().filter_map(|file| upload_of(&file.name)).collect();
    let (named, open) = tools
        .db
        .read(move |db| -> Result<_, DbError> {
            Ok((list_named(db, &hashes)?, views::list_open_among(db, &uploads)?))
        })
        .await?;
    let open: HashSet<UploadId> = open.into_iter().collect();
    let mut n_gone = 0;
    for file in some {
        let is_wanted = match (file.is_arriving, upload_of(&file.name)) {
            (false, _) => named.contains(&file.name),
            (true, Some(upload)) => open.contains(&upload),
            (true, None) => false,
        };
        if is_wanted {
            continue;
        }
        if file.is_arriving {
            tools.files.remove_arriving(&file.name).await?;
        } else if !tools.files.remove_unless_new(&file.name, file.changed_at).await? {
            continue;
        }
        n_gone += 1;
    }
    Ok(n_gone)
}

/// What else somebody put into the store is theirs.
fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `up-0190…`, or a part of it: `up-0190….tail-3`.
fn upload_of(name: &str) -> Option<UploadId> {
    name.strip_prefix("up-")?.split('.').next()?.parse().ok()
}
