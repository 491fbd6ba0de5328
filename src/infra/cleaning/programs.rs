//! Films, sound and PDF: other programs write them anew.

use std::{path::Path, time::Duration};

use crate::infra::{
    media::demuxer_of,
    tools::{self, Limits, ToolError},
};

/// Copies the streams as they are, without tags, chapters, attached pictures and names of streams.
pub fn clean_film(path: &Path, media_type: &str, to: &Path) -> Result<bool, ToolError> {
    let format = match media_type {
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        "video/webm" => "webm",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "ipod",
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/aac" => "adts",
        _ => return Ok(false),
    };
    let Some(reader) = demuxer_of(media_type) else { return Ok(false) };
    let film = format!("file:{}", std::path::absolute(path)?.display());
    let made = format!("file:{}", std::path::absolute(to)?.display());
    let start = ["-v", "error", "-nostdin", "-protocol_whitelist", "file", "-f", reader, "-i", &film];
    let what = ["-map", "0:V?", "-map", "0:a?", "-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"];
    let how = ["-fflags", "+bitexact", "-flags", "+bitexact", "-f", format, "-y", &made];
    let args: Vec<String> = start.iter().chain(&what).chain(&how).map(|word| (*word).to_owned()).collect();
    ran("ffmpeg", &args, to)
}

/// Cairo draws every page anew: the words stay words, and neither the properties nor what was hidden beside the pages goes along.
pub fn clean_pdf(path: &Path, to: &Path) -> Result<bool, ToolError> {
    let args = ["-q".to_owned(), "-pdf".to_owned(), absolute(path)?, absolute(to)?];
    ran("pdftocairo", &args, to)
}

fn absolute(path: &Path) -> std::io::Result<String> {
    Ok(std::path::absolute(path)?.display().to_string())
}

/// A file that a program can't read has no clean copy; a program that is missing or was ended is another matter.
fn ran(program: &str, args: &[String], to: &Path) -> Result<bool, ToolError> {
    let folder = tempfile::tempdir()?;
    let limits = Limits { max_time: Duration::from_mins(2), ..Limits::default() };
    match tools::run(program, args, folder.path(), &limits, |_| {}) {
        Ok(_) => Ok(to.is_file()),
        Err(ToolError::Failed { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
