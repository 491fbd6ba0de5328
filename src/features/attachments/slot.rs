//! What a slot of the form takes: pure rules.

use super::{NewFile, new_file::kind_key};
use crate::{
    base::{lang::Arg, sentence::Sentence},
    features::contests::{Field, MediaKind},
};

/// Where a slot does not say.
const MAX_BYTES: i64 = 500_000_000;
const MAX_COUNT: i32 = 10;

pub fn max_bytes(field: &Field) -> i64 {
    field.settings.max_bytes.unwrap_or(MAX_BYTES)
}

pub fn max_count(field: &Field) -> i32 {
    field.settings.max_count.unwrap_or(MAX_COUNT)
}

/// What a browser's file chooser is told to offer. Only a courtesy: the content decides.
pub fn accept(field: &Field) -> String {
    let endings = |kind: &MediaKind| match kind {
        MediaKind::Video => "video/*",
        MediaKind::Audio => "audio/*",
        MediaKind::Picture => "image/*",
        MediaKind::Document => ".pdf,.docx,.odt,.xlsx",
        MediaKind::Slides => ".pptx,.ppsx,.odp",
        MediaKind::Game => ".html,.htm,.zip",
    };
    field.settings.media.iter().map(endings).collect::<Vec<_>>().join(",")
}

/// Whether the slot takes a file of this kind, size and length. Films whose length cannot be read are taken: the
/// officers see them.
pub fn takes(field: &Field, file: &NewFile, byte_count: i64) -> Result<(), Sentence> {
    let refused = |key: &'static str| Sentence::new(key).with("name", file.file_name.clone());
    if !field.settings.media.is_empty() && !field.settings.media.contains(&file.kind) {
        return Err(refused("attachments-refused-kind").with("is", Arg::Key(kind_key(file.kind))));
    }
    if byte_count > max_bytes(field) {
        return Err(refused("attachments-refused-size").with("max", max_bytes(field) / 1_000_000));
    }
    let minutes = file.facts.duration_ms.map(|duration| duration.div_ceil(60_000));
    match (field.settings.max_minutes, minutes) {
        (Some(max), Some(minutes)) if minutes > u64::try_from(max).unwrap_or(0) => {
            Err(refused("attachments-refused-minutes").with("minutes", minutes).with("max", max))
        }
        _ => Ok(()),
    }
}
