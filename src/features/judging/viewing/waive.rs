//! Somebody who leads the judging lets a sheet be given without the viewing that the round asks for: a browser without script, a
//! film seen together on a screen.

use serde_json::json;

use super::ViewingWaiver;
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, EntryId, PoolId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{policy::may_lead, sheets::reason_of, store},
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

act_error! {
    /// Why the viewing was not waived.
    pub enum WaiveViewingError {
        PoolDecided => "judging-refused-pool-decided",
        AlreadyWaived => "judging-refused-already-waived",
        OwnViewing => "judging-refused-own-viewing",
    }
}

pub fn waive_viewing(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
    reason: &str,
    now: Moment,
) -> Result<(), WaiveViewingError> {
    let pool = pools::store::find(db, pool)?.ok_or(WaiveViewingError::NotFound)?;
    if !may_lead(db, by, &pool)? || !store::is_assigned(db, &pool.id, entry, judge)? {
        return Err(WaiveViewingError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) {
        return Err(WaiveViewingError::PoolDecided);
    }
    // A head who judges too cannot be the one who says that the own looking was enough.
    if by.id == *judge {
        return Err(WaiveViewingError::OwnViewing);
    }
    let reason = reason_of(reason)?;
    let waiver = ViewingWaiver {
        pool_id: pool.id.clone(),
        entry_id: entry.clone(),
        judge_id: judge.clone(),
        reason: reason.clone(),
        waived_by: by.id.clone(),
        waived_at: now,
    };
    store::insert_waiver(db, &waiver).map_err(|error| {
        if error.is_unique_violation() { WaiveViewingError::AlreadyWaived } else { error.into() }
    })?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "viewing.waive",
        subject: ("entry", entry.as_str()),
        before: None,
        after: None,
        details: json!({ "pool": pool.id, "judge": judge, "reason": reason }),
    };
    append(db, &happening, now)?;
    Ok(())
}
