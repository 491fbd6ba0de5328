//! Who may see and score an entry as a judge, and who leads the judging of a pool.

use super::{PanelRole, store, views};
use crate::{
    base::ids::EntryId,
    features::{
        accounts::Person,
        pools::{self, Pool},
    },
    infra::db::{Db, DbError},
};

/// How a judge sees an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    Open,
    /// Without authors, units and the names of files.
    Blind,
}

/// An active judge with an assignment that was not ended. Declaring a conflict ends it, so the entry is gone at once.
pub fn may_judge(db: &mut Db, person: &Person, pool: &Pool, entry: &EntryId) -> Result<bool, DbError> {
    store::is_assigned(db, &pool.id, entry, &person.id)
}

/// Whether the person judges the entry in some pool, and how: blind as soon as one of those rounds is blind. The file
/// handler asks here, because an address of a file names no pool.
pub fn sight_of(db: &mut Db, person: &Person, entry: &EntryId) -> Result<Option<Sight>, DbError> {
    let blind = views::blindness_of_assignments(db, &person.id, entry)?;
    Ok(match blind.as_slice() {
        [] => None,
        rounds if rounds.contains(&true) => Some(Sight::Blind),
        _ => Some(Sight::Open),
    })
}

/// Whoever runs the pool, and the head of its panel: progress, assignments, standing, reopening and voiding.
pub fn may_lead(db: &mut Db, person: &Person, pool: &Pool) -> Result<bool, DbError> {
    let seat = store::find_seat(db, &pool.id, &person.id)?;
    Ok(seat.is_some_and(|seat| seat.role == PanelRole::Head) || pools::policy::may_run(db, person, pool)?)
}
