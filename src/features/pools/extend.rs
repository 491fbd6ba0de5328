//! Moving a pool's deadline, with a reason that stays on record.

use serde_json::json;

use super::{Pool, PoolExtension, PoolStatus, policy, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{PoolExtensionId, PoolId},
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::{
        accounts::Person,
        audit::{self, Happening},
    },
    infra::db::Db,
};

const MAX_REASON_CHARS: usize = 2_000;

act_error! {
    /// Why a deadline could not be moved.
    pub enum ExtendDeadlineError {
        AlreadyDecided => "pools-refused-decided",
    }
}

/// By whoever runs the pool, while nothing is decided. A deadline moves to later only: nobody loses time they counted on.
pub fn extend_deadline(
    db: &mut Db,
    person: &Person,
    pool: &PoolId,
    new_deadline: Option<Moment>,
    reason: &str,
    now: Moment,
) -> Result<Pool, ExtendDeadlineError> {
    let mut pool = store::find(db, pool)?.ok_or(ExtendDeadlineError::NotFound)?;
    if !policy::may_run(db, person, &pool)? {
        return Err(ExtendDeadlineError::NotFound);
    }
    if matches!(pool.status, PoolStatus::Decided | PoolStatus::Published) {
        return Err(ExtendDeadlineError::AlreadyDecided);
    }
    let mut errors = FieldErrors::default();
    let reason = clean_text(reason);
    if reason.is_empty() || reason.chars().count() > MAX_REASON_CHARS {
        errors.add("reason", Sentence::new("pools-wrong-reason").with("max", MAX_REASON_CHARS));
    }
    let later = new_deadline.filter(|new| *new > now && pool.deadline_at.is_none_or(|old| *new > old));
    if later.is_none() {
        errors.add("deadline", Sentence::new("pools-wrong-deadline"));
    }
    let new_deadline_at = errors.or(|| later)?;
    let extension = PoolExtension {
        id: PoolExtensionId::generate(),
        pool_id: pool.id.clone(),
        old_deadline_at: pool.deadline_at,
        new_deadline_at,
        reason: reason.clone(),
        extended_by: person.id.clone(),
        extended_at: now,
    };
    store::insert_pool_extension(db, &extension)?;
    pool.deadline_at = Some(new_deadline_at);
    store::save(db, &pool)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&person.id),
        action: "pool.extend",
        subject: ("pool", pool.id.as_str()),
        before: Some(json!(extension.old_deadline_at.map(|at| at.and_utc().to_rfc3339()))),
        after: Some(json!(new_deadline_at.and_utc().to_rfc3339())),
        details: json!({ "reason": reason, "deadline_at": new_deadline_at.and_utc().to_rfc3339() }),
    };
    audit::append(db, &happening, now)?;
    Ok(pool)
}
