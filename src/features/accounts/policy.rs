//! Who may do what with somebody's account.

use super::{Account, Actor, Office, views};
use crate::{
    base::clock::Moment,
    features::units::TreeKeeper,
    infra::db::{Db, DbError},
};

/// Whoever resets a password could sign in as that person. So an officer resets it only for people who hold nothing
/// beyond what the officer covers: no office, panel or contest elsewhere, and never for an administrator.
pub fn may_reset(db: &mut Db, by: Actor<'_>, account: &Account, now: Moment) -> Result<bool, DbError> {
    let person = match by {
        Actor::Operator => return Ok(true),
        Actor::Person(person) if person.is_administrator => return Ok(true),
        Actor::Person(person) => person,
    };
    let held: Vec<Office> =
        views::list_offices(db, &account.id)?.into_iter().filter(|office| office.is_held(now)).collect();
    if account.is_administrator || held.is_empty() {
        return Ok(false);
    }
    for office in &held {
        if !views::covers(db, person, &office.unit_id)? {
            return Ok(false);
        }
    }
    for unit in views::list_units_of_duties(db, &account.id)? {
        if !views::covers(db, person, &unit)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Administrators keep the tree.
pub fn tree_keeper(person: &super::Person) -> Option<TreeKeeper> {
    person.is_administrator.then(|| TreeKeeper::proved(person.id.clone()))
}
