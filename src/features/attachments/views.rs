//! Files as screens read them.

use diesel::prelude::*;

use super::Attachment;
use crate::{
    base::ids::{AttachmentId, EntryId},
    features::entries::Entry,
    infra::db::{
        Db, DbError,
        schema::{attachments, entries},
    },
};

/// The files that an entry has now, in order.
pub fn list_of_entry(db: &mut Db, entry: &EntryId) -> Result<Vec<Attachment>, DbError> {
    let files = attachments::table
        .filter(attachments::entry_id.eq(entry))
        .filter(attachments::removed_at.is_null())
        .order((attachments::position, attachments::id));
    Ok(files.select(Attachment::as_select()).load(db)?)
}

/// A file with the entry that decides who may see it.
pub fn find_with_entry(db: &mut Db, id: &AttachmentId) -> Result<Option<(Attachment, Entry)>, DbError> {
    let found = attachments::table.inner_join(entries::table).filter(attachments::id.eq(id));
    Ok(found.select((Attachment::as_select(), Entry::as_select())).get_result(db).optional()?)
}

/// The files of many entries with one query, in order.
pub fn list_of_entries(db: &mut Db, of: &[EntryId]) -> Result<Vec<Attachment>, DbError> {
    let files = attachments::table
        .filter(attachments::entry_id.eq_any(of))
        .filter(attachments::removed_at.is_null())
        .order((attachments::position, attachments::id));
    Ok(files.select(Attachment::as_select()).load(db)?)
}
