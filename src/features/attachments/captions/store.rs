//! Rows in and out.

use diesel::prelude::*;

use super::Captions;
use crate::{
    base::{ids::AttachmentId, lang::Lang},
    infra::db::{Db, DbError, among, schema::captions},
    read_all,
};

pub fn find(db: &mut Db, attachment: &AttachmentId, lang: Lang) -> Result<Option<Captions>, DbError> {
    Ok(captions::table.find((attachment, lang)).select(Captions::as_select()).first(db).optional()?)
}

pub fn insert(db: &mut Db, row: &Captions) -> Result<(), DbError> {
    diesel::insert_into(captions::table).values(row).execute(db)?;
    Ok(())
}

/// Answers whether there were any.
pub fn delete(db: &mut Db, attachment: &AttachmentId, lang: Lang) -> Result<bool, DbError> {
    Ok(diesel::delete(captions::table.find((attachment, lang))).execute(db)? > 0)
}

/// Which languages each of the files has captions in.
pub fn list_languages(
    db: &mut Db,
    attachments: &[&AttachmentId],
) -> Result<Vec<(AttachmentId, Lang)>, DbError> {
    let rows = captions::table
        .order((captions::attachment_id, captions::lang.desc()))
        .select((captions::attachment_id, captions::lang));
    Ok(match attachments {
        // For lists of values SQLite makes a table each time that it is asked.
        [one] => read_all!(db, rows.filter(captions::attachment_id.eq(one)))?,
        many => read_all!(db, rows.filter(among(captions::attachment_id, many)))?,
    })
}
