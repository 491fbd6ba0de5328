//! A remark on an entry, for the panel and whoever runs the pool.

use serde_json::json;

use super::{Remark, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, RemarkId},
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{self, policy::may_lead, views},
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

pub const MAX_BODY: usize = 4_000;

act_error! {
    /// Why a remark was not taken down.
    pub enum RemarkError {
        NotJudging => "judging-refused-not-open",
        SheetsFirst { n: usize } => "deliberation-refused-sheets-first",
    }
}

/// Nothing, or how many own sheets are missing: who has not yet marked alone does not hear the others. `None` for whoever
/// neither sits on the panel nor runs the pool.
pub fn may_speak(db: &mut Db, person: &Person, pool: &Pool) -> Result<Option<usize>, DbError> {
    let is_seated = judging::store::find_seat(db, &pool.id, &person.id)?.is_some();
    if !is_seated {
        return Ok(may_lead(db, person, pool)?.then_some(0));
    }
    if pool.judging_closed_at.is_some() || pool.status != PoolStatus::Judging {
        return Ok(Some(0));
    }
    let own = views::progress_by_pool(db, &person.id)?.remove(&pool.id).unwrap_or_default();
    Ok(Some(own.total - own.done))
}

pub fn add_remark(
    db: &mut Db,
    person: &Person,
    pool: &PoolId,
    entry: &EntryId,
    body: &str,
    now: Moment,
) -> Result<Remark, RemarkError> {
    let pool = pools::store::find(db, pool)?.ok_or(RemarkError::NotFound)?;
    let lacking = may_speak(db, person, &pool)?.ok_or(RemarkError::NotFound)?;
    let stands = views::list_standing_entries(db, &pool.id)?.iter().any(|row| row.id == *entry);
    if !stands || judging::store::has_conflict(db, &person.id, entry)? {
        return Err(RemarkError::NotFound);
    }
    if pool.status != PoolStatus::Judging {
        return Err(RemarkError::NotJudging);
    }
    if lacking > 0 {
        return Err(RemarkError::SheetsFirst { n: lacking });
    }
    let body = clean_text(body);
    if body.is_empty() {
        return Err(FieldErrors::one("body", Sentence::new("deliberation-error-empty")).into());
    }
    if body.chars().count() > MAX_BODY {
        let sentence = Sentence::new("judging-error-text-too-long").with("max", MAX_BODY);
        return Err(FieldErrors::one("body", sentence).into());
    }
    let remark = Remark {
        id: RemarkId::generate(),
        pool_id: pool.id.clone(),
        entry_id: entry.clone(),
        body,
        said_by: person.id.clone(),
        said_at: now,
    };
    store::insert_remark(db, &remark)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&person.id),
        action: "deliberation.remark",
        subject: ("remark", remark.id.as_str()),
        before: None,
        after: Some(json!({ "body": remark.body })),
        details: json!({ "pool": pool.id, "entry": entry }),
    };
    append(db, &happening, now)?;
    Ok(remark)
}
