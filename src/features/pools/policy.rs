//! Who may run a pool.

use super::Pool;
use crate::{
    features::{
        accounts::{Person, views::covers},
        contests,
    },
    infra::db::{Db, DbError},
};

/// The officers whose unit covers the pool's unit, and whoever runs the contest.
pub fn may_run(db: &mut Db, person: &Person, pool: &Pool) -> Result<bool, DbError> {
    if person.is_administrator || covers(db, person, &pool.unit_id)? {
        return Ok(true);
    }
    match contests::store::find(db, &pool.contest_id)? {
        Some(contest) => contests::policy::may_run(db, person, &contest),
        None => Ok(false),
    }
}
