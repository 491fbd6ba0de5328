//! What the arena says a file of a game is. The name decides: a browser that is told not to guess does nothing with a
//! file that bears a wrong one.

/// Whether a stored file is played.
pub fn is_game(media_type: &str) -> bool {
    media_type == "text/html" || media_type == "application/zip"
}

const TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("ico", "image/x-icon"),
    ("cur", "image/x-icon"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("wav", "audio/wav"),
    ("m4a", "audio/mp4"),
    ("aac", "audio/aac"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("wasm", "application/wasm"),
];

/// By the ending of a path; a page also by how its letters are written, which its own words may say too late.
pub fn media_type_of(path: &str, is_utf8: bool) -> &'static str {
    let ending = path
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") if is_utf8 => "text/html; charset=utf-8",
        Some("html" | "htm") => "text/html",
        Some(ending) => {
            TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, is)| is)
        }
        None => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_it_is() {
        for (path, is_utf8, is) in [
            ("index.html", true, "text/html; charset=utf-8"),
            ("a/INDEX.HTM", false, "text/html"),
            ("a.b/game.JS", true, "text/javascript; charset=utf-8"),
            ("a.js/readme", true, "application/octet-stream"),
            ("x.exe", true, "application/octet-stream"),
            ("x.php", true, "application/octet-stream"),
        ] {
            assert_eq!(media_type_of(path, is_utf8), is, "{path}");
        }
    }
}
