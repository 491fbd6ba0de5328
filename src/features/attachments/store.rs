//! Rows in and out.

use diesel::prelude::*;

use super::{Attachment, CleanedFile, FileHash, FileRow};
use crate::{
    base::ids::{AttachmentId, EntryId, FieldId},
    infra::db::{
        Db, DbError,
        schema::{attachments, cleaned_files, files},
    },
    rows_by_id,
};

rows_by_id!(attachments, Attachment, AttachmentId, find, insert, save);

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
