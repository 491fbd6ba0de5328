//! Who may see that two entries are alike, and how much of it.

use super::Likeness;
use crate::{
    features::{
        accounts::{Person, views::covers},
        contests,
        entries::{self, Entry},
        judging::{self, policy::Sight},
    },
    infra::db::{Db, DbError},
};

/// How much of a pair somebody sees.
#[derive(Debug, Clone, PartialEq)]
pub enum PairSight {
    Both(Box<(Entry, Entry)>),
    /// Only this one; the other is named as a work from elsewhere. `is_first`: which of the two it is.
    One {
        own: Box<Entry>,
        is_first: bool,
        other_contest_is_same: bool,
    },
}

/// Officers whose unit covers an entry's unit, and whoever runs its contest. Not those who made it, and nobody who judges one
/// of the two blindly, whatever offices they hold.
pub fn sight_of_pair(
    db: &mut Db,
    person: &Person,
    likeness: &Likeness,
) -> Result<Option<PairSight>, DbError> {
    let first = entries::store::find(db, &likeness.first_entry_id)?;
    let second = entries::store::find(db, &likeness.second_entry_id)?;
    let (Some(first), Some(second)) = (first, second) else { return Ok(None) };
    if is_blind_to(db, person, &first)? || is_blind_to(db, person, &second)? {
        return Ok(None);
    }
    let other_contest_is_same = first.contest_id == second.contest_id;
    Ok(match (may_watch(db, person, &first)?, may_watch(db, person, &second)?) {
        (true, true) => Some(PairSight::Both(Box::new((first, second)))),
        (true, false) => Some(PairSight::One { own: Box::new(first), is_first: true, other_contest_is_same }),
        (false, true) => {
            Some(PairSight::One { own: Box::new(second), is_first: false, other_contest_is_same })
        }
        (false, false) => None,
    })
}

/// Whether the radar may speak to this person of this entry.
pub fn may_watch(db: &mut Db, person: &Person, entry: &Entry) -> Result<bool, DbError> {
    if entry.submitted_at.is_none()
        || entries::rules::belongs_to(entry.access(), &person.id) && !person.is_officer()
    {
        return Ok(false);
    }
    if is_blind_to(db, person, entry)? {
        return Ok(false);
    }
    if covers(db, person, &entry.unit_id)? {
        return Ok(true);
    }
    match contests::store::find(db, &entry.contest_id)? {
        Some(contest) => contests::policy::may_run(db, person, &contest),
        None => Ok(false),
    }
}

fn is_blind_to(db: &mut Db, person: &Person, entry: &Entry) -> Result<bool, DbError> {
    Ok(judging::policy::is_veiled_from(db, Some(person), &entry.id)?
        || judging::policy::sight_of(db, person, &entry.id)? == Some(Sight::Blind))
}
