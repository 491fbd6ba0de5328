//! Pixels: of a picture, and of some frames of a film.

use std::{io, path::Path, time::Duration};

use image::{DynamicImage, ImageReader};

use super::words::absolute;
use crate::infra::{
    media::{MAX_PIXELS, demuxer_of},
    tools::{self, Limits, ToolError},
};

const MAX_SIDE: u32 = 20_000;
const MAX_ALLOCATION: u64 = 400 << 20;

/// Nothing when it can't be decoded within the limits, whatever it claims about itself.
pub fn read_picture(path: &Path) -> io::Result<Option<DynamicImage>> {
    let mut reader = ImageReader::open(path)?.with_guessed_format()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    Ok(reader.decode().ok())
}

/// One small frame at each of the given hundredths of the film's length; those that can't be read are left out. None of a
/// type that ffmpeg is not asked about.
pub fn frames_of(
    path: &Path,
    media_type: &str,
    duration_ms: u64,
    hundredths: &[u32],
) -> Result<Vec<(u32, DynamicImage)>, ToolError> {
    let Some(reader) = demuxer_of(media_type) else { return Ok(Vec::new()) };
    let folder = tempfile::tempdir()?;
    let limits = Limits {
        max_time: Duration::from_mins(1),
        max_processor_seconds: 60,
        max_memory_bytes: Some(2 << 30),
        max_file_bytes: 64 << 20,
        may_use_network: false,
    };
    let film = format!("file:{}", absolute(path)?);
    let mut frames = Vec::new();
    for at in hundredths {
        let milliseconds = duration_ms.saturating_mul(u64::from(*at)) / 100;
        let seconds = format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
        let name = format!("frame-{at}.png");
        let args = [
            "-v",
            "error",
            "-nostdin",
            "-protocol_whitelist",
            "file",
            "-max_pixels",
            MAX_PIXELS,
            "-threads",
            "1",
            "-ss",
            &seconds,
            "-f",
            reader,
            "-i",
            &film,
        ];
        let how = [
            "-frames:v",
            "1",
            "-an",
            "-sn",
            "-vf",
            "scale=640:640:force_original_aspect_ratio=decrease",
            "-y",
            &name,
        ];
        let args: Vec<String> = args.iter().chain(&how).map(|word| (*word).to_owned()).collect();
        match tools::run("ffmpeg", &args, folder.path(), &limits, |_| {}) {
            Err(error @ (ToolError::Missing(_) | ToolError::Io(_))) => return Err(error),
            // A film that is damaged at one place may be whole at another.
            Err(_) => continue,
            Ok(_) => {}
        }
        let place = folder.path().join(&name);
        if place.is_file()
            && let Some(frame) = read_picture(&place)?
        {
            frames.push((*at, frame));
        }
    }
    Ok(frames)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_gives_no_pixels() {
        assert!(read_picture(Path::new("demo/media/anh-khoi-nghiep.jpg")).unwrap().is_some());
        for broken in [&b""[..], b"\x89PNG\r\n\x1a\n and no more", b"words"] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), broken).unwrap();
            assert!(read_picture(file.path()).unwrap().is_none());
        }
    }

    #[test]
    fn a_film_gives_the_frames_that_were_asked_for() {
        let film = Path::new("demo/media/clip-bao-ve-moi-truong.mp4");
        let frames = frames_of(film, "video/mp4", 6_000, &[10, 50, 1_000]).unwrap();
        let places: Vec<u32> = frames.iter().map(|(at, _)| *at).collect();
        assert_eq!(places, [10, 50], "there is nothing behind the end");
        assert!(frames.iter().all(|(_, frame)| frame.width() <= 640));
    }
}
