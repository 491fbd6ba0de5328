//! The files of an entry as a judge sees them: in a blind round without their names, which may say whose they are.

use serde::Serialize;

use crate::{
    features::{attachments::Attachment, contests::Field},
    web::{
        entry_parts::{ShownFile, file_address, show_files, viewer},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct DeskFile {
    pub file: ShownFile,
    pub ground: usize,
}

pub fn desk_files(
    attachments: &[Attachment],
    fields: &[Field],
    is_blind: bool,
    words: &Words,
) -> Vec<DeskFile> {
    let shown = show_files(attachments, fields, words).into_iter().enumerate();
    shown
        .map(|(at, mut file)| {
            if is_blind && let Some(attachment) = attachments.get(at) {
                file.name = words.say_with("judge-file", &[("n", (at + 1).into())]);
                file.href = file_address(&attachment.id, &blind_name(at + 1, &attachment.file_name));
                file.hash = String::new();
            }
            DeskFile { file, ground: at % 6 }
        })
        .collect()
}

/// A file that a device takes along.
#[derive(Debug, Serialize)]
pub struct SmallFile {
    pub href: String,
    pub viewer: &'static str,
    pub bytes: i64,
    pub name: String,
}

/// More than this a telephone on mobile data does not take along by itself.
const MOST_BYTES: i64 = 12_000_000;

pub fn small_files(attachments: &[Attachment], is_blind: bool) -> Vec<SmallFile> {
    let shown = attachments.iter().enumerate().filter(|(_, file)| file.byte_count <= MOST_BYTES);
    shown
        .filter_map(|(at, file)| {
            let viewer = viewer(&file.media_type).0;
            let name = if is_blind { blind_name(at + 1, &file.file_name) } else { file.file_name.clone() };
            (viewer != "download").then(|| SmallFile {
                href: file_address(&file.id, &name),
                viewer,
                bytes: file.byte_count,
                name,
            })
        })
        .collect()
}

/// The ending tells a program what to do with the file, and nobody whose it is.
fn blind_name(number: usize, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let plain = ending.filter(|ending| {
        (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    });
    match plain {
        Some(ending) => format!("{number}.{ending}"),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blind_name_keeps_the_ending_alone() {
        for (name, blind) in [
            ("Chị Lan xã An Hiệp.MP4", "2.mp4"),
            ("khong-duoi", "2"),
            ("a.xã An Hiệp", "2"),
            ("a.tar.gz", "2.gz"),
        ] {
            assert_eq!(blind_name(2, name), blind);
        }
    }
}
