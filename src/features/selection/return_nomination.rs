//! The receiver sends a nominated entry back, with a reason.

use serde_json::json;

use super::{Nomination, NominationStatus, rules::clean_reason, store};
use crate::{
    base::{clock::Moment, ids::NominationId},
    features::{
        accounts::Person,
        audit,
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

crate::act_error! {
    /// Why a nomination was not returned.
    pub enum ReturnNominationError {
        NotReturnable => "selection-refused-not-returnable",
        PoolDecided => "selection-refused-pool-decided",
    }
}

/// One that was accepted can be returned too, while nothing is decided about it above; its entry leaves that pool.
pub fn return_nomination(
    db: &mut Db,
    person: &Person,
    nomination: &NominationId,
    reason: &str,
    now: Moment,
) -> Result<Nomination, ReturnNominationError> {
    let mut nomination = store::find_nomination(db, nomination)?.ok_or(ReturnNominationError::NotFound)?;
    let pool = pools::store::find(db, &nomination.to_pool_id)?.ok_or(ReturnNominationError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(ReturnNominationError::NotFound);
    }
    let was_accepted = match nomination.status {
        NominationStatus::Proposed => false,
        NominationStatus::Accepted => true,
        NominationStatus::Returned | NominationStatus::Recalled => {
            return Err(ReturnNominationError::NotReturnable);
        }
    };
    if was_accepted && matches!(pool.status, PoolStatus::Decided | PoolStatus::Published) {
        return Err(ReturnNominationError::PoolDecided);
    }
    let reason = clean_reason(reason)?;
    nomination.status = NominationStatus::Returned;
    nomination.answered_by = Some(person.id.clone());
    nomination.answered_at = Some(now);
    nomination.answer_reason = Some(reason.clone());
    store::save_nomination(db, &nomination)?;
    if was_accepted {
        pools::store::leave(db, &pool.id, &nomination.entry_id, now)?;
    }
    let happening = audit::Happening {
        contest: Some(&nomination.contest_id),
        by: Some(&person.id),
        action: "nomination.return",
        subject: ("nomination", nomination.id.as_str()),
        before: None,
        after: None,
        details: json!({ "entry": nomination.entry_id, "pool": pool.id, "reason": reason }),
    };
    audit::append(db, &happening, now)?;
    Ok(nomination)
}
