//! How many wrong passwords are too many.

use chrono::Duration;

use crate::{
    base::{clock::Moment, contact::SignInName},
    features::accounts::store,
    infra::db::{Db, DbError},
};

/// When the door closes, and for how long a wrong password counts.
pub struct Door {
    pub minutes: i64,
    /// For one sign-in name.
    pub max_for_name: i64,
    /// For one address: many people of a commune may share one.
    pub max_for_address: i64,
}

pub const DOOR: Door = Door { minutes: 15, max_for_name: 10, max_for_address: 100 };

impl Door {
    /// Pure: the counts are those of the last [`Door::minutes`].
    pub fn is_closed(&self, for_name: i64, for_address: i64) -> bool {
        for_name >= self.max_for_name || for_address >= self.max_for_address
    }
}

pub fn name_subject(name: &SignInName) -> String {
    match name {
        SignInName::Phone(phone) => format!("name:{phone}"),
        SignInName::Email(email) => format!("name:{email}"),
    }
}

pub fn address_subject(address: &str) -> String {
    format!("address:{address}")
}

/// Whether guessing under this name or from this address has to wait.
pub fn is_closed(db: &mut Db, name: &str, address: &str, now: Moment) -> Result<bool, DbError> {
    let since = now - Duration::minutes(DOOR.minutes);
    let for_name = store::count_failures(db, name, since)?;
    let for_address = store::count_failures(db, address, since)?;
    Ok(DOOR.is_closed(for_name, for_address))
}

/// Failures are kept for a day; then they are nobody's business.
pub fn forget_old_failures(db: &mut Db, now: Moment) -> Result<usize, DbError> {
    store::delete_failures_before(db, now - Duration::days(1))
}

#[cfg(test)]
mod tests {
    use super::DOOR;

    #[test]
    fn the_door_closes_for_a_name_long_before_it_closes_for_an_address() {
        for (for_name, for_address, closed) in
            [(0, 0, false), (9, 99, false), (10, 10, true), (0, 99, false), (0, 100, true)]
        {
            assert_eq!(DOOR.is_closed(for_name, for_address), closed, "{for_name} {for_address}");
        }
    }
}
