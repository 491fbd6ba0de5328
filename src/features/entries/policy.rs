//! Who may see an entry and who may check it: the one place that says so.

use super::{Access, Entry, EntryStatus, rules, store};
use crate::{
    features::{
        accounts::{Person, views::covers},
        contests,
        pools::{self, Pool},
    },
    infra::db::{Db, DbError},
};

/// Everyone, once it is published. Before: whoever made it, and from the first submission on the officers whose unit
/// covers its unit and whoever runs the contest. Judges are added by the rooms that know of assignments.
pub fn may_see(db: &mut Db, person: Option<&Person>, entry: Access<'_>) -> Result<bool, DbError> {
    if rules::is_public(entry) {
        return Ok(true);
    }
    match person {
        Some(person) => may_deal_with(db, person, entry),
        None => Ok(false),
    }
}

/// Whether it is theirs in some way: by making it, by office, by running the contest.
pub fn may_deal_with(db: &mut Db, person: &Person, entry: Access<'_>) -> Result<bool, DbError> {
    Ok(rules::belongs_to(entry, &person.id) || may_look_after(db, person, entry)?)
}

/// From the first submission on, the officers whose unit covers its unit and whoever runs the contest. Having made it
/// is not enough.
pub fn may_look_after(db: &mut Db, person: &Person, entry: Access<'_>) -> Result<bool, DbError> {
    if !entry.was_sent {
        return Ok(false);
    }
    Ok(covers(db, person, entry.unit_id)? || may_run_contest_of(db, person, entry)?)
}

/// Whoever made it, while it is a draft or was returned.
pub fn may_edit(person: &Person, entry: &Entry) -> bool {
    rules::belongs_to(entry.access(), &person.id)
}

/// Whoever runs the pool in which the entry stands: accepting, returning, rejecting, disqualifying.
pub fn may_check(db: &mut Db, person: &Person, entry: &Entry) -> Result<bool, DbError> {
    if matches!(entry.status, EntryStatus::Draft) || entry.submitted_at.is_none() {
        return Ok(false);
    }
    match current_pool(db, entry)? {
        Some(pool) => pools::policy::may_run(db, person, &pool),
        None => may_run_contest_of(db, person, entry.access()),
    }
}

/// The pool of the latest round that the entry reached.
pub fn current_pool(db: &mut Db, entry: &Entry) -> Result<Option<Pool>, DbError> {
    store::find_current_pool(db, &entry.id)
}

fn may_run_contest_of(db: &mut Db, person: &Person, entry: Access<'_>) -> Result<bool, DbError> {
    match contests::store::find(db, entry.contest_id)? {
        Some(contest) => contests::policy::may_run(db, person, &contest),
        None => Ok(false),
    }
}
