//! A conflict of interest, declared with a reason: from then on the entry is gone for that judge, in every pool.

use serde_json::json;

use super::Conflict;
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, ConflictId, EntryId, PoolId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{
            SheetStatus,
            policy::may_lead,
            sheets::{reason_of, void_for_conflict},
            store,
        },
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

act_error! {
    /// Why a conflict could not be declared.
    pub enum DeclareConflictError {
        PoolDecided => "judging-refused-pool-decided",
        AlreadyDeclared => "judging-refused-conflict-already-declared",
    }
}

/// By the judge who has the entry, or by whoever leads the judging about somebody of the panel.
pub fn declare_conflict(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<ConflictId, DeclareConflictError> {
    let pool = pools::store::find(db, pool)?.ok_or(DeclareConflictError::NotFound)?;
    let is_own = by.id == *judge && store::is_assigned(db, &pool.id, entry, judge)?;
    let is_led = store::find_seat(db, &pool.id, judge)?.is_some() && may_lead(db, by, &pool)?;
    if !is_own && !is_led {
        return Err(DeclareConflictError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) {
        return Err(DeclareConflictError::PoolDecided);
    }
    let reason = reason_of(reason)?;
    let conflict = Conflict {
        id: ConflictId::generate(),
        contest_id: pool.contest_id.clone(),
        judge_id: judge.clone(),
        entry_id: entry.clone(),
        reason: reason.clone(),
        declared_by: by.id.clone(),
        declared_at: now,
    };
    store::insert_conflict(db, &conflict).map_err(|error| {
        if error.is_unique_violation() { DeclareConflictError::AlreadyDeclared } else { error.into() }
    })?;
    for assignment in store::list_assignments_of(db, judge, entry)? {
        if let Some(pool) = pools::store::find(db, &assignment.pool_id)? {
            take_away(db, by, &pool, entry, judge, &reason, now)?;
        }
    }
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "conflict.declare",
        subject: ("entry", entry.as_str()),
        before: None,
        after: None,
        details: json!({ "pool": pool.id, "judge": judge, "reason": reason }),
    };
    append(db, &happening, now)?;
    Ok(conflict.id)
}

/// In pools that are decided already the sheet stays as it was counted; only the entry is no longer shown.
fn take_away(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    entry: &EntryId,
    judge: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<(), DbError> {
    let sheet = store::find_sheet_of(db, &pool.id, entry, judge)?;
    match sheet.filter(|sheet| sheet.status == SheetStatus::Submitted && pool.status == PoolStatus::Judging) {
        Some(sheet) => void_for_conflict(db, by, pool, &sheet, reason, now).map(drop),
        None => store::end_assignment(db, &pool.id, entry, judge, reason, now).map(drop),
    }
}
