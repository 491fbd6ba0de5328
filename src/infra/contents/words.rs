//! The words of a file, by its type.

use std::{io, path::Path, time::Duration};

use super::office::words_of_office;
use crate::infra::tools::{self, Limits, ToolError};

/// About 80 printed pages; what stands behind is not compared.
const MAX_CHARS: usize = 200_000;

/// Nothing for types without words. `path` must not be changed by others meanwhile.
pub fn words_of(path: &Path, media_type: &str) -> Result<Option<String>, ToolError> {
    let words = match media_type {
        "application/pdf" => words_of_pdf(path)?,
        // A zip that is no zip has no words; it was looked at when it came.
        kind if kind.starts_with("application/vnd.oasis.opendocument") || kind.contains("openxmlformats") => {
            words_of_office(path, MAX_CHARS).unwrap_or_default()
        }
        "text/html" => words_of_html(path)?,
        _ => return Ok(None),
    };
    Ok(Some(words.replace('\0', " ")).filter(|words| !words.trim().is_empty()))
}

fn words_of_pdf(path: &Path) -> Result<String, ToolError> {
    let folder = tempfile::tempdir()?;
    let limits = Limits {
        max_time: Duration::from_mins(1),
        max_processor_seconds: 60,
        max_memory_bytes: Some(1 << 30),
        max_file_bytes: 16 << 20,
        may_use_network: false,
    };
    let args = ["-q", "-enc", "UTF-8", "-l", "400"].map(str::to_owned);
    let args = [args.as_slice(), &[absolute(path)?, "-".to_owned()]].concat();
    let said = tools::run("pdftotext", &args, folder.path(), &limits, |_| {})?;
    let words = String::from_utf8_lossy(&said.stdout);
    Ok(words.get(..words.floor_char_boundary(MAX_CHARS)).unwrap_or_default().to_owned())
}

/// Without scripts, styles and tags.
fn words_of_html(path: &Path) -> io::Result<String> {
    use io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(4 << 20).read_to_end(&mut bytes)?;
    let clean = ammonia::Builder::empty().clean(&String::from_utf8_lossy(&bytes)).to_string();
    Ok(clean.get(..clean.floor_char_boundary(MAX_CHARS)).unwrap_or_default().to_owned())
}

/// Programs are run in a folder of their own.
pub(super) fn absolute(path: &Path) -> io::Result<String> {
    Ok(std::path::absolute(path)?.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_give_up_their_words() {
        for (file, media_type, expected) in [
            (
                "trinh-chieu-cham-soc-tre-em.pptx",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                true,
            ),
            ("tai-lieu-nhan-dien-lua-dao.pdf", "application/pdf", true),
            ("o-chu-khoi-nghiep.html", "text/html", true),
            ("anh-khoi-nghiep.jpg", "image/jpeg", false),
        ] {
            let words = words_of(Path::new(&format!("demo/media/{file}")), media_type).unwrap();
            let n_words = words.unwrap_or_default().split_whitespace().count();
            assert_eq!(n_words > 20, expected, "{file}: {n_words}");
        }
    }
}
