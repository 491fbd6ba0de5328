//! What a file is, told by its content. The name is only compared with it.

use crate::{
    features::contests::MediaKind,
    infra::files::{Inside, Look, start_of_game},
};

/// A type that the platform takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSort {
    pub media_type: &'static str,
    pub kind: MediaKind,
    /// The endings that such a file may bear; the first is given to a file without one.
    pub endings: &'static [&'static str],
}

const fn sort(media_type: &'static str, kind: MediaKind, endings: &'static [&'static str]) -> FileSort {
    FileSort { media_type, kind, endings }
}

const DOCX: FileSort = sort(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    MediaKind::Document,
    &["docx"],
);
const XLSX: FileSort =
    sort("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MediaKind::Document, &["xlsx"]);
const PPTX: FileSort = sort(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    MediaKind::Slides,
    &["pptx", "ppsx"],
);
const ODP: FileSort = sort("application/vnd.oasis.opendocument.presentation", MediaKind::Slides, &["odp"]);
const ODT: FileSort = sort("application/vnd.oasis.opendocument.text", MediaKind::Document, &["odt"]);
const HTML: FileSort = sort("text/html", MediaKind::Game, &["html", "htm"]);
const GAME: FileSort = sort("application/zip", MediaKind::Game, &["zip"]);

/// By the name that the first bytes give.
const BY_HEAD: [(&str, FileSort); 14] = [
    ("video/mp4", sort("video/mp4", MediaKind::Video, &["mp4", "m4v", "mov"])),
    ("video/x-m4v", sort("video/mp4", MediaKind::Video, &["m4v", "mp4"])),
    ("video/quicktime", sort("video/quicktime", MediaKind::Video, &["mov", "qt", "mp4"])),
    ("video/webm", sort("video/webm", MediaKind::Video, &["webm"])),
    ("audio/mpeg", sort("audio/mpeg", MediaKind::Audio, &["mp3"])),
    ("audio/m4a", sort("audio/mp4", MediaKind::Audio, &["m4a", "mp4"])),
    ("audio/ogg", sort("audio/ogg", MediaKind::Audio, &["ogg", "oga", "opus"])),
    ("audio/x-wav", sort("audio/wav", MediaKind::Audio, &["wav"])),
    ("audio/aac", sort("audio/aac", MediaKind::Audio, &["aac"])),
    ("image/jpeg", sort("image/jpeg", MediaKind::Picture, &["jpg", "jpeg", "jfif"])),
    ("image/png", sort("image/png", MediaKind::Picture, &["png"])),
    ("image/webp", sort("image/webp", MediaKind::Picture, &["webp"])),
    ("image/gif", sort("image/gif", MediaKind::Picture, &["gif"])),
    ("application/pdf", sort("application/pdf", MediaKind::Document, &["pdf"])),
];

/// Nothing when it is none of the types that the platform takes.
pub fn tell(look: &Look) -> Option<FileSort> {
    if let Inside::Zip { names } = &look.inside {
        return tell_open_document(&look.head).or_else(|| tell_zip(names));
    }
    if is_html(&look.head) {
        return Some(HTML);
    }
    let found = infer::get(&look.head)?.mime_type();
    BY_HEAD.iter().find(|(name, _)| *name == found).map(|(_, sort)| *sort)
}

/// Macros run programs on the reader's computer. Microsoft's stand in one file; those of OpenDocument in two folders,
/// which in a game are as harmless as any.
pub fn has_macros(look: &Look) -> bool {
    let Inside::Zip { names } = &look.inside else { return false };
    let is_open_document = tell_open_document(&look.head).is_some();
    names.iter().any(|name| {
        let name = name.to_ascii_lowercase();
        name.ends_with("vbaproject.bin")
            || name.starts_with("xl/macrosheets/")
            || is_open_document && (name.starts_with("basic/") || name.starts_with("scripts/"))
    })
}

/// An OpenDocument file begins with a file "mimetype" that is not packed: its words stand behind a header of 30 bytes.
fn tell_open_document(head: &[u8]) -> Option<FileSort> {
    let words = head.get(30..)?.strip_prefix(b"mimetype")?;
    [ODP, ODT].into_iter().find(|sort| {
        let rest = words.strip_prefix(sort.media_type.as_bytes());
        // "…text" must not be found in "…text-template".
        rest.is_some_and(|rest| rest.first().is_none_or(|next| *next != b'-'))
    })
}

fn tell_zip(names: &[String]) -> Option<FileSort> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    [("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)]
        .into_iter()
        .find_map(|(name, sort)| has(name).then_some(sort))
        .or_else(|| start_of_game(names.iter().map(String::as_str)).map(|_| GAME))
}

fn is_html(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let after_comment = if start.starts_with("<!--") {
        start.split_once("-->").map_or("", |(_, rest)| rest.trim_start())
    } else {
        &start
    };
    after_comment.starts_with("<!doctype html") || after_comment.starts_with("<html")
}

/// What a browser shows by itself and never runs. The rest is only handed out to be kept.
pub fn opens_in_browser(media_type: &str) -> bool {
    media_type == "application/pdf"
        || media_type == "application/vnd.apple.mpegurl"
        || ["video/", "audio/"].iter().any(|start| media_type.starts_with(start))
        || ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&media_type)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::files::look_at;

    #[test]
    fn a_file_is_what_its_content_says() {
        for (file, media_type) in [
            ("clip-bao-ve-moi-truong.mp4", "video/mp4"),
            ("anh-khoi-nghiep.jpg", "image/jpeg"),
            ("anh-khoi-nghiep.webp", "image/webp"),
            ("ma-qr-cham-soc-tre-em.png", "image/png"),
            ("nhac-hieu-chi-hoi.m4a", "audio/mp4"),
            ("o-chu-khoi-nghiep.html", "text/html"),
            ("game-phan-loai-rac.zip", "application/zip"),
        ] {
            let look = look_at(std::path::Path::new(&format!("demo/media/{file}"))).unwrap();
            assert_eq!(tell(&look).map(|sort| sort.media_type), Some(media_type), "{file}");
        }
        for file in std::fs::read_dir("demo/media").unwrap().flatten() {
            let name = file.file_name().into_string().unwrap();
            let wanted = match name.rsplit('.').next() {
                Some("pptx") => PPTX,
                Some("pdf") => BY_HEAD[13].1,
                _ => continue,
            };
            assert_eq!(tell(&look_at(&file.path()).unwrap()), Some(wanted), "{name}");
        }
    }

    #[test]
    fn what_nobody_knows_is_taken_for_nothing() {
        for head in [&b"MZ\x90\x00 program"[..], b"#!/bin/sh\n", b"<svg xmlns='x'>", b"words", b""] {
            let look = Look { head: head.to_vec(), inside: Inside::Nothing };
            assert_eq!(tell(&look), None, "{head:?}");
        }
    }

    #[test]
    fn macros_are_found_wherever_they_stand() {
        let open_document = [&[0; 30][..], b"mimetype", ODT.media_type.as_bytes(), b"PK"].concat();
        for (head, name, expected) in [
            (&b"PK"[..], "word/vbaProject.bin", true),
            (b"PK", "ppt/VBAPROJECT.BIN", true),
            (b"PK", "xl/macrosheets/sheet1.xml", true),
            (b"PK", "scripts/game.js", false),
            (b"PK", "word/document.xml", false),
            (&open_document, "Basic/Standard/Module1.xml", true),
            (&open_document, "Scripts/python/tro.py", true),
            (&open_document, "content.xml", false),
        ] {
            let look = Look { head: head.to_vec(), inside: Inside::Zip { names: vec![name.to_owned()] } };
            assert_eq!(has_macros(&look), expected, "{name}");
        }
    }

    #[test]
    fn an_open_document_says_what_it_is_in_its_first_bytes() {
        let head = |media_type: &str| [&[0; 30][..], b"mimetype", media_type.as_bytes(), b"PK"].concat();
        let tell = |media_type: &str| {
            let look = Look { head: head(media_type), inside: Inside::Zip { names: Vec::new() } };
            tell(&look).map(|sort| sort.media_type)
        };
        for sort in [ODP, ODT] {
            assert_eq!(tell(sort.media_type), Some(sort.media_type));
        }
        assert_eq!(tell("application/vnd.oasis.opendocument.text-template"), None);
        assert_eq!(tell("application/vnd.oasis.opendocument.spreadsheet"), None);
    }
}
