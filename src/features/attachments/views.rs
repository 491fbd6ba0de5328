//! Files as screens read them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    Attachment, captions,
    renditions::{self, Viewing, Viewings},
};
use crate::{
    base::{
        ids::{AttachmentId, EntryId},
        lang::Lang,
    },
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

/// What there is to see and to read of some files.
#[derive(Debug, Default)]
pub struct MediaOf {
    viewings: Viewings,
    captions: HashMap<AttachmentId, Vec<Lang>>,
}

impl MediaOf {
    pub fn viewing(&self, file: &Attachment) -> Option<&Viewing> {
        self.viewings.get(&file.file_hash)
    }

    pub fn captions(&self, file: &Attachment) -> &[Lang] {
        self.captions.get(&file.id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Four queries, however many files.
pub fn list_media(db: &mut Db, files: &[Attachment]) -> Result<MediaOf, DbError> {
    if files.is_empty() {
        return Ok(MediaOf::default());
    }
    let ids: Vec<&AttachmentId> = files.iter().map(|file| &file.id).collect();
    let mut of_file: HashMap<AttachmentId, Vec<Lang>> = HashMap::new();
    for (file, lang) in captions::store::list_languages(db, &ids)? {
        of_file.entry(file).or_default().push(lang);
    }
    Ok(MediaOf { viewings: renditions::views::list_of(db, files)?, captions: of_file })
}
