//! Rows in and out.

use diesel::prelude::*;

use super::SheetNote;
use crate::{
    base::ids::{AccountId, EntryId, PoolId, SheetNoteId},
    infra::db::{Db, DbError, schema::sheet_notes},
    read_all,
};

pub fn insert(db: &mut Db, note: &SheetNote) -> Result<(), DbError> {
    diesel::insert_into(sheet_notes::table).values(note).execute(db)?;
    Ok(())
}

pub fn delete(db: &mut Db, note: &SheetNoteId) -> Result<(), DbError> {
    diesel::delete(sheet_notes::table.find(note)).execute(db)?;
    Ok(())
}

/// In the order of the film.
pub fn list_of_sheet(
    db: &mut Db,
    pool: &PoolId,
    entry: &EntryId,
    judge: &AccountId,
) -> Result<Vec<SheetNote>, DbError> {
    let notes = sheet_notes::table
        .filter(sheet_notes::pool_id.eq(pool).and(sheet_notes::entry_id.eq(entry)))
        .filter(sheet_notes::judge_id.eq(judge))
        .order((sheet_notes::attachment_id, sheet_notes::at_ms, sheet_notes::id));
    Ok(read_all!(db, notes.select(SheetNote::as_select()))?)
}
