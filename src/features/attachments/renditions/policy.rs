//! Who may have a file as it was sent in, and who may have its making tried again.

use super::{Recipe, Rendering, Trouble};
use crate::{
    features::{
        accounts::Person,
        entries::{Entry, policy},
    },
    infra::db::{Db, DbError},
};

/// For whom the place, the device and the author that stand in a file are no secret: only those who deal with the entry
/// and judges who may know whose it is. Everybody else gets copies without them; the original alone where there is
/// nothing to make of such a file, or no program here to make it with.
pub fn needs_copy(media_type: &str, rendering: Option<&Rendering>) -> bool {
    let lacks_program = rendering.is_some_and(|rendering| rendering.trouble == Some(Trouble::NoProgram));
    Recipe::of(media_type).is_some() && !lacks_program
}

/// Whoever checks the entry or runs its contest.
pub fn may_try_again(db: &mut Db, person: &Person, entry: &Entry) -> Result<bool, DbError> {
    policy::may_check(db, person, entry)
}
