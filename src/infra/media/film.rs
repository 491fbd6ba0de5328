//! Films: a cover, a poster and a storyboard first, then the sizes, each once: the pieces of the playlist are cut from it
//! without coding it again.

use std::fs;

use super::{
    Desk, Facts, MediaError, ffmpeg,
    ladder::{self, Rung},
    picture,
    probe::{Probe, probe},
};

const MP4: &str = "video/mp4";
const PLAYLIST: &str = "application/vnd.apple.mpegurl";
const POSTER_WIDTH: u32 = 960;
const TILE_WIDTH: u32 = 160;
const COLUMNS: u32 = 10;
const MAX_TILES: u64 = 60;
/// What the stills cost of the whole, in percent.
const STILLS: u64 = 10;

pub fn render(desk: &Desk) -> Result<Facts, MediaError> {
    let probe = probe(desk.source(), &desk.order.media_type)?.unwrap_or_default();
    let (width, height) = probe.size.ok_or_else(|| MediaError::Broken("no picture in it".to_owned()))?;
    let duration_ms = probe.duration_ms.unwrap_or(0);
    stills(desk, (width, height), duration_ms)?;
    desk.percent(STILLS)?;
    let rungs = ladder::rungs(width, height);
    let plain = ladder::plain(&rungs).copied();
    // The plain file first: it plays everywhere.
    let mut order: Vec<Rung> = plain.into_iter().collect();
    order.extend(rungs.iter().filter(|rung| plain.is_none_or(|plain| plain.name != rung.name)));
    let all: u64 = order.iter().map(|rung| u64::from(rung.width) * u64::from(rung.height)).sum();
    let mut done = 0;
    for rung in &order {
        let weight = u64::from(rung.width) * u64::from(rung.height);
        let list = format!("hls-{}", rung.name);
        if !desk.has(&list) {
            let percent = |at_ms: u64| {
                let part = at_ms.min(duration_ms) * weight / duration_ms.max(1);
                STILLS + (100 - STILLS) * (done + part) / all.max(1)
            };
            encode(desk, rung, &probe, percent)?;
            cut(desk, rung, duration_ms)?;
            if plain.is_some_and(|plain| plain.name == rung.name) {
                // The name says what it is for; a small film has fewer lines.
                fs::rename(desk.place(rung.name), desk.place("480p"))?;
                desk.made("480p", MP4, size_of(rung, duration_ms))?;
            }
            desk.made(&format!("{list}-data"), MP4, size_of(rung, duration_ms))?;
            // The list comes last: where it is known, the rest of this size is.
            desk.made(&list, PLAYLIST, Facts::default())?;
        }
        done += weight;
    }
    if !desk.has("hls") {
        fs::write(desk.place("hls"), ladder::master(&rungs))?;
        desk.made("hls", PLAYLIST, Facts::default())?;
    }
    Ok(Facts { width: Some(width), height: Some(height), duration_ms: probe.duration_ms, ..Facts::default() })
}

fn size_of(rung: &Rung, duration_ms: u64) -> Facts {
    Facts {
        width: Some(rung.width),
        height: Some(rung.height),
        duration_ms: Some(duration_ms),
        ..Facts::default()
    }
}

fn stills(desk: &Desk, (width, height): (u32, u32), duration_ms: u64) -> Result<(), MediaError> {
    let input = (desk.source(), desk.order.media_type.as_str());
    if !desk.has("poster") {
        // A tenth into the film, where it has begun; of some frames the one that shows most.
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of some hours")]
        let seek = format!("{:.3}", duration_ms.min(300_000) as f64 / 10_000.0);
        let scale = format!("thumbnail=24,scale='min({POSTER_WIDTH},iw)':-2,setsar=1");
        let output =
            ["-map", "0:v:0", "-vf", &scale, "-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"];
        let output: Vec<&str> = output.into_iter().chain(["file:still.png"]).collect();
        ffmpeg::run(desk, input, (&["-ss", &seek], &output), duration_ms, |_| {})?;
        let still = picture::open(&desk.place("still.png"))?;
        picture::write_sized(desk, "poster", &still, POSTER_WIDTH, 78)?;
        picture::write_covers(desk, &still)?;
        fs::remove_file(desk.place("still.png"))?;
    }
    // A film of a moment has nothing to leaf through.
    if !desk.has("storyboard") && duration_ms >= 2000 {
        storyboard(desk, (width, height), duration_ms)?;
    }
    Ok(())
}

fn storyboard(desk: &Desk, (width, height): (u32, u32), duration_ms: u64) -> Result<(), MediaError> {
    let step_ms = duration_ms.div_ceil(MAX_TILES).max(1000);
    let n_tiles = u32::try_from(duration_ms.div_ceil(step_ms)).unwrap_or(1);
    let columns = n_tiles.min(COLUMNS);
    let rows = n_tiles.div_ceil(columns);
    let (tile_width, tile_height) = (TILE_WIDTH, (TILE_WIDTH * height / width.max(1)).clamp(16, 400) & !1);
    // Key frames are enough for a film of many minutes, and many times as fast.
    let before: &[&str] = if duration_ms > 600_000 { &["-skip_frame", "nokey"] } else { &[] };
    let filter = format!(
        "fps=1000/{step_ms}:round=up,scale={tile_width}:{tile_height},setsar=1,tile={columns}x{rows}"
    );
    let output =
        ["-map", "0:v:0", "-vf", &filter, "-frames:v", "1", "-c:v", "png", "-f", "image2", "-update", "1"];
    let output: Vec<&str> = output.into_iter().chain(["file:tiles.png"]).collect();
    let input = (desk.source(), desk.order.media_type.as_str());
    ffmpeg::run(desk, input, (before, &output), duration_ms, |_| {})?;
    let tiles = picture::open(&desk.place("tiles.png"))?;
    picture::write(&desk.place("storyboard"), &tiles, 60)?;
    let facts = Facts {
        width: Some(tiles.width()),
        height: Some(tiles.height()),
        n_tiles: Some(n_tiles),
        n_columns: Some(columns),
        step_ms: Some(step_ms),
        ..Facts::default()
    };
    fs::remove_file(desk.place("tiles.png"))?;
    desk.made("storyboard", picture::WEBP, facts)
}

/// H.264 and AAC in an MP4 that starts at once; a key frame every four seconds, so that it can be cut there.
fn encode(desk: &Desk, rung: &Rung, probe: &Probe, percent: impl Fn(u64) -> u64) -> Result<(), MediaError> {
    let scale = format!("scale={}:{},setsar=1", rung.width, rung.height);
    let (rate, buffer) = (format!("{}k", rung.max_rate), format!("{}k", rung.max_rate * 2));
    let (quality, longest) = (rung.quality.to_string(), ffmpeg::MAX_SECONDS.to_string());
    let target = format!("file:{}", rung.name);
    let mut words = vec!["-map", "0:v:0", "-vf", &scale, "-fpsmax", "30", "-c:v", "libx264"];
    words.extend(["-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p", "-crf", &quality]);
    words.extend(["-maxrate", &rate, "-bufsize", &buffer, "-sc_threshold", "0"]);
    words.extend(["-force_key_frames", "expr:gte(t,n_forced*4)"]);
    if probe.has_sound {
        words.extend(["-map", "0:a:0", "-c:a", "aac", "-b:a", "96k", "-ac", "2", "-ar", "48000"]);
    }
    // Nothing of what the camera wrote down: place, device, names of chapters.
    words.extend(["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]);
    words.extend(["-threads", "1", "-t", &longest, "-movflags", "+faststart", "-f", "mp4", &target]);
    let input = (desk.source(), desk.order.media_type.as_str());
    let duration_ms = probe.duration_ms.unwrap_or(0);
    // The line is heard between two readings of the pipe: nobody listening any more is found out afterwards.
    ffmpeg::run(desk, input, (&[], &words), duration_ms, |at| {
        let _ = desk.percent(percent(at));
    })
}

/// One file and a list of its pieces, for players that change the size while they play.
fn cut(desk: &Desk, rung: &Rung, duration_ms: u64) -> Result<(), MediaError> {
    let (list, data) = (format!("hls-{}", rung.name), format!("hls-{}-data", rung.name));
    let target = format!("file:{list}.m3u8");
    let mut words = vec!["-map", "0", "-c", "copy", "-map_metadata", "-1", "-f", "hls"];
    words.extend(["-hls_segment_type", "fmp4", "-hls_flags", "single_file", "-hls_time", "4"]);
    words.extend(["-hls_playlist_type", "vod", "-hls_segment_filename", &data, &target]);
    let made = desk.place(rung.name);
    ffmpeg::run(desk, (&made, MP4), (&[], &words), duration_ms, |_| {})?;
    fs::rename(desk.place(&format!("{list}.m3u8")), desk.place(&list))?;
    Ok(())
}
