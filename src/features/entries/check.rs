//! What the officers of the pool do with what came in: accept, return for correction, reject, disqualify.

use serde_json::json;

use super::{Entry, EntryStatus, policy, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::EntryId,
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::{
        accounts::Person,
        audit::{self, Happening},
        pools::{self, PoolStatus},
    },
    infra::db::{Db, DbError},
};

const MAX_REASON_CHARS: usize = 2_000;

act_error! {
    /// Why an entry could not be accepted, returned, rejected or disqualified.
    pub enum CheckEntryError {
        NotInThisState => "entries-refused-check-state",
        AlreadyDecided => "entries-refused-check-decided",
    }
}

/// What is said to whoever made the entry, and until when it can be sent in again.
#[derive(Debug, Clone)]
pub struct Return {
    pub reason: String,
    pub due_at: Option<Moment>,
}

/// Accepting what is accepted already changes nothing, so that a form sent twice does no harm.
pub fn accept_entry(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    now: Moment,
) -> Result<Entry, CheckEntryError> {
    let entry = find_for(db, person, entry)?;
    if entry.status == EntryStatus::Accepted {
        return Ok(entry);
    }
    goes_to(&entry, EntryStatus::Accepted)?;
    Ok(change_status(db, person, entry, EntryStatus::Accepted, None, now)?)
}

pub fn return_entry(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    what: &Return,
    now: Moment,
) -> Result<Entry, CheckEntryError> {
    let entry = find_for(db, person, entry)?;
    goes_to(&entry, EntryStatus::Returned)?;
    is_undecided(db, &entry)?;
    let mut errors = FieldErrors::default();
    let reason = errors.take("reason", read_reason(&what.reason));
    match what.due_at {
        None => errors.add("due", Sentence::new("entries-wrong-due-missing")),
        Some(due) if due <= now => errors.add("due", Sentence::new("entries-wrong-due-past")),
        Some(_) => {}
    }
    let reason = errors.or(|| reason)?;
    let mut entry = entry;
    entry.correction_due_at = what.due_at;
    Ok(change_status(db, person, entry, EntryStatus::Returned, Some(reason), now)?)
}

pub fn reject_entry(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    reason: &str,
    now: Moment,
) -> Result<Entry, CheckEntryError> {
    end(db, person, entry, EntryStatus::Rejected, reason, now)
}

/// For a breach of the rules, also after the entry was accepted.
pub fn disqualify_entry(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    reason: &str,
    now: Moment,
) -> Result<Entry, CheckEntryError> {
    end(db, person, entry, EntryStatus::Disqualified, reason, now)
}

fn end(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    status: EntryStatus,
    reason: &str,
    now: Moment,
) -> Result<Entry, CheckEntryError> {
    let entry = find_for(db, person, entry)?;
    goes_to(&entry, status)?;
    if status == EntryStatus::Rejected {
        is_undecided(db, &entry)?;
    }
    let reason = read_reason(reason).map_err(|sentence| FieldErrors::one("reason", sentence))?;
    Ok(change_status(db, person, entry, status, Some(reason), now)?)
}

fn find_for(db: &mut Db, person: &Person, entry: &EntryId) -> Result<Entry, CheckEntryError> {
    let entry = store::find(db, entry)?.ok_or(CheckEntryError::NotFound)?;
    if policy::may_check(db, person, &entry)? { Ok(entry) } else { Err(CheckEntryError::NotFound) }
}

fn goes_to(entry: &Entry, status: EntryStatus) -> Result<(), CheckEntryError> {
    if entry.status.may_become(status) { Ok(()) } else { Err(CheckEntryError::NotInThisState) }
}

/// What a body decided about must not change under the decision; a breach of the rules still can be found.
fn is_undecided(db: &mut Db, entry: &Entry) -> Result<(), CheckEntryError> {
    let pool = policy::current_pool(db, entry)?;
    let is_decided =
        pool.is_some_and(|pool| matches!(pool.status, PoolStatus::Decided | PoolStatus::Published));
    if is_decided { Err(CheckEntryError::AlreadyDecided) } else { Ok(()) }
}

pub fn read_reason(typed: &str) -> Result<String, Sentence> {
    let reason = clean_text(typed);
    let n_chars = reason.chars().count();
    if reason.is_empty() {
        return Err(Sentence::new("entries-wrong-reason-missing"));
    }
    if n_chars > MAX_REASON_CHARS {
        return Err(super::draft::too_long("entries-wrong-text-long", n_chars, MAX_REASON_CHARS));
    }
    Ok(reason)
}

/// Writes the new state with its facts, lets the entry leave its pools or come back into them, and appends to the
/// audit. Whether the step is allowed was decided before.
pub fn change_status(
    db: &mut Db,
    person: &Person,
    mut entry: Entry,
    status: EntryStatus,
    reason: Option<String>,
    now: Moment,
) -> Result<Entry, DbError> {
    let before = entry.status;
    if status != EntryStatus::Returned {
        entry.correction_due_at = None;
    }
    entry.status = status;
    entry.status_reason.clone_from(&reason);
    entry.status_by = Some(person.id.clone());
    entry.status_at = now;
    entry.edition += 1;
    store::save(db, &entry)?;
    if before.stands_in_pools() && !status.stands_in_pools() {
        pools::store::leave_all(db, &entry.id, now)?;
    } else if !before.stands_in_pools()
        && status.stands_in_pools()
        && let Some(pool) = store::find_current_pool(db, &entry.id)?
    {
        pools::store::come_back(db, &pool.id, &entry.id, status.is_judged())?;
    }
    let action = match status {
        EntryStatus::Draft => "entry.reopen",
        EntryStatus::Submitted => "entry.submit",
        EntryStatus::Accepted => "entry.accept",
        EntryStatus::Returned => "entry.return",
        EntryStatus::Rejected => "entry.reject",
        EntryStatus::Withdrawn => "entry.withdraw",
        EntryStatus::Disqualified => "entry.disqualify",
        EntryStatus::Sample => "entry.sample",
    };
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&person.id),
        action,
        subject: ("entry", entry.id.as_str()),
        before: Some(json!(before)),
        after: Some(json!(status)),
        details: json!({ "reason": reason, "due_at": entry.correction_due_at.map(|due| due.and_utc().to_rfc3339()) }),
    };
    audit::append(db, &happening, now)?;
    Ok(entry)
}
