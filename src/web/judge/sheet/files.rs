//! The files of an entry as a judge sees them: in a blind round without their names, which may say whose they are.

use crate::{
    features::{
        attachments::{Attachment, views::MediaOf},
        contests::Field,
    },
    web::{
        entry_parts::{Looker, ShownFile, file_address, show_files},
        words::Words,
    },
};

pub fn desk_files(
    attachments: &[Attachment],
    fields: &[Field],
    media: &MediaOf,
    is_blind: bool,
    words: &Words,
) -> Vec<ShownFile> {
    let looker = if is_blind { Looker::Blind } else { Looker::Concerned };
    let mut shown = show_files(attachments, fields, media, looker, words);
    if is_blind {
        for ((number, file), attachment) in (1..).zip(&mut shown).zip(attachments) {
            file.name = words.say_with("judge-file", &[("n", number.into())]);
            file.hash = String::new();
            let blind = file_address(&attachment.id, &blind_name(number, &attachment.file_name));
            // What is shown of a file that nothing is made of is the file itself.
            if file.view.src == file.href {
                file.view.src.clone_from(&blind);
            }
            file.href = blind;
        }
    }
    shown
}

/// The ending tells a program what to do with the file, and nobody whose it is.
pub(super) fn blind_name(number: usize, name: &str) -> String {
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
