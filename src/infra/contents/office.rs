//! The words of DOCX, PPTX, XLSX and ODF files: XML parts of a zip, read without unpacking anything to disk.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

const MAX_PARTS: usize = 2_000;
const MAX_PART_BYTES: u64 = 16 << 20;
const MAX_ALL_BYTES: usize = 48 << 20;

/// Parts in the order of their numbers ("slide2" before "slide10"). A broken part is left out, a broken zip is an error.
pub fn words_of_office(path: &Path, max_chars: usize) -> io::Result<String> {
    let mut archive = zip::ZipArchive::new(File::open(path)?).map_err(io::Error::other)?;
    let mut names: Vec<String> =
        archive.file_names().filter(|name| holds_words(name)).take(MAX_PARTS).map(str::to_owned).collect();
    names.sort_by_key(|name| (folder_of(name), number_in(name), name.clone()));
    let (mut words, mut n_bytes) = (String::new(), 0);
    for name in names {
        let Ok(part) = archive.by_name(&name) else { continue };
        let mut bytes = Vec::new();
        // What a part says about its size may be a lie, so the reader counts.
        if part.take(MAX_PART_BYTES).read_to_end(&mut bytes).is_err() {
            continue;
        }
        n_bytes += bytes.len();
        add_words(&mut words, &String::from_utf8_lossy(&bytes), max_chars);
        if n_bytes > MAX_ALL_BYTES || words.len() >= max_chars {
            break;
        }
    }
    Ok(words)
}

fn holds_words(name: &str) -> bool {
    let is_slide = |folder: &str| {
        name.starts_with(folder) && name.strip_suffix(".xml").is_some_and(|name| !name.contains("/_rels/"))
    };
    matches!(name, "word/document.xml" | "word/footnotes.xml" | "xl/sharedStrings.xml" | "content.xml")
        || is_slide("ppt/slides/")
        || is_slide("ppt/notesSlides/")
}

fn folder_of(name: &str) -> String {
    name.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

fn number_in(name: &str) -> u32 {
    let digits: String = name.chars().filter(char::is_ascii_digit).take(9).collect();
    digits.parse().unwrap_or(0)
}

/// The text between tags. The end of a paragraph, a line or a cell is a line's end; a run of letters that is cut into
/// pieces by formatting stays one word.
fn add_words(words: &mut String, xml: &str, max_chars: usize) {
    const ENDS: [&str; 8] = ["/w:p", "/a:p", "/text:p", "/text:h", "/si", "w:br", "w:tab", "text:tab"];
    let mut rest = xml;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        words.push_str(&unescaped(text));
        let Some(close) = tag.find('>') else { return };
        let name = tag.get(1..close).unwrap_or_default();
        let name = name.split([' ', '\n', '\t']).next().unwrap_or_default().trim_end_matches('/');
        if ENDS.contains(&name) {
            words.push('\n');
        }
        rest = tag.get(close + 1..).unwrap_or_default();
        if words.len() >= max_chars {
            return;
        }
    }
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.replace(['\n', '\r'], " ");
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    plain.replace("&amp;", "&").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn words_stand_in_order_and_whole() {
        let mut zip = zip::ZipWriter::new(tempfile::NamedTempFile::new().unwrap());
        for (name, xml) in [
            ("ppt/slides/slide10.xml", "<a:p><a:t>mười</a:t></a:p>"),
            (
                "ppt/slides/slide2.xml",
                "<a:p><a:r><a:t>Phụ </a:t></a:r><a:r><a:t>nữ &amp; </a:t></a:r><a:t>trẻ em</a:t></a:p>",
            ),
            ("ppt/slides/_rels/slide2.xml.rels", "<x>no</x>"),
            ("docProps/core.xml", "<dc:creator>Không phải nội dung</dc:creator>"),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(xml.as_bytes()).unwrap();
        }
        let file = zip.finish().unwrap();
        assert_eq!(words_of_office(file.path(), 1_000).unwrap(), "Phụ nữ & trẻ em\nmười\n");
        let (_, broken) = (file, tempfile::NamedTempFile::new().unwrap());
        assert!(words_of_office(broken.path(), 1_000).is_err());
    }

    #[test]
    fn a_part_that_swells_stops_at_the_limit() {
        let mut zip = zip::ZipWriter::new(tempfile::NamedTempFile::new().unwrap());
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..200 {
            zip.write_all("<w:t>aaaa bbbb</w:t></w:p>".repeat(1_000).as_bytes()).unwrap();
        }
        let file = zip.finish().unwrap();
        let words = words_of_office(file.path(), 5_000).unwrap();
        assert!(words.len() < 5_100, "{}", words.len());
    }
}
