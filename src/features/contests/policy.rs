//! Who may run a contest, and who may see it.

use super::{Contest, ContestStatus, views};
use crate::{
    features::accounts::{Person, views::covers},
    infra::db::{Db, DbError},
};

/// Its organisers, the officers whose unit covers the host, and administrators.
pub fn may_run(db: &mut Db, person: &Person, contest: &Contest) -> Result<bool, DbError> {
    if contest.status == ContestStatus::Discarded {
        return Ok(false);
    }
    if person.is_administrator || covers(db, person, &contest.host_unit_id)? {
        return Ok(true);
    }
    views::is_listed_organiser(db, &contest.id, &person.id)
}

/// Everyone sees a contest from its opening on; before that, only whoever runs it.
pub fn may_see(db: &mut Db, person: Option<&Person>, contest: &Contest) -> Result<bool, DbError> {
    match (contest.status, person) {
        (ContestStatus::Open | ContestStatus::Ended, _) => Ok(true),
        (ContestStatus::Draft, Some(person)) => may_run(db, person, contest),
        (ContestStatus::Draft, None) | (ContestStatus::Discarded, _) => Ok(false),
    }
}
