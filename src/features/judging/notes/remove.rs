//! Taking one's own note away.

use super::store;
use crate::{
    act_error,
    base::ids::{EntryId, PoolId, SheetNoteId},
    features::{accounts::Person, judging},
    infra::db::Db,
};

act_error! {
    /// Why a note stays.
    pub enum RemoveNoteError {
        JudgingNotOpen => "judging-refused-not-open",
    }
}

/// Removing what is gone already changes nothing.
pub fn remove_note(
    db: &mut Db,
    judge: &Person,
    (pool, entry): (&PoolId, &EntryId),
    note: &SheetNoteId,
) -> Result<(), RemoveNoteError> {
    let seated = judging::store::find_seated(db, pool, entry, &judge.id)?.ok_or(RemoveNoteError::NotFound)?;
    if !seated.is_open() {
        return Err(RemoveNoteError::JudgingNotOpen);
    }
    let own = store::list_of_sheet(db, pool, entry, &judge.id)?;
    if own.iter().any(|known| known.id == *note) {
        store::delete(db, note)?;
    }
    Ok(())
}
