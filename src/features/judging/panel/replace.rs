//! Somebody takes the place of a judge who leaves: what was given stays given, what was not is the newcomer's.

use serde_json::json;

use super::{NewJudge, RemoveJudgeError, add_judge, remove_judge};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, PoolId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{SheetStatus, assigning::PoolFacts, panel::AddJudgeError, store},
        pools::{self, Pool},
    },
    infra::db::Db,
};

act_error! {
    /// Why a judge could not be replaced.
    pub enum ReplaceJudgeError {
        PoolDecided => "judging-refused-pool-decided",
        HeadTaken => "judging-refused-head-taken",
        AccountDisabled => "judging-refused-account-disabled",
        SamePerson => "judging-refused-same-person",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The newcomer's number on the panel.
    pub number: i32,
    pub taken_over: usize,
    /// Codes of entries that the newcomer may not or cannot take: they lack a judge now.
    pub left_open: Vec<String>,
}

pub fn replace_judge(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    leaving: &AccountId,
    newcomer: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<Replaced, ReplaceJudgeError> {
    if leaving == newcomer {
        return Err(ReplaceJudgeError::SamePerson);
    }
    let pool = pools::store::find(db, pool)?.ok_or(ReplaceJudgeError::NotFound)?;
    if !pools::policy::may_run(db, by, &pool)? {
        return Err(ReplaceJudgeError::NotFound);
    }
    let seat = store::find_seat(db, &pool.id, leaving)?.ok_or(ReplaceJudgeError::NotFound)?;
    let before = PoolFacts::read(db, &pool, now)?;
    let open: Vec<_> = before
        .assignments
        .iter()
        .filter(|row| row.judge_id == *leaving)
        .filter(|row| before.status_of(&row.entry_id, leaving) != Some(SheetStatus::Submitted))
        .cloned()
        .collect();
    remove_judge(db, by, &pool.id, leaving, reason, now).map_err(from_removing)?;
    let number = if let Some(seated) = store::find_seat(db, &pool.id, newcomer)? {
        seated.number
    } else {
        let new = NewJudge { account: newcomer.clone(), role: seat.role, max_entries: seat.max_entries };
        add_judge(db, by, &pool.id, &new, now).map_err(from_adding)?.number
    };
    let (taken_over, left_open) = take_over(db, by, &pool, newcomer, &open, now)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "panel.replace",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({
            "leaving": leaving, "newcomer": newcomer, "reason": reason.trim(),
            "taken_over": taken_over, "left_open": left_open,
        }),
    };
    append(db, &happening, now)?;
    Ok(Replaced { number, taken_over, left_open })
}

/// Those in conflict, of another category, or above the newcomer's limit stay open.
fn take_over(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    newcomer: &AccountId,
    open: &[crate::features::judging::Assignment],
    now: Moment,
) -> Result<(usize, Vec<String>), ReplaceJudgeError> {
    let facts = PoolFacts::read(db, pool, now)?;
    let seated = facts.seated(newcomer).ok_or(ReplaceJudgeError::NotFound)?;
    let room = seated.member.max_entries.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(0));
    let mut load = facts.load_of(newcomer);
    let seed = pool.draw_seed.clone().unwrap_or_default();
    let (mut rows, mut left_open) = (Vec::new(), Vec::new());
    for row in open {
        let Some(entry) = facts.entry(&row.entry_id) else { continue };
        let has = facts.assignments.iter().any(|had| had.entry_id == entry.id && had.judge_id == *newcomer)
            || facts.status_of(&entry.id, newcomer) == Some(SheetStatus::Submitted);
        if has || facts.why_not(entry, seated).is_some() || load >= room {
            left_open.push(entry.code.clone());
            continue;
        }
        load += 1;
        rows.push(crate::features::judging::assigning::new_assignment(
            pool, &entry.id, newcomer, &seed, by, now,
        ));
    }
    store::insert_assignments(db, &rows)?;
    Ok((rows.len(), left_open))
}

fn from_removing(error: RemoveJudgeError) -> ReplaceJudgeError {
    match error {
        RemoveJudgeError::NotFound => ReplaceJudgeError::NotFound,
        RemoveJudgeError::Invalid(errors) => ReplaceJudgeError::Invalid(errors),
        RemoveJudgeError::PoolDecided => ReplaceJudgeError::PoolDecided,
        RemoveJudgeError::Database(error) => ReplaceJudgeError::Database(error),
    }
}

fn from_adding(error: AddJudgeError) -> ReplaceJudgeError {
    match error {
        AddJudgeError::NotFound | AddJudgeError::AlreadySeated => ReplaceJudgeError::NotFound,
        AddJudgeError::Invalid(errors) => ReplaceJudgeError::Invalid(errors),
        AddJudgeError::PoolDecided => ReplaceJudgeError::PoolDecided,
        AddJudgeError::HeadTaken => ReplaceJudgeError::HeadTaken,
        AddJudgeError::AccountDisabled => ReplaceJudgeError::AccountDisabled,
        AddJudgeError::Database(error) => ReplaceJudgeError::Database(error),
    }
}
