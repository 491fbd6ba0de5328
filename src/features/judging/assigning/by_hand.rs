//! One judge for one entry, by hand.

use serde_json::json;

use super::{PoolFacts, draw::assignment};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, AssignmentId, EntryId, PoolId, random_token},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{SheetStatus, policy::may_lead, sheets::reason_of, store},
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

act_error! {
    /// Why a judge could not be given an entry, or could not be freed of it.
    pub enum AssignError {
        PoolDecided => "judging-refused-pool-decided",
        NotOnPanel => "judging-refused-not-on-panel",
        InConflict { judge: String, code: String } => "judging-refused-in-conflict",
        AlreadyAssigned => "judging-refused-already-assigned",
        AtCapacity { judge: String, max: i32 } => "judging-refused-at-capacity",
        SheetGiven => "judging-refused-sheet-given",
    }
}

pub fn assign(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
    now: Moment,
) -> Result<AssignmentId, AssignError> {
    let pool = open_pool(db, by, pool)?;
    let facts = PoolFacts::read(db, &pool, now)?;
    let entry = facts.entry(entry).ok_or(AssignError::NotFound)?;
    let seated = facts.seated(judge).ok_or(AssignError::NotOnPanel)?;
    if facts.why_not(entry, seated).is_some() {
        return Err(AssignError::InConflict { judge: seated.full_name.clone(), code: entry.code.clone() });
    }
    if facts.assignments.iter().any(|row| row.entry_id == entry.id && row.judge_id == *judge) {
        return Err(AssignError::AlreadyAssigned);
    }
    if let Some(max) = seated.member.max_entries
        && facts.load_of(judge) >= usize::try_from(max).unwrap_or(0)
    {
        return Err(AssignError::AtCapacity { judge: seated.full_name.clone(), max });
    }
    // Orders need a seed from the first assignment on.
    let seed = pool.draw_seed.clone().unwrap_or_else(random_token);
    if pool.draw_seed.is_none() {
        pools::store::save(db, &Pool { draw_seed: Some(seed.clone()), ..pool.clone() })?;
    }
    let row = assignment(&pool, &entry.id, judge, &seed, by, now);
    store::insert_assignment(db, &row).map_err(|error| {
        if error.is_unique_violation() { AssignError::AlreadyAssigned } else { error.into() }
    })?;
    told(db, by, &pool, "pool.assign", json!({ "entry": entry.id, "judge": judge }), now)?;
    Ok(row.id)
}

/// Frees a judge of an entry; a sheet that was given is not undone this way.
pub fn end_assignment(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<(), AssignError> {
    let pool = open_pool(db, by, pool)?;
    let reason = reason_of(reason)?;
    let sheet = store::find_sheet_of(db, &pool.id, entry, judge)?;
    if sheet.is_some_and(|sheet| sheet.status == SheetStatus::Submitted) {
        return Err(AssignError::SheetGiven);
    }
    if store::end_assignment(db, &pool.id, entry, judge, &reason, now)? == 0 {
        return Err(AssignError::NotFound);
    }
    told(db, by, &pool, "pool.unassign", json!({ "entry": entry, "judge": judge, "reason": reason }), now)?;
    Ok(())
}

fn open_pool(db: &mut Db, by: &Person, pool: &PoolId) -> Result<Pool, AssignError> {
    let pool = pools::store::find(db, pool)?.ok_or(AssignError::NotFound)?;
    if !may_lead(db, by, &pool)? {
        return Err(AssignError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) || pool.judging_closed_at.is_some()
    {
        return Err(AssignError::PoolDecided);
    }
    Ok(pool)
}

fn told(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    action: &str,
    details: serde_json::Value,
    now: Moment,
) -> Result<(), DbError> {
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action,
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details,
    };
    append(db, &happening, now)
}
