//! The sizes that a film is made in: pure.

/// One size of a film, named by its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    pub name: &'static str,
    pub width: u32,
    pub height: u32,
    /// Kilobits a second at most.
    pub max_rate: u32,
    /// x264's constant rate factor: the smaller, the better.
    pub quality: u32,
}

/// Lines (of the shorter side), kilobits a second at most, rate factor.
const SIZES: [(&str, u32, u32, u32); 3] =
    [("240p", 240, 400, 27), ("480p", 480, 1200, 25), ("720p", 720, 2600, 24)];

/// From small to large, never larger than the film: the last one has the film's own size when that lies between.
pub fn rungs(width: u32, height: u32) -> Vec<Rung> {
    let short = width.min(height).max(2);
    let mut rungs = Vec::new();
    for (name, lines, max_rate, quality) in SIZES {
        let of = |side: u32| even(u64::from(side) * u64::from(lines.min(short)) / u64::from(short));
        rungs.push(Rung { name, width: of(width), height: of(height), max_rate, quality });
        if lines >= short {
            break;
        }
    }
    rungs
}

/// The plain file that every browser plays: the middle size, or the largest there is.
pub fn plain(rungs: &[Rung]) -> Option<&Rung> {
    rungs.iter().find(|rung| rung.name == "480p").or(rungs.last())
}

/// H.264 in 4:2:0 has only even sides.
fn even(side: u64) -> u32 {
    u32::try_from(side & !1).unwrap_or(2).max(2)
}

/// The playlist of playlists.
pub fn master(rungs: &[Rung]) -> String {
    use std::fmt::Write;
    let mut text = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n".to_owned();
    for rung in rungs {
        let bits = (rung.max_rate + 100) * 1000;
        let _ = writeln!(
            text,
            "#EXT-X-STREAM-INF:BANDWIDTH={bits},RESOLUTION={}x{}\nhls-{}",
            rung.width, rung.height, rung.name
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_is_never_made_larger() {
        for (size, expected) in [
            ((1920, 1080), vec![("240p", 426, 240), ("480p", 852, 480), ("720p", 1280, 720)]),
            ((1080, 1920), vec![("240p", 240, 426), ("480p", 480, 852), ("720p", 720, 1280)]),
            ((640, 360), vec![("240p", 426, 240), ("480p", 640, 360)]),
            ((1280, 720), vec![("240p", 426, 240), ("480p", 852, 480), ("720p", 1280, 720)]),
            ((321, 181), vec![("240p", 320, 180)]),
            ((1, 1), vec![("240p", 2, 2)]),
        ] {
            let made: Vec<_> =
                rungs(size.0, size.1).iter().map(|rung| (rung.name, rung.width, rung.height)).collect();
            assert_eq!(made, expected, "{size:?}");
        }
        assert_eq!(plain(&rungs(1920, 1080)).map(|rung| rung.name), Some("480p"));
        assert_eq!(plain(&rungs(320, 180)).map(|rung| rung.name), Some("240p"));
    }

    #[test]
    fn the_playlist_names_every_size() {
        let text = master(&rungs(640, 360));
        assert!(text.contains("BANDWIDTH=500000,RESOLUTION=426x240\nhls-240p\n"), "{text}");
        assert!(text.ends_with("RESOLUTION=640x360\nhls-480p\n"), "{text}");
    }
}
