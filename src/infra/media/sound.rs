//! Sound: AAC for every browser, and its waveform as a picture.

use std::fs;

use super::{Desk, Facts, MediaError, ffmpeg, picture, probe::probe};

/// Before a ground of any colour: the wave is drawn in the colour of the house on nothing.
const WAVE: &str =
    "[0:a:0]aformat=channel_layouts=mono,showwavespic=s=1200x160:colors=0x9d174d:scale=sqrt[wave]";

pub fn render(desk: &Desk) -> Result<Facts, MediaError> {
    let probe = probe(desk.source(), &desk.order.media_type)?.unwrap_or_default();
    if !probe.has_sound {
        return Err(MediaError::Broken("no sound in it".to_owned()));
    }
    let duration_ms = probe.duration_ms.unwrap_or(0);
    let input = (desk.source(), desk.order.media_type.as_str());
    if !desk.has("waveform") {
        let words = ["-filter_complex", WAVE, "-map", "[wave]", "-frames:v", "1", "-c:v", "png"];
        let words: Vec<&str> =
            words.into_iter().chain(["-f", "image2", "-update", "1", "file:wave.png"]).collect();
        ffmpeg::run(desk, input, (&[], &words), duration_ms, |_| {})?;
        picture::write_sized(desk, "waveform", &picture::open(&desk.place("wave.png"))?, 1200, 80)?;
        fs::remove_file(desk.place("wave.png"))?;
    }
    desk.percent(20)?;
    if !desk.has("aac") {
        let longest = ffmpeg::MAX_SECONDS.to_string();
        let words = ["-map", "0:a:0", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000", "-vn"];
        let more = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-t", &longest];
        let last = ["-movflags", "+faststart", "-f", "mp4", "file:aac"];
        let words: Vec<&str> = words.into_iter().chain(more).chain(last).collect();
        ffmpeg::run(desk, input, (&[], &words), duration_ms, |at| {
            let _ = desk.percent(20 + 80 * at.min(duration_ms) / duration_ms.max(1));
        })?;
        desk.made("aac", "audio/mp4", Facts { duration_ms: probe.duration_ms, ..Facts::default() })?;
    }
    Ok(Facts { duration_ms: probe.duration_ms, ..Facts::default() })
}
