//! One run of ffmpeg: the input's reader forced, other protocols than files refused, its clock heard.

use std::{path::Path, time::Duration};

use super::{Desk, MediaError, demuxer::demuxer_of};
use crate::infra::tools::{self, Limits};

/// What follows after that is not made into anything.
pub const MAX_SECONDS: u64 = 3 * 3600;
/// A picture of 8K. More than that in a film is meant to fill the memory.
pub const MAX_PIXELS: &str = "36000000";

/// Enough for a slow machine: encoding one size takes about as long as the film.
pub fn limits(duration_ms: u64) -> Limits {
    let seconds = 600 + 15 * (duration_ms / 1000).min(MAX_SECONDS);
    Limits {
        max_time: Duration::from_secs(seconds),
        max_processor_seconds: seconds,
        max_memory_bytes: Some(3 << 30),
        max_file_bytes: 8 << 30,
        may_use_network: false,
    }
}

/// `before` and `after` the input; `hear` gets the moment of the film that is reached, in milliseconds.
pub fn run(
    desk: &Desk,
    input: (&Path, &str),
    (before, after): (&[&str], &[&str]),
    duration_ms: u64,
    mut hear: impl FnMut(u64),
) -> Result<(), MediaError> {
    let (path, media_type) = input;
    let reader = demuxer_of(media_type).ok_or_else(|| MediaError::Broken(media_type.to_owned()))?;
    let mut args: Vec<String> = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-threads", "1"]
        .into_iter()
        .chain(["-max_pixels", MAX_PIXELS, "-protocol_whitelist", "file"])
        .chain(before.iter().copied())
        .chain(["-f", reader, "-i"])
        .map(str::to_owned)
        .collect();
    args.push(format!("file:{}", path.display()));
    args.extend(after.iter().map(|word| (*word).to_owned()));
    // The progress goes to the standard output, as lines "out_time_us=4000000".
    args.splice(0..0, ["-progress".to_owned(), "pipe:1".to_owned()]);
    tools::run("ffmpeg", &args, desk.folder(), &limits(duration_ms), |line| {
        if let Some(microseconds) = line.strip_prefix("out_time_us=").and_then(|at| at.parse::<u64>().ok()) {
            hear(microseconds / 1000);
        }
    })?;
    Ok(())
}
