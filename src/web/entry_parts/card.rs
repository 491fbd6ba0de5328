//! An entry in a gallery: its cover, its title, where it comes from.

use serde::Serialize;

use super::{Labels, rendition_address};
use crate::{
    features::entries::{Work, views::EntryLine},
    infra::media::{COVER, SMALL_COVER},
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

pub fn cards(rows: &[EntryLine], labels: &Labels, address: impl Fn(&EntryLine) -> String) -> Vec<EntryCard> {
    rows.iter().enumerate().map(|(at, row)| card(at, row, labels, address(row))).collect()
}

fn card(at: usize, row: &EntryLine, labels: &Labels, href: String) -> EntryCard {
    let work = row.work.0.as_ref();
    let media_type = work.map_or("", |work| work.media_type.as_str());
    let number = row.code.as_deref().and_then(|code| code.rsplit('-').next()?.parse().ok()).unwrap_or(at);
    EntryCard {
        href,
        title: row.title.clone(),
        code: row.code.clone().unwrap_or_default(),
        unit: unit_with_above(row),
        kind: labels.kind(row.kind).to_owned(),
        authors: row.authors.clone(),
        cover: cover_of(work),
        sign: match media_type.split('/').next() {
            Some("video") => "film",
            Some("image") => "image",
            _ if media_type.contains("presentation") => "slides",
            _ if media_type == "text/html" || media_type == "application/zip" => "game",
            _ => "file",
        },
        length: work.and_then(|work| work.duration_ms).map(clock_length).unwrap_or_default(),
        ground: number % 6,
    }
}

/// A small picture of an entry; without one the address is empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShownCover {
    pub href: String,
    pub width: u32,
    pub height: u32,
}

/// Where the picture beside a name in a list is; empty while there is none.
pub fn small_cover_href(work: Option<&Work>) -> String {
    let cover = work.and_then(|work| work.cover.as_ref());
    cover.map(|cover| rendition_address(&cover.attachment_id, SMALL_COVER)).unwrap_or_default()
}

/// The picture on a card. Nothing stands for what is not made yet: the file itself may be large, and it may say where it was made.
pub fn cover_of(work: Option<&Work>) -> ShownCover {
    let cover = work.and_then(|work| work.cover.as_ref()).map(|cover| ShownCover {
        href: rendition_address(&cover.attachment_id, COVER),
        width: cover.width,
        height: cover.height,
    });
    cover.unwrap_or_default()
}

fn clock_length(duration_ms: u64) -> String {
    let seconds = duration_ms.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// "chi hội ấp 5, xã Mỹ Thạnh": names repeat, so the unit above stands beside.
pub fn unit_with_above(row: &EntryLine) -> String {
    if row.unit_above.is_empty() {
        row.unit_name.clone()
    } else {
        [&*row.unit_name, &row.unit_above].join(", ")
    }
}
