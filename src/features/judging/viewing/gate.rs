//! What must have been looked at before a sheet is given, and what of it was not.

use std::collections::HashMap;

use crate::{
    base::ids::AttachmentId,
    features::{attachments::Attachment, contests::RoundDesk},
};

/// How much of a file there is, and how much of it must be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    pub is_film: bool,
    /// Seconds or pages; `None` when that is not known.
    pub whole: Option<u32>,
    pub needed: u32,
}

/// A file of which too little was seen, by its place among the entry's files from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacking {
    pub number: usize,
    pub seen: u32,
    pub needed: Needed,
}

/// A document whose pages nobody counted must have been opened.
pub fn needed(desk: &RoundDesk, file: &Attachment) -> Option<Needed> {
    let kind = file.media_type.split('/').next().unwrap_or("");
    if matches!(kind, "video" | "audio") {
        let seconds = file.media.duration_ms.map(|ms| u32::try_from(ms / 1_000).unwrap_or(u32::MAX))?;
        let percent = u64::try_from(desk.min_watched_percent).unwrap_or(0);
        let needed = u32::try_from(u64::from(seconds) * percent / 100).unwrap_or(u32::MAX);
        return (needed > 0).then_some(Needed { is_film: true, whole: Some(seconds), needed });
    }
    let is_document = file.media_type == "application/pdf";
    (desk.needs_all_pages && is_document).then_some(Needed { is_film: false, whole: None, needed: 1 })
}

pub fn lacking(desk: &RoundDesk, files: &[Attachment], seen: &HashMap<AttachmentId, u32>) -> Vec<Lacking> {
    if !desk.has_gate() {
        return Vec::new();
    }
    let asked = files.iter().enumerate().filter_map(|(at, file)| {
        let needed = needed(desk, file)?;
        Some(Lacking { number: at + 1, seen: seen.get(&file.id).copied().unwrap_or(0), needed })
    });
    asked.filter(|asked| asked.seen < asked.needed.needed).collect()
}
