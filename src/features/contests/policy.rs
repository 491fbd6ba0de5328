//! Who may run a contest.

use super::{Contest, views};
use crate::{
    features::accounts::{Person, views::covers},
    infra::db::{Db, DbError},
};

/// Its organisers, the officers whose unit covers the host, and administrators.
pub fn may_run(db: &mut Db, person: &Person, contest: &Contest) -> Result<bool, DbError> {
    if person.is_administrator || covers(db, person, &contest.host_unit_id)? {
        return Ok(true);
    }
    views::is_listed_organiser(db, &contest.id, &person.id)
}
