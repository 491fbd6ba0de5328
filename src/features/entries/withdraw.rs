//! Taking an entry back.

use super::{Entry, EntryStatus, check, policy, store};
use crate::{
    act_error,
    base::{clock::Moment, ids::EntryId},
    features::{accounts::Person, pools::PoolStatus},
    infra::db::Db,
};

act_error! {
    /// Why an entry could not be withdrawn.
    pub enum WithdrawEntryError {
        TooLate => "entries-refused-withdraw-decided",
        NotInThisState => "entries-refused-withdraw-state",
    }
}

/// By whoever it belongs to, until a body has decided about it. A draft that was never sent in is dropped the same way.
pub fn withdraw_entry(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    now: Moment,
) -> Result<Entry, WithdrawEntryError> {
    let entry = store::find(db, entry)?
        .filter(|entry| policy::may_edit(person, entry))
        .ok_or(WithdrawEntryError::NotFound)?;
    if entry.status == EntryStatus::Withdrawn {
        return Ok(entry);
    }
    if !entry.status.may_become(EntryStatus::Withdrawn) {
        return Err(WithdrawEntryError::NotInThisState);
    }
    let pools = store::list_pool_states(db, &entry.id)?;
    if pools.iter().any(|status| matches!(status, PoolStatus::Decided | PoolStatus::Published)) {
        return Err(WithdrawEntryError::TooLate);
    }
    Ok(check::change_status(db, person, entry, EntryStatus::Withdrawn, None, now)?)
}
