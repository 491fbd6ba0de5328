//! Documents and games that are zips: written anew without properties, comments, names of authors in the text's margins,
//! and what pictures inside carry along.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::Path,
};

use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::pictures;

const MAX_FILES: usize = 5_000;
const MAX_PART_BYTES: u64 = 128 << 20;
const MAX_ALL_BYTES: u64 = 1 << 30;

pub fn clean_archive(path: &Path, to: &Path) -> io::Result<bool> {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(File::open(path)?)) else { return Ok(false) };
    if archive.len() > MAX_FILES {
        return Ok(false);
    }
    let mut writer = ZipWriter::new(BufWriter::new(File::create(to)?));
    let mut n_bytes = 0;
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { return Ok(false) };
        if part.is_dir() || part.is_symlink() || is_left_out(part.name()) {
            continue;
        }
        let (name, is_stored) = (part.name().to_owned(), part.compression() == CompressionMethod::Stored);
        let mut bytes = Vec::new();
        if part.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes).is_err() {
            return Ok(false);
        }
        n_bytes += bytes.len() as u64;
        if bytes.len() as u64 > MAX_PART_BYTES || n_bytes > MAX_ALL_BYTES {
            return Ok(false);
        }
        let method = if is_stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // Without times: the default is the first day that a zip knows.
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        writer.start_file(&name, options).map_err(io::Error::other)?;
        writer.write_all(&clean_part(&name, bytes))?;
    }
    writer.finish().map_err(io::Error::other)?.flush()?;
    Ok(true)
}

/// Thumbnails, printers' settings and what systems leave lying.
fn is_left_out(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "docprops/thumbnail",
        "thumbnails/",
        "__macosx/",
        "customxml/",
        "docprops/custom",
        "meta-inf/documentsignatures",
    ]
    .iter()
    .any(|start| name.starts_with(start))
        || name.ends_with(".ds_store")
        || name.ends_with("thumbs.db")
        || name.contains("printersettings")
}

fn clean_part(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    let picture = match ending {
        "jpg" | "jpeg" => pictures::without_jpeg_segments(&bytes),
        "png" => pictures::without_png_chunks(&bytes),
        "webp" => pictures::without_webp_chunks(&bytes),
        "gif" => pictures::without_gif_comments(&bytes),
        _ => None,
    };
    if let Some(picture) = picture {
        return picture;
    }
    match (lower.as_str(), ending) {
        ("docprops/core.xml", _) => CORE.as_bytes().to_vec(),
        ("docprops/app.xml", _) => APP.as_bytes().to_vec(),
        ("meta.xml", _) => META.as_bytes().to_vec(),
        (_, "xml" | "rels") => clean_xml(&String::from_utf8_lossy(&bytes), &lower).into_bytes(),
        (_, "html" | "htm" | "svg") => clean_markup(&String::from_utf8_lossy(&bytes)).into_bytes(),
        _ => bytes,
    }
}

const CORE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"#;
const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"#;
const META: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>"#;

/// Attributes and elements that name people: of changes, comments and notes.
fn clean_xml(xml: &str, name: &str) -> String {
    let mut clean = xml.to_owned();
    for attribute in [
        " w:author=\"",
        " w:initials=\"",
        " w15:author=\"",
        " userId=\"",
        " initials=\"",
        " displayName=\"",
        " providerId=\"",
        " lastModifiedBy=\"",
        " userName=\"",
    ] {
        clean = emptied(&clean, attribute, "\"");
    }
    if name.contains("author") || name.contains("person") || name.contains("people") {
        clean = emptied(&clean, " name=\"", "\"");
    }
    for element in [
        "dc:creator",
        "meta:initial-creator",
        "text:creator",
        "text:author-name",
        "text:initial-creator",
        "author",
    ] {
        clean = emptied(&clean, &format!("<{element}>"), &format!("</{element}>"));
    }
    // Relations to what is left out would make programs call the document broken.
    without(&clean, "<Relationship ", "/>", |relation| {
        is_left_out(target_of(relation))
            || relation.contains("customXml")
            || relation.contains("thumbnail")
            || relation.contains("custom-properties")
            || relation.contains("printerSettings")
    })
}

fn target_of(relation: &str) -> &str {
    let target =
        relation.split("Target=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    target.trim_start_matches('/')
}

/// What a browser does not show: comments and the tags that name an author or a program.
fn clean_markup(markup: &str) -> String {
    let clean = without(markup, "<!--", "-->", |_| true);
    let clean = without(&clean, "<metadata", "</metadata>", |_| true);
    without(&clean, "<meta", ">", |tag| {
        let tag = tag.to_lowercase();
        !(tag.contains("charset") || tag.contains("viewport") || tag.contains("http-equiv"))
    })
}

pub fn clean_html(path: &Path, to: &Path) -> io::Result<bool> {
    if std::fs::metadata(path)?.len() > MAX_PART_BYTES {
        return Ok(false);
    }
    let bytes = std::fs::read(path)?;
    std::fs::write(to, clean_markup(&String::from_utf8_lossy(&bytes)))?;
    Ok(true)
}

/// Everything between a start and the next end, emptied.
fn emptied(text: &str, start: &str, end: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let (before, from) = rest.split_at(at + start.len());
        clean.push_str(before);
        rest = from.find(end).and_then(|at| from.get(at..)).unwrap_or_default();
    }
    clean + rest
}

/// Parts from a start to the next end, taken out when `is_unwanted`.
fn without(text: &str, start: &str, end: &str, is_unwanted: impl Fn(&str) -> bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let (before, from) = rest.split_at(at);
        clean.push_str(before);
        let length = from.find(end).map_or(from.len(), |at| at + end.len());
        let (part, after) = from.split_at(length);
        if !is_unwanted(part) {
            clean.push_str(part);
        }
        rest = after;
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_loses_its_makers_and_keeps_its_words() {
        let mut zip = ZipWriter::new(tempfile::NamedTempFile::new().unwrap());
        zip.set_comment("Chị Lộ Tên").unwrap();
        for (name, content) in [
            ("word/document.xml", "<w:ins w:author=\"Chị Lộ Tên\" w:id=\"1\"><w:t>Sổ tay số</w:t></w:ins>"),
            (
                "word/people.xml",
                "<w15:person w15:author=\"Chị Lộ Tên\"><w15:presenceInfo userId=\"Chị Lộ Tên\"/></w15:person>",
            ),
            ("ppt/commentAuthors.xml", "<p:cmAuthor id=\"1\" name=\"Chị Lộ Tên\" initials=\"LT\"/>"),
            ("docProps/core.xml", "<dc:creator>Chị Lộ Tên</dc:creator>"),
            ("docProps/app.xml", "<Company>Chị Lộ Tên</Company>"),
            ("docProps/custom.xml", "<x>Chị Lộ Tên</x>"),
            ("meta.xml", "<meta:initial-creator>Chị Lộ Tên</meta:initial-creator>"),
            (
                "content.xml",
                "<office:annotation><dc:creator>Chị Lộ Tên</dc:creator><text:p>lời</text:p></office:annotation>",
            ),
            (
                "index.html",
                "<!-- Chị Lộ Tên --><meta name=\"author\" content=\"Chị Lộ Tên\"><meta charset=\"utf-8\"><p>Trò chơi</p>",
            ),
        ] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        let file = zip.finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("clean");
        assert!(clean_archive(file.path(), &to).unwrap());
        let mut cleaned = ZipArchive::new(File::open(&to).unwrap()).unwrap();
        assert!(cleaned.comment().is_empty());
        let mut all = String::new();
        for at in 0..cleaned.len() {
            cleaned.by_index(at).unwrap().read_to_string(&mut all).unwrap();
        }
        for kept in ["Sổ tay số", "lời", "Trò chơi", "charset", "w:id=\"1\""] {
            assert!(all.contains(kept), "{kept}");
        }
        assert!(!all.contains("Lộ Tên") && !all.contains("\"LT\""), "{all}");
        std::fs::write(&to, b"no zip").unwrap();
        assert!(!clean_archive(&to, &folder.path().join("other")).unwrap());
    }
}
