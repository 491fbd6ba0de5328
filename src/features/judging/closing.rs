//! When sheets may be written: from the opening of the judging to its closing.

use serde_json::json;

use super::{
    policy::may_lead,
    quorum::{MOST_NAMED, Quorum, named},
    sheets::reason_of,
    store, views,
};
use crate::{
    act_error,
    base::{clock::Moment, ids::PoolId, text::first_named},
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests,
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

act_error! {
    /// Why the judging could not be opened, closed or opened again.
    pub enum JudgingError {
        NoSheetsInRound => "judging-refused-no-sheets-in-round",
        AlreadyOpen => "judging-refused-already-open",
        NotOpen => "judging-refused-not-open",
        NotClosed => "judging-refused-not-closed",
        PoolDecided => "judging-refused-pool-decided",
        ChainNotShown { round: String } => "judging-refused-chain-not-shown",
        NothingAssigned => "judging-refused-nothing-assigned",
        SheetsMissing { n: usize, named: String } => "judging-refused-sheets-missing",
        Forgotten { n: usize, named: String } => "judging-refused-forgotten",
        BelowQuorum { n: usize, needed: i32, named: String } => "judging-refused-below-quorum",
    }
}

/// The judges may begin.
pub fn open_judging(db: &mut Db, by: &Person, pool: &PoolId, now: Moment) -> Result<Pool, JudgingError> {
    let pool = led_pool(db, by, pool)?;
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(JudgingError::NotFound)?;
    if !round.takes_sheets() {
        return Err(JudgingError::NoSheetsInRound);
    }
    match pool.status {
        PoolStatus::Gathering => {}
        PoolStatus::Judging => return Err(JudgingError::AlreadyOpen),
        PoolStatus::Decided | PoolStatus::Published => return Err(JudgingError::PoolDecided),
    }
    // How ties are split is declared before anybody marks, by somebody who saw what it does.
    if !round.is_chain_shown() {
        return Err(JudgingError::ChainNotShown { round: round.name });
    }
    let is_pulled =
        contests::store::find_round_desk(db, &round.id)?.assignment == contests::AssignmentWay::Pull;
    if !is_pulled && store::list_assignments(db, &pool.id)?.is_empty() {
        return Err(JudgingError::NothingAssigned);
    }
    let opened = Pool { status: PoolStatus::Judging, ..pool };
    changed(db, by, &opened, "pool.open_judging", "", now)?;
    Ok(opened)
}

/// No sheet changes any more. Below the declared quorum that cannot be; with it the rules are the reason. Where none is declared,
/// closing while sheets are missing needs a reason, which stands in the record with their names.
pub fn close_judging(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    reason: &str,
    now: Moment,
) -> Result<Pool, JudgingError> {
    let pool = led_pool(db, by, pool)?;
    must_be_judging(&pool)?;
    if pool.judging_closed_at.is_some() {
        return Err(JudgingError::NotOpen);
    }
    let quorum = Quorum::of(db, &pool)?;
    let short = quorum.short();
    if !short.is_empty() {
        return Err(JudgingError::BelowQuorum {
            n: short.len(),
            needed: quorum.needed,
            named: named(&short),
        });
    }
    let reason = if reason.trim().is_empty() { String::new() } else { reason_of(reason)? };
    if reason.is_empty() && !quorum.is_reached() {
        nothing_is_missing(&views::list_missing(db, &pool.id)?, &quorum)?;
    }
    let closed = Pool { judging_closed_at: Some(now), ..pool };
    changed(db, by, &closed, "pool.close_judging", &reason, now)?;
    Ok(closed)
}

fn nothing_is_missing(missing: &[views::MissingSheet], quorum: &Quorum) -> Result<(), JudgingError> {
    if !missing.is_empty() {
        let names = missing.iter().map(|sheet| format!("{} ({})", sheet.judge_name, sheet.code));
        let named = first_named(names, MOST_NAMED);
        return Err(JudgingError::SheetsMissing { n: missing.len(), named });
    }
    let forgotten = quorum.forgotten();
    if !forgotten.is_empty() {
        let named = first_named(forgotten.iter().map(|count| count.code.clone()), MOST_NAMED);
        return Err(JudgingError::Forgotten { n: forgotten.len(), named });
    }
    Ok(())
}

/// Sheets may be written again, until the decision.
pub fn reopen_judging(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    reason: &str,
    now: Moment,
) -> Result<Pool, JudgingError> {
    let pool = led_pool(db, by, pool)?;
    must_be_judging(&pool)?;
    if pool.judging_closed_at.is_none() {
        return Err(JudgingError::NotClosed);
    }
    let reason = reason_of(reason)?;
    let open = Pool { judging_closed_at: None, ..pool };
    changed(db, by, &open, "pool.reopen_judging", &reason, now)?;
    Ok(open)
}

fn led_pool(db: &mut Db, by: &Person, pool: &PoolId) -> Result<Pool, JudgingError> {
    let pool = pools::store::find(db, pool)?.ok_or(JudgingError::NotFound)?;
    if may_lead(db, by, &pool)? { Ok(pool) } else { Err(JudgingError::NotFound) }
}

fn must_be_judging(pool: &Pool) -> Result<(), JudgingError> {
    match pool.status {
        PoolStatus::Judging => Ok(()),
        PoolStatus::Gathering => Err(JudgingError::NotOpen),
        PoolStatus::Decided | PoolStatus::Published => Err(JudgingError::PoolDecided),
    }
}

fn changed(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    action: &str,
    reason: &str,
    now: Moment,
) -> Result<(), DbError> {
    pools::store::save(db, pool)?;
    let missing: Vec<_> = views::list_missing(db, &pool.id)?
        .into_iter()
        .map(|sheet| json!({ "entry": sheet.entry_id, "judge": sheet.judge_id }))
        .collect();
    let quorum = Quorum::of(db, pool)?;
    let forgotten: Vec<_> = quorum.forgotten().into_iter().map(|count| count.entry_id.clone()).collect();
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action,
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({
            "reason": reason, "missing": missing, "forgotten": forgotten, "quorum": quorum.needed,
        }),
    };
    append(db, &happening, now)
}
