//! Marking an entry as one that everybody scores first, and taking that back.

use serde_json::json;

use super::{Calibration, make::unmake};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, random_token},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{
            assigning::{PoolFacts, new_assignment},
            policy::may_lead,
            sheets::reason_of,
            store,
        },
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

/// More would cost a panel more time than it gains.
const MOST: usize = 3;

act_error! {
    /// Why an entry did not become, or stays, one that everybody scores first.
    pub enum CalibrateError {
        PoolDecided => "judging-refused-pool-decided",
        TooManyCalibrations { max: usize } => "judging-refused-too-many-calibrations",
        AlreadyCalibration => "judging-refused-already-calibration",
        NotCalibration => "judging-refused-not-calibration",
        SampleHasSheets => "judging-refused-calibration-has-sheets",
        SampleByOrganisers => "judging-refused-sample-by-organisers",
        NoSheetsInRound => "judging-refused-no-sheets-in-round",
    }
}

/// Everybody on the panel without a conflict gets the entry, before all others. What must not compete is a sample: that takes
/// somebody who runs the pool, because it keeps an entry out of the standing.
pub fn mark_calibration(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    entry: &EntryId,
    is_sample: bool,
    reason: &str,
    now: Moment,
) -> Result<usize, CalibrateError> {
    let pool = led_pool(db, by, pool)?;
    if is_sample && !pools::policy::may_run(db, by, &pool)? {
        return Err(CalibrateError::SampleByOrganisers);
    }
    mark(db, by, &pool, (entry, is_sample), &reason_of(reason)?, now)
}

pub(super) fn mark(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    (entry, is_sample): (&EntryId, bool),
    reason: &str,
    now: Moment,
) -> Result<usize, CalibrateError> {
    let facts = PoolFacts::read(db, pool, now)?;
    let marked = facts.entry(entry).ok_or(CalibrateError::NotFound)?;
    if facts.calibrations.contains(entry) {
        return Err(CalibrateError::AlreadyCalibration);
    }
    if facts.calibrations.len() >= MOST {
        return Err(CalibrateError::TooManyCalibrations { max: MOST });
    }
    if is_sample && facts.sheets.keys().any(|(of, _)| of == entry) {
        return Err(CalibrateError::SampleHasSheets);
    }
    let seed = pool.draw_seed.clone().unwrap_or_else(random_token);
    if pool.draw_seed.is_none() {
        pools::store::save(db, &Pool { draw_seed: Some(seed.clone()), ..pool.clone() })?;
    }
    let newcomers = facts.judges.iter().filter(|judge| {
        let account = &judge.member.account_id;
        judge.member.is_active()
            && facts.why_not(marked, judge).is_none()
            && !facts.assignments.iter().any(|row| row.entry_id == *entry && row.judge_id == *account)
    });
    let rows: Vec<_> = newcomers
        .map(|judge| new_assignment(pool, entry, &judge.member.account_id, &seed, by, now))
        .collect();
    store::insert_assignments(db, &rows)?;
    let calibration = Calibration {
        pool_id: pool.id.clone(),
        entry_id: entry.clone(),
        is_sample,
        reason: reason.to_owned(),
        marked_by: by.id.clone(),
        marked_at: now,
    };
    store::insert_calibration(db, &calibration).map_err(|error| {
        if error.is_unique_violation() { CalibrateError::AlreadyCalibration } else { error.into() }
    })?;
    let details = json!({ "entry": entry, "is_sample": is_sample, "reason": reason, "assigned": rows.len() });
    told(db, by, pool, "pool.calibrate", details, now)?;
    Ok(rows.len())
}

/// Assignments stay. What was made to practise on is nothing without that, and is taken away. A sample that was scored stays one: its sheets must not enter a standing they were not given for.
pub fn unmark_calibration(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    entry: &EntryId,
    reason: &str,
    now: Moment,
) -> Result<(), CalibrateError> {
    let pool = led_pool(db, by, pool)?;
    let marked = store::list_calibrations(db, &pool.id)?.into_iter().find(|row| row.entry_id == *entry);
    let marked = marked.ok_or(CalibrateError::NotCalibration)?;
    let reason = reason_of(reason)?;
    let facts = PoolFacts::read(db, &pool, now)?;
    if marked.is_sample && facts.sheets.keys().any(|(of, _)| of == entry) {
        return Err(CalibrateError::SampleHasSheets);
    }
    store::delete_calibration(db, &pool.id, entry)?;
    unmake(db, by, entry, now)?;
    told(db, by, &pool, "pool.uncalibrate", json!({ "entry": entry, "reason": reason }), now)?;
    Ok(())
}

pub(super) fn led_pool(db: &mut Db, by: &Person, pool: &PoolId) -> Result<Pool, CalibrateError> {
    let pool = pools::store::find(db, pool)?.ok_or(CalibrateError::NotFound)?;
    if !may_lead(db, by, &pool)? {
        return Err(CalibrateError::NotFound);
    }
    let is_open = matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging);
    if is_open && pool.judging_closed_at.is_none() { Ok(pool) } else { Err(CalibrateError::PoolDecided) }
}

pub(super) fn told(
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
