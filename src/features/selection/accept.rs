//! The receiver takes a nominated entry in.

use serde_json::json;

use super::{Nomination, NominationStatus, store};
use crate::{
    base::{clock::Moment, ids::NominationId},
    features::{
        accounts::Person,
        audit,
        entries::{self, EntryStatus},
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

crate::act_error! {
    /// Why a nomination was not accepted.
    pub enum AcceptNominationError {
        NotWaiting => "selection-refused-not-waiting",
        PoolDecided => "selection-refused-pool-decided",
        EntryGone => "selection-refused-entry-gone",
    }
}

/// The entry stands in the receiver's pool from now on.
pub fn accept_nomination(
    db: &mut Db,
    person: &Person,
    nomination: &NominationId,
    now: Moment,
) -> Result<Nomination, AcceptNominationError> {
    let mut nomination = store::find_nomination(db, nomination)?.ok_or(AcceptNominationError::NotFound)?;
    let pool = pools::store::find(db, &nomination.to_pool_id)?.ok_or(AcceptNominationError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(AcceptNominationError::NotFound);
    }
    if nomination.status != NominationStatus::Proposed {
        return Err(AcceptNominationError::NotWaiting);
    }
    if matches!(pool.status, PoolStatus::Decided | PoolStatus::Published) {
        return Err(AcceptNominationError::PoolDecided);
    }
    let entry = entries::store::find(db, &nomination.entry_id)?.ok_or(AcceptNominationError::NotFound)?;
    if entry.status != EntryStatus::Accepted {
        return Err(AcceptNominationError::EntryGone);
    }
    nomination.status = NominationStatus::Accepted;
    nomination.answered_by = Some(person.id.clone());
    nomination.answered_at = Some(now);
    store::save_nomination(db, &nomination)?;
    pools::receive(db, &pool, &entry.id, Some(&nomination.id), entry.status.is_judged(), now)?;
    let happening = audit::Happening {
        contest: Some(&nomination.contest_id),
        by: Some(&person.id),
        action: "nomination.accept",
        subject: ("nomination", nomination.id.as_str()),
        before: None,
        after: Some(json!({ "dossier": nomination.dossier_hash })),
        details: json!({ "entry": entry.id, "pool": pool.id }),
    };
    audit::append(db, &happening, now)?;
    Ok(nomination)
}
