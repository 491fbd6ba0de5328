//! Another role or another limit for a judge who is seated.

use serde_json::json;

use super::{NewJudge, PanelMember, PanelRole};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::PoolId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::store,
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

act_error! {
    /// Why a seat could not be changed.
    pub enum ChangeJudgeError {
        PoolDecided => "judging-refused-pool-decided",
        HeadTaken => "judging-refused-head-taken",
    }
}

pub fn change_judge(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    new: &NewJudge,
    now: Moment,
) -> Result<PanelMember, ChangeJudgeError> {
    let pool = pools::store::find(db, pool)?.ok_or(ChangeJudgeError::NotFound)?;
    if !pools::policy::may_run(db, by, &pool)? {
        return Err(ChangeJudgeError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) {
        return Err(ChangeJudgeError::PoolDecided);
    }
    if new.max_entries.is_some_and(|max| !(1..=10_000).contains(&max)) {
        let wrong = FieldErrors::one("max_entries", Sentence::new("judging-error-max-entries"));
        return Err(ChangeJudgeError::Invalid(wrong));
    }
    let seats = store::list_members(db, &pool.id)?;
    let seat = seats.iter().find(|seat| seat.account_id == new.account && seat.is_active());
    let seat = seat.ok_or(ChangeJudgeError::NotFound)?;
    let another_head =
        seats.iter().any(|other| other.role == PanelRole::Head && other.is_active() && other.id != seat.id);
    if new.role == PanelRole::Head && another_head {
        return Err(ChangeJudgeError::HeadTaken);
    }
    let member = PanelMember { role: new.role, max_entries: new.max_entries, ..seat.clone() };
    store::save_panel_member(db, &member)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "panel.change",
        subject: ("pool", pool.id.as_str()),
        before: Some(json!({ "role": seat.role, "max_entries": seat.max_entries })),
        after: Some(json!({ "role": member.role, "max_entries": member.max_entries })),
        details: json!({ "account": member.account_id, "number": member.number }),
    };
    append(db, &happening, now)?;
    Ok(member)
}
