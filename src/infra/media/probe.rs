//! What ffprobe says of a film or of sound.

use std::{path::Path, time::Duration};

use serde::Deserialize;

use super::{MediaError, demuxer::demuxer_of, ffmpeg::MAX_PIXELS};
use crate::infra::tools::{self, Limits};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Probe {
    pub duration_ms: Option<u64>,
    /// As it is shown: turned when the film says so.
    pub size: Option<(u32, u32)>,
    pub has_sound: bool,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    streams: Vec<Stream>,
    format: Option<Format>,
}

#[derive(Deserialize)]
struct Stream {
    codec_type: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    duration: Option<String>,
    #[serde(default)]
    side_data_list: Vec<SideData>,
    disposition: Option<Disposition>,
}

#[derive(Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

#[derive(Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: i32,
}

#[derive(Deserialize)]
struct Format {
    duration: Option<String>,
}

/// A look that somebody waits for, so it is short.
const LIMITS: Limits = Limits {
    max_time: Duration::from_secs(20),
    max_processor_seconds: 20,
    max_memory_bytes: Some(2 << 30),
    max_file_bytes: 1 << 20,
    may_use_network: false,
};

/// None for a type that ffmpeg is not asked about.
pub fn probe(path: &Path, media_type: &str) -> Result<Option<Probe>, MediaError> {
    let Some(reader) = demuxer_of(media_type) else { return Ok(None) };
    let input = format!("file:{}", path.display());
    let args: Vec<String> =
        ["-v", "error", "-max_pixels", MAX_PIXELS, "-protocol_whitelist", "file", "-f", reader]
            .into_iter()
            .chain(["-print_format", "json", "-show_format", "-show_streams", "-i", &input])
            .map(str::to_owned)
            .collect();
    let output = tools::run("ffprobe", &args, Path::new("/"), &LIMITS, |_| {})?;
    let said: Said =
        serde_json::from_slice(&output.stdout).map_err(|error| MediaError::Broken(error.to_string()))?;
    Ok(Some(read(&said)))
}

fn read(said: &Said) -> Probe {
    let is = |stream: &&Stream, kind: &str| stream.codec_type.as_deref() == Some(kind);
    // The cover of a song is a picture that calls itself a film.
    let is_cover = |stream: &Stream| stream.disposition.as_ref().is_some_and(|is| is.attached_pic == 1);
    let film = said.streams.iter().find(|stream| is(stream, "video") && !is_cover(stream));
    let turned = film.and_then(|film| film.side_data_list.iter().find_map(|data| data.rotation));
    // A whole number of degrees.
    #[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
    let lies = turned.is_some_and(|degrees| (degrees.round() as i64).rem_euclid(180) == 90);
    let size = film.and_then(|film| Some((film.width?, film.height?))).filter(|(w, h)| *w > 0 && *h > 0);
    let of_format = said.format.as_ref().and_then(|format| format.duration.as_deref());
    let longest = said.streams.iter().filter_map(|stream| milliseconds(stream.duration.as_deref()?)).max();
    Probe {
        duration_ms: of_format.and_then(milliseconds).or(longest),
        size: size.map(|(width, height)| if lies { (height, width) } else { (width, height) }),
        has_sound: said.streams.iter().any(|stream| is(&stream, "audio")),
    }
}

/// "12.345000" seconds.
fn milliseconds(text: &str) -> Option<u64> {
    let seconds: f64 = text.parse().ok()?;
    let is_sensible = seconds.is_finite() && (0.0..1e9).contains(&seconds);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    is_sensible.then(|| (seconds * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_that_lies_on_its_side_is_shown_upright() {
        let said = serde_json::json!({
            "streams": [
                { "codec_type": "audio", "duration": "8.1" },
                { "codec_type": "video", "width": 1920, "height": 1080, "side_data_list": [{ "rotation": -90 }] },
            ],
            "format": { "duration": "8.010884" },
        });
        let probe = read(&serde_json::from_value(said).unwrap());
        assert_eq!(probe, Probe { duration_ms: Some(8011), size: Some((1080, 1920)), has_sound: true });
    }

    #[test]
    fn a_song_with_a_cover_is_no_film() {
        let said = serde_json::json!({ "streams": [
            { "codec_type": "audio", "duration": "61" },
            { "codec_type": "video", "width": 500, "height": 500, "disposition": { "attached_pic": 1 } },
        ] });
        let probe = read(&serde_json::from_value(said).unwrap());
        assert_eq!(probe, Probe { duration_ms: Some(61_000), size: None, has_sound: true });
        for (text, expected) in [("N/A", None), ("-1", None), ("inf", None), ("0.5", Some(500))] {
            assert_eq!(milliseconds(text), expected, "{text}");
        }
    }
}
