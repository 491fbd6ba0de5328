//! Files as screens read them.

mod works;

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    Attachment, FileHash, captions,
    games::{self, Game, is_game},
    renditions::{self, KeptViewings, Recipe, Rendering, Viewing, Viewings},
};
use crate::{
    base::{
        ids::{AttachmentId, EntryId},
        lang::Lang,
    },
    features::entries::{Entry, EntryAccess},
    infra::db::{
        Db, DbError, among,
        schema::{attachments, entries, renderings},
    },
    read_all, read_one,
};

pub use works::{Works, complete_lines, list_works, look_at_works};

/// The files of many entries with one query, in order.
pub fn list_of_entries(db: &mut Db, of: &[EntryId]) -> Result<Vec<Attachment>, DbError> {
    let files = attachments::table
        .filter(among(attachments::entry_id, of))
        .filter(attachments::removed_at.is_null())
        .order((attachments::position, attachments::id));
    Ok(read_all!(db, files.select(Attachment::as_select()))?)
}

/// The files that an entry has now, in order.
pub fn list_of_entry(db: &mut Db, entry: &EntryId) -> Result<Vec<Attachment>, DbError> {
    let files = attachments::table
        .filter(attachments::entry_id.eq(entry))
        .filter(attachments::removed_at.is_null())
        .order((attachments::position, attachments::id));
    Ok(read_all!(db, files.select(Attachment::as_select()))?)
}

/// A file with the entry that decides who may see it.
pub fn find_with_entry(db: &mut Db, id: &AttachmentId) -> Result<Option<(Attachment, Entry)>, DbError> {
    let found = attachments::table.inner_join(entries::table).filter(attachments::id.eq(id));
    Ok(read_one!(db, found.select((Attachment::as_select(), Entry::as_select())))?)
}

/// The same with the part of the entry that decides it.
pub fn find_with_access(
    db: &mut Db,
    id: &AttachmentId,
) -> Result<Option<(Attachment, EntryAccess)>, DbError> {
    let found = attachments::table.inner_join(entries::table).filter(attachments::id.eq(id));
    Ok(read_one!(db, found.select((Attachment::as_select(), EntryAccess::as_select())))?)
}

/// What there is to see and to read of some files.
#[derive(Debug, Default)]
pub struct MediaOf {
    viewings: Viewings,
    games: HashMap<FileHash, Game>,
    captions: HashMap<AttachmentId, Vec<Lang>>,
}

impl MediaOf {
    pub fn viewing(&self, file: &Attachment) -> Option<&Viewing> {
        self.viewings.get(&file.file_hash).map(AsRef::as_ref)
    }

    pub fn game(&self, file: &Attachment) -> Option<&Game> {
        self.games.get(&file.file_hash)
    }

    pub fn captions(&self, file: &Attachment) -> &[Lang] {
        self.captions.get(&file.id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The files that an entry has now, in order, with what there is to see of them: one query, and one more for each thing that
/// only some files have.
pub fn list_with_media(
    db: &mut Db,
    kept: &KeptViewings,
    entry: &EntryId,
) -> Result<(Vec<Attachment>, MediaOf), DbError> {
    let rows: Vec<(Attachment, Option<Rendering>)> = read_all!(
        db,
        attachments::table
            .left_join(renderings::table.on(renderings::source_hash.eq(attachments::file_hash)))
            .filter(attachments::entry_id.eq(entry))
            .filter(attachments::removed_at.is_null())
            .order((attachments::position, attachments::id))
            .select((Attachment::as_select(), Option::<Rendering>::as_select()))
    )?;
    let (files, renderings): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let renderings = renderings.into_iter().flatten().collect();
    let viewings = renditions::views::list_pieces(db, renderings, kept)?;
    let media = MediaOf { viewings, games: list_games(db, &files)?, captions: list_captions(db, &files)? };
    Ok((files, media))
}

/// The same for files that were read before: a fixed number of queries, however many they are.
pub fn list_media(db: &mut Db, files: &[Attachment]) -> Result<MediaOf, DbError> {
    if files.is_empty() {
        return Ok(MediaOf::default());
    }
    Ok(MediaOf {
        games: list_games(db, files)?,
        viewings: renditions::views::list_of(db, files)?,
        captions: list_captions(db, files)?,
    })
}

fn list_games(db: &mut Db, files: &[Attachment]) -> Result<HashMap<FileHash, Game>, DbError> {
    let games = files.iter().filter(|file| is_game(&file.media_type));
    let games: Vec<FileHash> = games.map(|file| file.file_hash.clone()).collect();
    let games = match games.as_slice() {
        [] => return Ok(HashMap::new()),
        // Nearly every entry has one at most, and for lists of values SQLite makes a table each time that it is asked.
        [one] => games::store::find(db, one)?.into_iter().collect(),
        many => games::store::list_among(db, many)?,
    };
    Ok(games.into_iter().map(|game| (game.file_hash.clone(), game)).collect())
}

/// Only films and sounds have any.
fn list_captions(db: &mut Db, files: &[Attachment]) -> Result<HashMap<AttachmentId, Vec<Lang>>, DbError> {
    let spoken = files.iter().filter(|file| Recipe::plays(&file.media_type));
    let ids: Vec<&AttachmentId> = spoken.map(|file| &file.id).collect();
    let mut of_file: HashMap<AttachmentId, Vec<Lang>> = HashMap::new();
    if !ids.is_empty() {
        for (file, lang) in captions::store::list_languages(db, &ids)? {
            of_file.entry(file).or_default().push(lang);
        }
    }
    Ok(of_file)
}
