//! Seating a judge: an account becomes head or judge of a pool, with the next number.

use serde_json::json;

use super::{PanelMember, PanelRole};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, PanelMemberId, PoolId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{self, AccountStatus, Person},
        audit::{Happening, append},
        judging::store,
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone)]
pub struct NewJudge {
    pub account: AccountId,
    pub role: PanelRole,
    /// The most entries this judge takes; without one there is no limit.
    pub max_entries: Option<i32>,
}

act_error! {
    /// Why somebody could not become a judge.
    pub enum AddJudgeError {
        PoolDecided => "judging-refused-pool-decided",
        AlreadySeated => "judging-refused-already-seated",
        HeadTaken => "judging-refused-head-taken",
        AccountDisabled => "judging-refused-account-disabled",
    }
}

pub fn add_judge(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    new: &NewJudge,
    now: Moment,
) -> Result<PanelMember, AddJudgeError> {
    let pool = pools::store::find(db, pool)?.ok_or(AddJudgeError::NotFound)?;
    if !pools::policy::may_run(db, by, &pool)? {
        return Err(AddJudgeError::NotFound);
    }
    seat(db, &by.id, &pool, new, now)
}

/// The seat that an invitation promised, for the account that accepted it: whoever invited was asked then.
pub fn join_by_invitation(
    db: &mut Db,
    pool: &PoolId,
    account: &AccountId,
    now: Moment,
) -> Result<PanelMember, AddJudgeError> {
    let pool = pools::store::find(db, pool)?.ok_or(AddJudgeError::NotFound)?;
    let new = NewJudge { account: account.clone(), role: PanelRole::Judge, max_entries: None };
    seat(db, account, &pool, &new, now)
}

fn seat(
    db: &mut Db,
    by: &AccountId,
    pool: &Pool,
    new: &NewJudge,
    now: Moment,
) -> Result<PanelMember, AddJudgeError> {
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) {
        return Err(AddJudgeError::PoolDecided);
    }
    if new.max_entries.is_some_and(|max| !(1..=10_000).contains(&max)) {
        let wrong = FieldErrors::one("max_entries", Sentence::new("judging-error-max-entries"));
        return Err(AddJudgeError::Invalid(wrong));
    }
    let account = accounts::store::find(db, &new.account)?.ok_or(AddJudgeError::NotFound)?;
    if account.status != AccountStatus::Active {
        return Err(AddJudgeError::AccountDisabled);
    }
    let seats = store::list_members(db, &pool.id)?;
    if new.role == PanelRole::Head
        && seats.iter().any(|seat| seat.role == PanelRole::Head && seat.is_active())
    {
        return Err(AddJudgeError::HeadTaken);
    }
    let member = match seats.iter().find(|seat| seat.account_id == new.account) {
        Some(seat) if seat.is_active() => return Err(AddJudgeError::AlreadySeated),
        Some(seat) => come_back(db, seat, new, now)?,
        None => {
            let last = seats.iter().map(|seat| seat.number).max().unwrap_or(0);
            take_seat(db, pool, new, last + 1, now)?
        }
    };
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(by),
        action: "panel.add",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({ "account": member.account_id, "number": member.number, "role": member.role }),
    };
    append(db, &happening, now)?;
    Ok(member)
}

/// Whoever left keeps the number, so that old sheets and new ones bear the same one.
fn come_back(db: &mut Db, seat: &PanelMember, new: &NewJudge, now: Moment) -> Result<PanelMember, DbError> {
    let member = PanelMember {
        role: new.role,
        max_entries: new.max_entries,
        joined_at: now,
        left_at: None,
        leave_reason: None,
        ..seat.clone()
    };
    store::save_panel_member(db, &member)?;
    Ok(member)
}

fn take_seat(
    db: &mut Db,
    pool: &Pool,
    new: &NewJudge,
    number: i32,
    now: Moment,
) -> Result<PanelMember, DbError> {
    let member = PanelMember {
        id: PanelMemberId::generate(),
        pool_id: pool.id.clone(),
        account_id: new.account.clone(),
        role: new.role,
        number,
        max_entries: new.max_entries,
        joined_at: now,
        left_at: None,
        leave_reason: None,
    };
    store::insert_panel_member(db, &member)?;
    Ok(member)
}
