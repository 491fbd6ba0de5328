//! The sender takes a nominated entry back before the receiver has accepted it.

use serde_json::json;

use super::{Nomination, NominationStatus, rules::clean_reason, store};
use crate::{
    base::{clock::Moment, ids::NominationId},
    features::{accounts::Person, audit, pools},
    infra::db::Db,
};

crate::act_error! {
    /// Why a nomination was not recalled.
    pub enum RecallNominationError {
        AcceptedAlready => "selection-refused-accepted-already",
        NotWaiting => "selection-refused-not-waiting",
    }
}

pub fn recall_nomination(
    db: &mut Db,
    person: &Person,
    nomination: &NominationId,
    reason: &str,
    now: Moment,
) -> Result<Nomination, RecallNominationError> {
    let mut nomination = store::find_nomination(db, nomination)?.ok_or(RecallNominationError::NotFound)?;
    let pool = pools::store::find(db, &nomination.from_pool_id)?.ok_or(RecallNominationError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(RecallNominationError::NotFound);
    }
    match nomination.status {
        NominationStatus::Proposed => {}
        NominationStatus::Accepted => return Err(RecallNominationError::AcceptedAlready),
        NominationStatus::Returned | NominationStatus::Recalled => {
            return Err(RecallNominationError::NotWaiting);
        }
    }
    let reason = clean_reason(reason)?;
    nomination.status = NominationStatus::Recalled;
    nomination.answered_by = Some(person.id.clone());
    nomination.answered_at = Some(now);
    nomination.answer_reason = Some(reason.clone());
    store::save_nomination(db, &nomination)?;
    let happening = audit::Happening {
        contest: Some(&nomination.contest_id),
        by: Some(&person.id),
        action: "nomination.recall",
        subject: ("nomination", nomination.id.as_str()),
        before: None,
        after: None,
        details: json!({ "entry": nomination.entry_id, "pool": pool.id, "reason": reason }),
    };
    audit::append(db, &happening, now)?;
    Ok(nomination)
}
