//! What is shown of files, as screens read it: a fixed number of queries, however many files.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{Recipe, Rendering, RenderingStatus, Rendition, Trouble};
use crate::{
    base::{
        ids::{AttachmentId, EntryId},
        json::Json,
    },
    features::{
        attachments::{Attachment, FileHash},
        contests::FieldSettings,
    },
    infra::{
        db::{
            Db, DbError,
            schema::{attachments, fields, files, renderings, renditions},
        },
        media::Facts,
        queue,
    },
};

/// All that is there of one file, and how far the rest is.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewing {
    pub rendering: Rendering,
    pub percent: i32,
    /// By name.
    pub renditions: Vec<Rendition>,
}

impl Viewing {
    pub fn find(&self, name: &str) -> Option<&Rendition> {
        self.renditions.iter().find(|rendition| rendition.name == name)
    }
}

/// By the hash of the source.
pub type Viewings = HashMap<FileHash, Viewing>;

/// The small picture of an entry, and its size in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    pub attachment_id: AttachmentId,
    pub width: u32,
    pub height: u32,
}

pub type Covers = HashMap<EntryId, Cover>;

pub fn list_of(db: &mut Db, files: &[Attachment]) -> Result<Viewings, DbError> {
    let sources: Vec<&FileHash> = files.iter().map(|file| &file.file_hash).collect();
    if sources.is_empty() {
        return Ok(Viewings::new());
    }
    let rows = renderings::table.filter(renderings::source_hash.eq_any(&sources));
    let rows: Vec<Rendering> = rows.select(Rendering::as_select()).load(db)?;
    let mut viewings: Viewings = rows
        .into_iter()
        .map(|rendering| {
            let source = rendering.source_hash.clone();
            (source, Viewing { rendering, percent: 0, renditions: Vec::new() })
        })
        .collect();
    let made = renditions::table
        .filter(renditions::source_hash.eq_any(&sources))
        .order((renditions::source_hash, renditions::name))
        .select(Rendition::as_select());
    for rendition in made.load(db)? {
        if let Some(viewing) = viewings.get_mut(&rendition.source_hash) {
            viewing.renditions.push(rendition);
        }
    }
    let is_waiting = |viewing: &&Viewing| viewing.rendering.status == RenderingStatus::Waiting;
    let waiting: Vec<String> = viewings
        .values()
        .filter(is_waiting)
        .map(|viewing| viewing.rendering.source_hash.as_str().to_owned())
        .collect();
    if !waiting.is_empty() {
        let waiting: Vec<&str> = waiting.iter().map(String::as_str).collect();
        for (source, percent) in queue::percents_of(db, &waiting)? {
            if let Some(viewing) = viewings.get_mut(&FileHash::from_store(&source)) {
                viewing.percent = percent;
            }
        }
    }
    Ok(viewings)
}

/// The small picture of each entry of a list that has one, with one query: of the slot that is declared for it, or of the
/// first file.
pub fn list_covers(db: &mut Db, entries: &[EntryId]) -> Result<Covers, DbError> {
    type Row = (EntryId, AttachmentId, Json<FieldSettings>, Json<Facts>);
    let rows: Vec<Row> = attachments::table
        .inner_join(fields::table)
        .inner_join(renditions::table.on(renditions::source_hash.eq(attachments::file_hash)))
        .filter(attachments::entry_id.eq_any(entries).and(attachments::removed_at.is_null()))
        .filter(renditions::name.eq("cover"))
        .order((attachments::entry_id, fields::position, attachments::position, attachments::id))
        .select((attachments::entry_id, attachments::id, fields::settings, renditions::facts))
        .load(db)?;
    let mut covers = Covers::new();
    let mut declared = HashSet::new();
    for (entry_id, attachment_id, settings, facts) in rows {
        let cover =
            Cover { attachment_id, width: facts.width.unwrap_or(320), height: facts.height.unwrap_or(180) };
        if settings.is_cover && declared.insert(entry_id.clone()) {
            covers.insert(entry_id, cover);
        } else {
            covers.entry(entry_id).or_insert(cover);
        }
    }
    Ok(covers)
}

/// Files of entries for which nothing was planned, with their types.
pub fn list_unplanned(db: &mut Db, max: i64) -> Result<Vec<(FileHash, String)>, DbError> {
    let rows = attachments::table
        .left_join(renderings::table.on(renderings::source_hash.eq(attachments::file_hash)))
        .filter(attachments::removed_at.is_null().and(renderings::source_hash.is_null()))
        .filter(
            attachments::media_type
                .like("video/%")
                .or(attachments::media_type.like("audio/%"))
                .or(attachments::media_type.like("image/%"))
                .or(attachments::media_type.eq("application/pdf"))
                .or(attachments::media_type.like("application/vnd.%")),
        )
        .select((attachments::file_hash, attachments::media_type))
        .distinct()
        .limit(max);
    Ok(rows.load(db)?)
}

pub fn list_failed_for(
    db: &mut Db,
    recipe: Recipe,
    trouble: Trouble,
    max: i64,
) -> Result<Vec<(Rendering, String)>, DbError> {
    let rows = renderings::table
        .inner_join(files::table.on(files::hash.eq(renderings::source_hash)))
        .filter(renderings::status.eq(RenderingStatus::Failed))
        .filter(renderings::recipe.eq(recipe).and(renderings::trouble.eq(trouble)))
        .order(renderings::source_hash)
        .limit(max);
    Ok(rows.select((Rendering::as_select(), files::media_type)).load(db)?)
}
