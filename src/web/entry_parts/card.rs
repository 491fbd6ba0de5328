//! An entry in a gallery: its cover, its title, where it comes from.

use std::collections::HashMap;

use serde::Serialize;

use super::{Labels, rendition_address};
use crate::{
    base::ids::EntryId,
    features::{
        attachments::{Attachment, renditions::Covers},
        contests::Field,
        entries::views::EntryLine,
    },
};

#[derive(Debug, Clone, Serialize)]
pub struct EntryCard {
    pub href: String,
    pub title: String,
    pub code: String,
    pub unit: String,
    pub kind: String,
    pub authors: String,
    pub cover: ShownCover,
    pub sign: &'static str,
    /// The length of a film: "2:48".
    pub length: String,
    /// One of six grounds behind a cover.
    pub ground: usize,
}

/// `files` are those of all the rows together.
pub fn cards(
    rows: &[EntryLine],
    (files, covers): (&[Attachment], &Covers),
    fields: &[Field],
    labels: &Labels,
    address: impl Fn(&EntryLine) -> String,
) -> Vec<EntryCard> {
    let mut of_entry: HashMap<&EntryId, Vec<&Attachment>> = HashMap::new();
    for file in files {
        of_entry.entry(&file.entry_id).or_default().push(file);
    }
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let own = of_entry.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            card(at, row, (own, covers), fields, labels, address(row))
        })
        .collect()
}

fn card(
    at: usize,
    row: &EntryLine,
    (files, covers): (&[&Attachment], &Covers),
    fields: &[Field],
    labels: &Labels,
    href: String,
) -> EntryCard {
    let work = work_of(files, fields);
    let media_type = work.map_or("", |file| file.media_type.as_str());
    let number = row.code.as_deref().and_then(|code| code.rsplit('-').next()?.parse().ok()).unwrap_or(at);
    EntryCard {
        href,
        title: row.title.clone(),
        code: row.code.clone().unwrap_or_default(),
        unit: unit_with_above(row),
        kind: labels.kind(row.kind),
        authors: row.authors.clone(),
        cover: cover_of(&row.id, covers),
        sign: match media_type.split('/').next() {
            Some("video") => "film",
            Some("image") => "image",
            _ if media_type.contains("presentation") => "slides",
            _ if media_type == "text/html" || media_type == "application/zip" => "game",
            _ => "file",
        },
        length: work.and_then(|file| file.media.duration_ms).map(clock_length).unwrap_or_default(),
        ground: number % 6,
    }
}

/// A small picture of an entry, for a list; without one the address is empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShownCover {
    pub href: String,
    pub width: u32,
    pub height: u32,
}

/// Nothing is shown of what is not made yet: the file itself may be large, and it may say where it was made.
pub fn cover_of(entry: &EntryId, covers: &Covers) -> ShownCover {
    let cover = covers.get(entry).map(|cover| ShownCover {
        href: rendition_address(&cover.attachment_id, "cover"),
        width: cover.width,
        height: cover.height,
    });
    cover.unwrap_or_default()
}

fn clock_length(duration_ms: u64) -> String {
    let seconds = duration_ms.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What the sign and the length are about: the work, not the picture that was sent in for its cover.
fn work_of<'f>(files: &[&'f Attachment], fields: &[Field]) -> Option<&'f Attachment> {
    let is_cover =
        |file: &Attachment| fields.iter().any(|field| field.id == file.field_id && field.settings.is_cover);
    files.iter().find(|file| !is_cover(file)).or(files.first()).copied()
}

/// "chi hội ấp 5, xã Mỹ Thạnh": names repeat, so the unit above stands beside.
pub fn unit_with_above(row: &EntryLine) -> String {
    match &row.above {
        Some(above) => format!("{}, {above}", row.unit_name),
        None => row.unit_name.clone(),
    }
}
