//! Who may see and score an entry as a judge, and who leads the judging of a pool.

use super::{PanelRole, store, views};
use crate::{
    base::ids::EntryId,
    features::{
        accounts::Person,
        contests::Round,
        pools::{self, Pool, PoolStatus},
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

/// The entries whose makers this person must not learn by any address: those of the blind pools on whose panel the person sits,
/// as long as they are not decided, whatever offices the person holds, and even where the entry is public. Lists leave them
/// out, pages and the API answer that there is no such thing, and files come as clean copies without names. Only the judge's
/// own pages show them, covered.
pub fn veiled_from(db: &mut Db, person: Option<&Person>) -> Result<Vec<EntryId>, DbError> {
    match person {
        Some(person) => views::list_judged_blindly(db, &person.id),
        None => Ok(Vec::new()),
    }
}

pub fn is_veiled_from(db: &mut Db, person: Option<&Person>, entry: &EntryId) -> Result<bool, DbError> {
    Ok(veiled_from(db, person)?.contains(entry))
}

/// Whether somebody sits on the panel of a blind pool that is not decided yet: its rooms that name makers are closed to such a
/// person, and open again to whoever leaves the panel, or when somebody else has decided.
pub fn is_blinded_in(db: &mut Db, person: &Person, pool: &Pool, round: &Round) -> Result<bool, DbError> {
    let is_undecided = matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging);
    Ok(round.is_blind && is_undecided && store::find_seat(db, &pool.id, &person.id)?.is_some())
}

/// Whoever runs the pool, and the head of its panel: progress, assignments, standing, reopening and voiding.
pub fn may_lead(db: &mut Db, person: &Person, pool: &Pool) -> Result<bool, DbError> {
    let seat = store::find_seat(db, &pool.id, &person.id)?;
    Ok(seat.is_some_and(|seat| seat.role == PanelRole::Head) || pools::policy::may_run(db, person, pool)?)
}
