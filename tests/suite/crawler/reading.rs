//! What an answer says, whatever it is packed in.

use std::io::{Cursor, Read};

/// The bytes as text; of a zip also its parts, names and comments; of a PDF its properties and XMP.
pub fn texts_of(kind: &str, bytes: &[u8]) -> String {
    let mut texts = vec![String::from_utf8_lossy(bytes).into_owned()];
    if bytes.starts_with(b"PK")
        && let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes))
    {
        texts.push(String::from_utf8_lossy(archive.comment()).into_owned());
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            texts.push(format!("{} {}", part.name(), part.comment()));
            texts.push(String::from_utf8_lossy(&content).into_owned());
        }
    }
    if kind.contains("pdf") && bytes.starts_with(b"%PDF") {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        for args in [&[][..], &["-meta"], &["-custom"]] {
            let said = std::process::Command::new("pdfinfo").args(args).arg(file.path()).output().unwrap();
            texts.push(String::from_utf8_lossy(&said.stdout).into_owned());
        }
    }
    texts.join("\n")
}
