//! What is shown of files, as screens read it: a fixed number of queries, however many files.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use diesel::prelude::*;

use super::{Recipe, Rendering, RenderingStatus, Rendition, Trouble, kept::KeptViewings};
use crate::{
    features::attachments::{Attachment, FileHash},
    infra::{
        db::{
            Db, DbError, among,
            schema::{attachments, files, renderings, renditions},
        },
        media::{page_name, page_thumb_name},
        queue,
    },
    read_all,
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
pub type Viewings = HashMap<FileHash, Arc<Viewing>>;

pub fn list_of(db: &mut Db, files: &[Attachment]) -> Result<Viewings, DbError> {
    let sources: Vec<&FileHash> = files.iter().map(|file| &file.file_hash).collect();
    if sources.is_empty() {
        return Ok(Viewings::new());
    }
    let rows = renderings::table.filter(among(renderings::source_hash, &sources));
    let rows: Vec<Rendering> = read_all!(db, rows.select(Rendering::as_select()))?;
    list_pieces(db, rows, &KeptViewings::default())
}

/// What was made by these; of those that are done it is read once and kept.
pub fn list_pieces(
    db: &mut Db,
    renderings: Vec<Rendering>,
    kept: &KeptViewings,
) -> Result<Viewings, DbError> {
    let mut viewings = Viewings::new();
    let mut others: HashMap<FileHash, Viewing> = HashMap::new();
    for rendering in renderings {
        let source = rendering.source_hash.clone();
        match kept.find(&rendering) {
            Some(viewing) => drop(viewings.insert(source, viewing)),
            None => drop(others.insert(source, Viewing { rendering, percent: 0, renditions: Vec::new() })),
        }
    }
    if !others.is_empty() {
        read_pieces(db, &mut others)?;
        for (source, viewing) in others {
            let viewing = Arc::new(viewing);
            kept.keep(&viewing);
            viewings.insert(source, viewing);
        }
    }
    Ok(viewings)
}

fn read_pieces(db: &mut Db, viewings: &mut HashMap<FileHash, Viewing>) -> Result<(), DbError> {
    let sources: Vec<FileHash> = viewings.keys().cloned().collect();
    let made = renditions::table
        .filter(among(renditions::source_hash, &sources))
        .order((renditions::source_hash, renditions::name));
    for rendition in read_all!(db, made.select(Rendition::as_select()))? {
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
    Ok(())
}

/// How many pages of a document are shown, by the hash of the source; nothing of what has none.
pub type PageCounts = HashMap<FileHash, u32>;

/// As the page of the work shows them: from the first on, as far as image and thumbnail are made. One query.
pub fn count_pages(db: &mut Db, files: &[Attachment]) -> Result<PageCounts, DbError> {
    let documents: Vec<&FileHash> = files
        .iter()
        .filter(|file| Recipe::of(&file.media_type) == Some(Recipe::Document))
        .map(|file| &file.file_hash)
        .collect();
    if documents.is_empty() {
        return Ok(PageCounts::new());
    }
    let made = renditions::table
        .filter(among(renditions::source_hash, documents))
        .filter(renditions::name.like("page-%").or(renditions::name.like("thumb-%")))
        .select((renditions::source_hash, renditions::name));
    let mut names: HashMap<FileHash, HashSet<String>> = HashMap::new();
    for (source, name) in made.load::<(FileHash, String)>(db)? {
        names.entry(source).or_default().insert(name);
    }
    let count = |names: &HashSet<String>| {
        let shown =
            (1..).take_while(|n| names.contains(&page_name(*n)) && names.contains(&page_thumb_name(*n)));
        shown.last().unwrap_or(0)
    };
    Ok(names.into_iter().map(|(source, names)| (source, count(&names))).collect())
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
    Ok(read_all!(db, rows)?)
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
    Ok(read_all!(db, rows.select((Rendering::as_select(), files::media_type)))?)
}
