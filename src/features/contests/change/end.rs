//! Ending a contest: nothing of it changes any more; its pages stay.

use serde_json::json;

use crate::{
    base::{clock::Moment, ids::ContestId},
    features::{
        accounts::Person,
        audit,
        contests::{Contest, ContestStatus, policy, store},
    },
    infra::db::Db,
};

crate::act_error! {
    /// Why a contest could not be ended.
    pub enum EndContestError {
        NotOpen => "contests-end-refused-not-open",
        StillTaking => "contests-end-refused-still-taking",
    }
}

pub fn end_contest(
    db: &mut Db,
    person: &Person,
    id: &ContestId,
    now: Moment,
) -> Result<Contest, EndContestError> {
    let mut contest = store::find(db, id)?.ok_or(EndContestError::NotFound)?;
    if !policy::may_run(db, person, &contest)? {
        return Err(EndContestError::NotFound);
    }
    if contest.status != ContestStatus::Open {
        return Err(EndContestError::NotOpen);
    }
    if contest.takes_entries(now) || contest.opens_at.is_some_and(|opens| now < opens) {
        return Err(EndContestError::StillTaking);
    }
    let before = serde_json::to_value(&contest).ok();
    contest.status = ContestStatus::Ended;
    contest.ended_at = Some(now);
    contest.edition += 1;
    store::save(db, &contest)?;
    audit::append(
        db,
        &audit::Happening {
            contest: Some(&contest.id),
            by: Some(&person.id),
            action: "contest.end",
            subject: ("contest", contest.id.as_str()),
            before,
            after: serde_json::to_value(&contest).ok(),
            details: json!({}),
        },
        now,
    )?;
    Ok(contest)
}
