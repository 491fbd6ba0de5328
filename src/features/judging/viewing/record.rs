//! Taking down what a judge looked at, in batches: it only grows, and no faster than time passes.

use std::collections::HashMap;

use super::{Ranges, Viewing};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId, PoolId},
        json::Json,
    },
    features::{
        accounts::Person,
        attachments::{self, Attachment},
        contests,
        judging::store,
    },
    infra::db::Db,
};

act_error! {
    /// Why a batch was not taken.
    pub enum RecordViewingError {
        NotKept => "judging-refused-viewing-not-kept",
    }
}

/// Films are played twice as fast at most, and pages turned at most three a second.
const FASTEST: i64 = 2;
const FASTEST_PAGES: i64 = 3;
/// Before the first batch some time passed that nobody noted.
const FIRST_SECONDS: i64 = 60;
/// For clocks and batches that come a little late.
const SLACK_SECONDS: i64 = 5;

pub fn record_viewing(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    entry: &EntryId,
    batch: &HashMap<AttachmentId, Ranges>,
    now: Moment,
) -> Result<(), RecordViewingError> {
    let seated = store::find_seated(db, pool, entry, &judge.id)?.ok_or(RecordViewingError::NotFound)?;
    if !contests::store::find_round_desk(db, &seated.round_id)?.keeps_viewing {
        return Err(RecordViewingError::NotKept);
    }
    let files = attachments::views::list_of_entry(db, entry)?;
    let before = store::list_viewings_of(db, pool, entry, &judge.id)?;
    for file in &files {
        let Some(new) = batch.get(&file.id) else { continue };
        let had = before.iter().find(|viewing| viewing.attachment_id == file.id);
        let seen = had.map(|viewing| viewing.seen.0.clone()).unwrap_or_default();
        let passed = had.map_or(FIRST_SECONDS, |viewing| (now - viewing.last_at).num_seconds().max(0));
        let (rate, end) = pace(file);
        let most = u32::try_from((passed + SLACK_SECONDS).saturating_mul(rate)).unwrap_or(u32::MAX);
        let grown = seen.grown_by(new, most, end);
        let row = Viewing {
            pool_id: pool.clone(),
            entry_id: entry.clone(),
            judge_id: judge.id.clone(),
            attachment_id: file.id.clone(),
            amount: i32::try_from(grown.amount()).unwrap_or(i32::MAX),
            seen: Json(grown),
            started_at: had.map_or(now, |viewing| viewing.started_at),
            last_at: now,
        };
        store::put_viewing(db, &row)?;
    }
    Ok(())
}

/// How much can be new in a second, and where the file ends if that is known.
fn pace(file: &Attachment) -> (i64, Option<u32>) {
    let end = |ms: u64| u32::try_from(ms.div_ceil(1_000)).unwrap_or(u32::MAX);
    match file.media_type.split('/').next() {
        Some("video" | "audio") => (FASTEST, file.media.duration_ms.map(end)),
        _ => (FASTEST_PAGES, None),
    }
}
