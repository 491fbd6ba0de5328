//! A judge leaves: what was given stays, what was not yet given is free for others.

use serde_json::json;

use super::PanelMember;
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, PoolId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{sheets::reason_of, store},
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

act_error! {
    /// Why a judge could not leave.
    pub enum RemoveJudgeError {
        PoolDecided => "judging-refused-pool-decided",
    }
}

pub fn remove_judge(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    account: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<PanelMember, RemoveJudgeError> {
    let pool = pools::store::find(db, pool)?.ok_or(RemoveJudgeError::NotFound)?;
    if !pools::policy::may_run(db, by, &pool)? {
        return Err(RemoveJudgeError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) {
        return Err(RemoveJudgeError::PoolDecided);
    }
    let reason = reason_of(reason)?;
    let seat = store::find_seat(db, &pool.id, account)?.ok_or(RemoveJudgeError::NotFound)?;
    let member = PanelMember { left_at: Some(now), leave_reason: Some(reason.clone()), ..seat };
    store::save_panel_member(db, &member)?;
    let ended = store::end_open_assignments(db, &pool.id, account, &reason, now)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "panel.remove",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({ "account": account, "number": member.number, "reason": reason, "ended": ended }),
    };
    append(db, &happening, now)?;
    Ok(member)
}
