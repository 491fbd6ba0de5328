//! Saving a sheet while it is being filled in. Few statements: this is what sixty judges do at once.

use super::typed::SheetContent;
use super::{Seated, SheetStatus, TypedSheet};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, PoolId},
    },
    features::{accounts::Person, contests::views::list_criteria, judging::store},
    infra::db::{Db, DbError},
};

act_error! {
    /// Why a sheet could not be saved or submitted.
    pub enum SaveSheetError {
        JudgingNotOpen => "judging-refused-not-open",
        JudgingClosed => "judging-refused-closed",
        AlreadySubmitted => "judging-refused-already-submitted",
        SavedElsewhere => "judging-refused-saved-elsewhere",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub edition: i32,
    pub saved_at: Moment,
}

pub fn save_sheet(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    entry: &EntryId,
    typed: &TypedSheet,
    now: Moment,
) -> Result<Saved, SaveSheetError> {
    let seated = store::find_seated(db, pool, entry, &judge.id)?.ok_or(SaveSheetError::NotFound)?;
    is_writable(&seated)?;
    if seated.is_submitted() {
        return Err(SaveSheetError::AlreadySubmitted);
    }
    let form = list_criteria(db, &seated.round_id)?;
    let content = typed.read(&form, judge.language)?;
    let before = seated.content(db)?;
    if let Some(saved) = already_saved(&seated, &before, &content) {
        return Ok(saved);
    }
    if typed.edition != seated.edition() {
        return Err(SaveSheetError::SavedElsewhere);
    }
    let sheet = seated.write(db, &before, &content, SheetStatus::Draft, now).map_err(first_was_another)?;
    Ok(Saved { edition: sheet.edition, saved_at: sheet.saved_at })
}

pub(super) fn is_writable(seated: &Seated) -> Result<(), SaveSheetError> {
    if seated.is_open() {
        Ok(())
    } else if seated.pool_status == crate::features::pools::PoolStatus::Gathering {
        Err(SaveSheetError::JudgingNotOpen)
    } else {
        Err(SaveSheetError::JudgingClosed)
    }
}

/// The same content again is no news, whatever edition it was typed on: an answer got lost on the way and the page asks
/// once more.
fn already_saved(seated: &Seated, before: &SheetContent, content: &SheetContent) -> Option<Saved> {
    let sheet = seated.sheet.as_ref().filter(|sheet| sheet.status == SheetStatus::Draft)?;
    (before == content).then_some(Saved { edition: sheet.edition, saved_at: sheet.saved_at })
}

/// Two pages that both began the sheet: the database lets one of them be the first.
pub(super) fn first_was_another(error: DbError) -> SaveSheetError {
    if error.is_unique_violation() { SaveSheetError::SavedElsewhere } else { error.into() }
}
