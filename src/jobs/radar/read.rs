//! Reading what a file is compared by. A file that can't be read has nothing to compare; a program that is missing is said
//! by `hoithi doctor`.

use std::path::Path;

use crate::{
    base::text::clean_text,
    features::{
        attachments::Attachment,
        radar::{FingerprintKind, Taken, measure::hash_picture},
    },
    infra::contents::{frames_of, read_picture, words_of},
};

/// Where in a film stills are taken, in hundredths of its length: not at the ends, where titles stand.
const FRAMES: [u32; 5] = [12, 31, 50, 69, 88];

pub fn read_file(path: &Path, file: &Attachment) -> Vec<Taken> {
    let mut taken = match file.media_type.split('/').next() {
        Some("image") => pictures(path, file),
        Some("video") => frames(path, file),
        _ => Vec::new(),
    };
    match words_of(path, &file.media_type) {
        Ok(words) => taken.extend(words.map(|words| of(file, FingerprintKind::Text, 0, clean_text(&words)))),
        Err(error) => tracing::warn!(%error, file = file.file_hash.as_str(), "no words for the radar"),
    }
    taken
}

fn of(file: &Attachment, kind: FingerprintKind, position: i32, value: String) -> Taken {
    Taken { attachment: Some(file.id.clone()), kind, position, value }
}

fn pictures(path: &Path, file: &Attachment) -> Vec<Taken> {
    let picture = read_picture(path).ok().flatten();
    let hash = picture.and_then(|picture| hash_picture(&picture));
    hash.map(|hash| of(file, FingerprintKind::Picture, 0, hash.to_hex())).into_iter().collect()
}

fn frames(path: &Path, file: &Attachment) -> Vec<Taken> {
    let Some(duration) = file.media.duration_ms else { return Vec::new() };
    match frames_of(path, &file.media_type, duration, &FRAMES) {
        Ok(frames) => frames
            .into_iter()
            .filter_map(|(at, frame)| {
                let at = i32::try_from(at).ok()?;
                Some(of(file, FingerprintKind::Frame, at, hash_picture(&frame)?.to_hex()))
            })
            .collect(),
        Err(error) => {
            tracing::warn!(%error, file = file.file_hash.as_str(), "no stills for the radar");
            Vec::new()
        }
    }
}
