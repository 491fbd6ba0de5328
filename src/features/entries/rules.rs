//! May this be done with an entry now: small predicates, pure.

use super::{Access, Entry, EntryStatus};
use crate::{
    base::{clock::Moment, ids::AccountId},
    features::contests::Contest,
};

/// Whoever it belongs to, and whoever entered it for them.
pub fn belongs_to(entry: Access<'_>, account: &AccountId) -> bool {
    entry.owner_id == account || entry.entered_by == account
}

/// A correction has a deadline of its own; a first submission has the contest's.
pub fn may_be_sent(entry: &Entry, contest: &Contest, now: Moment) -> bool {
    match entry.status {
        EntryStatus::Draft => contest.takes_entries(now),
        EntryStatus::Returned => entry.correction_due_at.is_none_or(|due| now < due),
        _ => false,
    }
}

/// What everyone may see: published, and not taken down since.
pub fn is_public(entry: Access<'_>) -> bool {
    entry.is_published && entry.status == EntryStatus::Accepted
}
