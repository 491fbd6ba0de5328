//! Reads stored files again, a little at a time, and writes down what is missing or rotten.

use std::io::Read;

use chrono::Duration;

use super::Tools;
use crate::{
    base::clock::Moment,
    features::attachments::{
        FileRow,
        upkeep::{Finding, note_check, store::list_unchecked},
    },
    infra::files::{FileStore, FileStoreError},
};

/// Every file is read once in so long.
const ROUND: Duration = Duration::days(30);
/// Little enough that nobody notices it beside the pages.
const BYTES_AT_A_TIME: i64 = 200_000_000;
const AT_ONCE: i64 = 100;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scrubbed {
    pub n_read: usize,
    pub n_bytes: i64,
    pub bad: Vec<(String, Finding)>,
}

pub async fn run(tools: Tools) -> anyhow::Result<()> {
    let since = tools.clock.now() - ROUND;
    let scrubbed = scrub(&tools, since, BYTES_AT_A_TIME).await?;
    for (hash, finding) in &scrubbed.bad {
        tracing::error!(hash, %finding, "a stored file is not as it should be");
    }
    Ok(())
}

/// Reads what was not read since then, at most so many bytes and one file.
pub async fn scrub(tools: &Tools, since: Moment, max_bytes: i64) -> anyhow::Result<Scrubbed> {
    let mut scrubbed = Scrubbed::default();
    // What was read just now must not be due again.
    let since = since.min(tools.clock.now());
    while scrubbed.n_bytes < max_bytes {
        let due = tools.db.read(move |db| list_unchecked(db, since, AT_ONCE)).await?;
        if due.is_empty() {
            break;
        }
        for file in due {
            if scrubbed.n_bytes >= max_bytes {
                break;
            }
            let finding = examine(&tools.files, &file).await?;
            scrubbed.n_read += 1;
            scrubbed.n_bytes += file.byte_count;
            scrubbed.bad.extend(finding.map(|finding| (file.hash.as_str().to_owned(), finding)));
            let now = tools.clock.now();
            tools.db.write(move |db| note_check(db, &file.hash, finding, now)).await?;
        }
    }
    Ok(scrubbed)
}

/// A store that is away says nothing of its files.
async fn examine(files: &FileStore, file: &FileRow) -> Result<Option<Finding>, FileStoreError> {
    let mut reader = match files.read(file.hash.as_str()).await {
        Ok(opened) => opened.reader(),
        Err(error) if error.is_absent() => return Ok(Some(Finding::Missing)),
        Err(error) => return Err(error),
    };
    let hashed = tokio::task::spawn_blocking(move || {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            match reader.read(&mut buffer)? {
                0 => return std::io::Result::Ok(hasher.finalize().to_hex().to_string()),
                n_read => hasher.update(buffer.get(..n_read).unwrap_or_default()),
            };
        }
    });
    let hash = hashed.await.map_err(std::io::Error::other)??;
    Ok((hash != file.hash.as_str()).then_some(Finding::Rotten))
}
