//! The files of an entry as a judge sees them: in a blind round without their names, which may say whose they are.

use serde::Serialize;

use crate::{
    features::{attachments::Attachment, contests::Field},
    web::{
        entry_parts::{ShownFile, file_address, show_files},
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
