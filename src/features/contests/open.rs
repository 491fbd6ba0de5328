//! Opening a contest: from now on, what was declared holds.

use serde_json::json;

use super::{
    Contest, ContestStatus, Declared,
    checklist::{can_open, what_is_missing},
    policy, store,
};
use crate::{
    base::{clock::Moment, ids::ContestId},
    features::{accounts::Person, audit},
    infra::db::Db,
};

crate::act_error! {
    /// Why a contest could not be opened.
    pub enum OpenContestError {
        NotADraft => "contests-open-refused-not-a-draft",
        StillMissing { count: usize } => "contests-open-refused-missing",
    }
}

/// A contest without an opening date opens at once.
pub fn open_contest(
    db: &mut Db,
    person: &Person,
    id: &ContestId,
    now: Moment,
) -> Result<Contest, OpenContestError> {
    let contest = store::find(db, id)?.ok_or(OpenContestError::NotFound)?;
    if !policy::may_run(db, person, &contest)? {
        return Err(OpenContestError::NotFound);
    }
    if contest.status != ContestStatus::Draft {
        return Err(OpenContestError::NotADraft);
    }
    let declared = Declared::load(db, contest)?.ok_or(OpenContestError::NotFound)?;
    let missing = what_is_missing(&declared, now);
    if !can_open(&missing) {
        let count = missing.iter().filter(|item| !item.is_advice).count();
        return Err(OpenContestError::StillMissing { count });
    }
    let before = serde_json::to_value(&declared.contest).ok();
    let mut contest = declared.contest;
    contest.status = ContestStatus::Open;
    contest.opens_at = contest.opens_at.or(Some(now));
    contest.opened_at = Some(now);
    contest.edition += 1;
    store::save(db, &contest)?;
    audit::append(
        db,
        &audit::Happening {
            contest: Some(&contest.id),
            by: Some(&person.id),
            action: "contest.open",
            subject: ("contest", contest.id.as_str()),
            before,
            after: serde_json::to_value(&contest).ok(),
            details: json!({ "advice": missing.len() }),
        },
        now,
    )?;
    Ok(contest)
}
