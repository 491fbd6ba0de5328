//! Putting an entry aside for later: what was typed is saved, and the list shows the entry as one to come back to.

use super::{SaveSheetError, TypedSheet, save::is_writable, save_sheet, typed::SheetContent};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId},
    },
    features::{
        accounts::Person,
        judging::{store, views},
    },
    infra::db::Db,
};

/// The judge's next entry is the answer. A sheet with nothing on it is not begun by putting it aside.
pub fn put_aside(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    entry: &EntryId,
    typed: &TypedSheet,
    now: Moment,
) -> Result<Option<EntryId>, SaveSheetError> {
    let seated = store::find_seated(db, pool, entry, &judge.id)?.ok_or(SaveSheetError::NotFound)?;
    is_writable(&seated)?;
    let form = seated.form(db)?;
    let typed_nothing = typed.read(&form, judge.language, &SheetContent::default())?.is_empty();
    if seated.sheet.is_some() || !typed_nothing {
        save_sheet(db, judge, pool, entry, typed, now)?;
    }
    store::save_skipped(db, pool, entry, &judge.id, Some(now))?;
    let places = views::list_places(db, pool, &judge.id)?;
    Ok(views::next_open(&places, entry))
}
