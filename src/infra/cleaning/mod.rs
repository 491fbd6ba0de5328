//! Copies of files without what says who made them: properties of documents, places and devices in pictures, tags of films.
//! What the work itself shows stays.

mod archives;
mod pictures;
mod programs;

use std::path::{Path, PathBuf};

use crate::infra::tools::ToolError;

/// Writes a clean copy into `folder` and answers where it lies. None when there is no way to clean this type, or this file
/// can't be read: then nothing of it may be handed out.
pub fn clean_copy(path: &Path, media_type: &str, folder: &Path) -> Result<Option<PathBuf>, ToolError> {
    let to = folder.join("clean");
    let is_clean = match media_type {
        "image/jpeg" => pictures::clean(path, &to, pictures::without_jpeg_segments)?,
        "image/png" => pictures::clean(path, &to, pictures::without_png_chunks)?,
        "image/webp" => pictures::clean(path, &to, pictures::without_webp_chunks)?,
        "image/gif" => pictures::clean(path, &to, pictures::without_gif_comments)?,
        "application/pdf" => programs::clean_pdf(path, &to)?,
        "text/html" => archives::clean_html(path, &to)?,
        "application/zip" => archives::clean_archive(path, &to)?,
        kind if kind.contains("openxmlformats") || kind.contains("opendocument") => {
            archives::clean_archive(path, &to)?
        }
        kind if kind.starts_with("video/") || kind.starts_with("audio/") => {
            programs::clean_film(path, kind, &to)?
        }
        _ => false,
    };
    Ok(is_clean.then_some(to))
}
