//! Which reader of ffmpeg a type gets. It is forced: a reader that ffmpeg chose by itself could be one for playlists,
//! which names other files.

/// None for what ffmpeg is not asked about.
pub fn demuxer_of(media_type: &str) -> Option<&'static str> {
    Some(match media_type {
        "video/mp4" | "video/x-m4v" | "video/quicktime" | "audio/mp4" | "audio/m4a" => "mov",
        "video/webm" => "matroska",
        "audio/mpeg" => "mp3",
        "audio/ogg" => "ogg",
        "audio/wav" | "audio/x-wav" => "wav",
        "audio/aac" => "aac",
        _ => return None,
    })
}
