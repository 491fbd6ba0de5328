//! Rows in and out.

use diesel::prelude::*;

use super::{Attachment, CleanedFile, FileHash, FileRow, views::look_at_works};
use crate::{
    base::ids::{AttachmentId, EntryId, FieldId},
    features::entries,
    infra::db::{
        Db, DbError,
        schema::{attachments, cleaned_files, files},
    },
};

mod rows {
    use super::{Attachment, AttachmentId};

    crate::rows_by_id!(attachments, Attachment, AttachmentId, find, insert, save);
}
pub use rows::find;

pub fn insert(db: &mut Db, row: &Attachment) -> Result<(), DbError> {
    rows::insert(db, row)?;
    keep_works(db, std::slice::from_ref(&row.entry_id))
}

pub fn save(db: &mut Db, row: &Attachment) -> Result<(), DbError> {
    rows::save(db, row)?;
    keep_works(db, std::slice::from_ref(&row.entry_id))
}

/// Puts what lists show of the files into the rows of the entries; whatever changes files or their covers does so.
pub fn keep_works(db: &mut Db, of: &[EntryId]) -> Result<(), DbError> {
    let mut works = look_at_works(db, of)?;
    for entry in of {
        entries::store::save_work(db, entry, &works.remove(entry).unwrap_or_default())?;
    }
    Ok(())
}

/// The entries that hold this file now.
pub fn list_entries_with(db: &mut Db, file: &FileHash) -> Result<Vec<EntryId>, DbError> {
    let with = attachments::table.filter(attachments::file_hash.eq(file));
    let with = with.filter(attachments::removed_at.is_null()).select(attachments::entry_id).distinct();
    Ok(with.load(db)?)
}

/// The same bytes have one row, whoever sends them.
pub fn insert_file_row_once(db: &mut Db, row: &FileRow) -> Result<(), DbError> {
    let query = diesel::insert_into(files::table).values(row).on_conflict_do_nothing();
    match db {
        Db::Postgres(db) => query.execute(db)?,
        Db::Sqlite(db) => query.execute(db)?,
    };
    Ok(())
}

pub fn find_cleaned(db: &mut Db, of: &FileHash) -> Result<Option<CleanedFile>, DbError> {
    Ok(cleaned_files::table.find(of).select(CleanedFile::as_select()).first(db).optional()?)
}

pub fn insert_cleaned_once(db: &mut Db, row: &CleanedFile) -> Result<(), DbError> {
    let query = diesel::insert_into(cleaned_files::table).values(row).on_conflict_do_nothing();
    match db {
        Db::Postgres(db) => query.execute(db)?,
        Db::Sqlite(db) => query.execute(db)?,
    };
    Ok(())
}

/// The files of one slot, in order.
pub fn list_in_slot(db: &mut Db, entry: &EntryId, field: &FieldId) -> Result<Vec<Attachment>, DbError> {
    let in_slot = attachments::table
        .filter(attachments::entry_id.eq(entry))
        .filter(attachments::field_id.eq(field))
        .filter(attachments::removed_at.is_null())
        .order((attachments::position, attachments::id));
    Ok(in_slot.select(Attachment::as_select()).load(db)?)
}
