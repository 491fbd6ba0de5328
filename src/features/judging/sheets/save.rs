//! Saving a sheet while it is being filled in. Few statements: this is what sixty judges do at once.

use diesel::prelude::*;

use super::typed::SheetContent;
use super::{Seated, Sheet, SheetStatus, TypedSheet};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, EntryId, PoolId, SheetId},
    },
    features::{accounts::Person, judging::store},
    infra::db::{Db, DbError},
};

act_error! {
    /// Why a sheet could not be saved or submitted.
    pub enum SaveSheetError {
        JudgingNotOpen => "judging-refused-not-open",
        JudgingClosed => "judging-refused-closed",
        AlreadySubmitted => "judging-refused-already-submitted",
        SavedElsewhere => "judging-refused-saved-elsewhere",
        CalibrationFirst { codes: String } => "judging-refused-calibration-first",
        NotSeen { n: usize, files: String } => "judging-refused-not-seen",
    }
}

/// A save that a device gave an id, and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::sheet_saves)]
pub struct SheetSave {
    pub judge_id: AccountId,
    pub save_id: String,
    pub sheet_id: SheetId,
    pub edition: i32,
    pub saved_at: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub edition: i32,
    pub saved_at: Moment,
}

/// A save of a device that comes a second time is answered as it was the first time, whatever happened in between.
pub fn save_sheet(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    entry: &EntryId,
    typed: &TypedSheet,
    now: Moment,
) -> Result<Saved, SaveSheetError> {
    let seated = store::find_seated(db, pool, entry, &judge.id)?.ok_or(SaveSheetError::NotFound)?;
    let may_write = is_writable(&seated).and_then(|()| is_a_draft(&seated));
    if let Err(error) = may_write {
        return arrived_before(db, judge, typed)?.ok_or(error);
    }
    let form = seated.form(db)?;
    let before = seated.content(db)?;
    let content = typed.read(&form, judge.language, &before)?;
    if let Some(saved) = already_saved(&seated, &before, &content) {
        return Ok(saved);
    }
    if typed.edition != seated.edition() {
        return arrived_before(db, judge, typed)?.ok_or(SaveSheetError::SavedElsewhere);
    }
    let sheet = seated.write(db, &before, &content, SheetStatus::Draft, now)?;
    remember(db, &sheet, typed)?;
    Ok(Saved { edition: sheet.edition, saved_at: sheet.saved_at })
}

fn is_a_draft(seated: &Seated) -> Result<(), SaveSheetError> {
    if seated.is_submitted() { Err(SaveSheetError::AlreadySubmitted) } else { Ok(()) }
}

fn arrived_before(db: &mut Db, judge: &Person, typed: &TypedSheet) -> Result<Option<Saved>, DbError> {
    let Some(save_id) = typed.save_id() else { return Ok(None) };
    let save = store::find_sheet_save(db, &judge.id, save_id)?;
    Ok(save.map(|save| Saved { edition: save.edition, saved_at: save.saved_at }))
}

pub(super) fn remember(db: &mut Db, sheet: &Sheet, typed: &TypedSheet) -> Result<(), SaveSheetError> {
    let Some(save_id) = typed.save_id() else { return Ok(()) };
    let save = SheetSave {
        judge_id: sheet.judge_id.clone(),
        save_id: save_id.to_owned(),
        sheet_id: sheet.id.clone(),
        edition: sheet.edition,
        saved_at: sheet.saved_at,
    };
    store::insert_sheet_save(db, &save).map_err(|error| {
        // One id for two different saves: somebody made it up.
        if error.is_unique_violation() { SaveSheetError::SavedElsewhere } else { error.into() }
    })
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
