//! Reading WebVTT and SRT: times and plain words. Styles, regions, notes and marks in the words are left out, so that what
//! is handed on holds nothing that a player would interpret.

use std::fmt::Write;

use crate::base::sentence::Sentence;

const MAX_CUES: usize = 10_000;
const MAX_LINE_CHARS: usize = 400;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    pub from_ms: u64,
    pub to_ms: u64,
    pub words: String,
}

/// All that is said, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionLines(Vec<Cue>);

impl CaptionLines {
    pub fn read(bytes: &[u8]) -> Result<Self, Sentence> {
        let wrong = || Sentence::new("captions-wrong-form");
        let text = std::str::from_utf8(bytes).map_err(|_| Sentence::new("captions-wrong-encoding"))?;
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let mut cues = Vec::new();
        for block in text.split("\n\n") {
            let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
            let Some(times) = lines.next() else { continue };
            let (from_ms, to_ms) = read_times(times).ok_or_else(wrong)?;
            if to_ms <= from_ms {
                return Err(wrong());
            }
            let words: Vec<String> = lines.map(plain).filter(|line| !line.is_empty()).collect();
            if !words.is_empty() {
                cues.push(Cue { from_ms, to_ms, words: words.join("\n") });
            }
            if cues.len() > MAX_CUES {
                return Err(Sentence::new("captions-wrong-too-many"));
            }
        }
        if cues.is_empty() {
            return Err(wrong());
        }
        cues.sort_by_key(|cue| cue.from_ms);
        Ok(Self(cues))
    }

    pub fn cues(&self) -> &[Cue] {
        &self.0
    }

    pub fn to_vtt(&self) -> String {
        let mut text = "WEBVTT\n".to_owned();
        for cue in &self.0 {
            let words = cue.words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let _ = write!(text, "\n{} --> {}\n{words}\n", time(cue.from_ms), time(cue.to_ms));
        }
        text
    }
}

/// "00:01:02.500 --> 00:01:04,000 position:10%"
fn read_times(line: &str) -> Option<(u64, u64)> {
    let (from, rest) = line.split_once("-->")?;
    Some((read_time(from.trim())?, read_time(rest.split_whitespace().next()?)?))
}

/// Hours may be missing; the thousandths stand behind a point or a comma.
fn read_time(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once(['.', ','])?;
    if thousandths.len() != 3 {
        return None;
    }
    let parts: Vec<u64> = clock.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] => (0, *minutes, *seconds),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return None,
    };
    let is_sensible = hours < 100 && minutes < 60 && seconds < 60;
    let thousandths: u64 = thousandths.parse().ok()?;
    is_sensible.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths)
}

/// Without tags (`<i>`, `<v Lan>`, `<00:01.000>`), with the five entities read, without control characters and arrows
/// that would look like a time.
fn plain(line: &str) -> String {
    let mut words = String::new();
    let mut is_inside = false;
    for c in line.chars() {
        match c {
            '<' => is_inside = true,
            '>' if is_inside => is_inside = false,
            _ if !is_inside && !c.is_control() => words.push(c),
            _ => {}
        }
    }
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    words.replace("-->", "→").trim().chars().take(MAX_LINE_CHARS).collect()
}

fn time(ms: u64) -> String {
    let seconds = ms / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60, ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_words_are_kept_and_nothing_else() {
        let vtt = "\u{feff}WEBVTT - bài\r\n\r\nSTYLE\r\n::cue { background: url(https://evil.example/x) }\r\n\r\nNOTE ghi chú\r\n\r\n1\r\n00:01.000 --> 00:02.500 position:10%\r\n<v Lan><i>Xin chào</i> &amp; <script>alert(1)</script>\r\nmọi người\r\n";
        let lines = CaptionLines::read(vtt.as_bytes()).unwrap();
        assert_eq!(
            lines.to_vtt(),
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nXin chào &amp; alert(1)\nmọi người\n"
        );
        let srt = "2\n00:00:05,000 --> 00:00:06,000\nHai\n\n1\n00:00:01,000 --> 00:00:02,000\nMột --> x\n";
        let lines = CaptionLines::read(srt.as_bytes()).unwrap();
        assert_eq!(lines.cues().iter().map(|cue| cue.words.as_str()).collect::<Vec<_>>(), ["Một → x", "Hai"]);
        assert_eq!(
            CaptionLines::read(lines.to_vtt().as_bytes()).unwrap(),
            lines,
            "what is written can be read"
        );
    }

    #[test]
    fn what_is_no_captions_is_refused_in_words() {
        for (bytes, key) in [
            (&b""[..], "captions-wrong-form"),
            (b"WEBVTT\n\nNOTE nothing\n", "captions-wrong-form"),
            (b"WEBVTT\n\n00:05.000 --> 00:04.000\nback\n", "captions-wrong-form"),
            (b"WEBVTT\n\n00:99.000 --> 00:99.500\nx\n", "captions-wrong-form"),
            (b"<html><script>", "captions-wrong-form"),
            (b"\xff\xfeW\x00E\x00", "captions-wrong-encoding"),
        ] {
            assert_eq!(CaptionLines::read(bytes).unwrap_err().key, key, "{bytes:?}");
        }
        let many = "00:01.000 --> 00:02.000\nx\n\n".repeat(MAX_CUES + 1);
        assert_eq!(CaptionLines::read(many.as_bytes()).unwrap_err().key, "captions-wrong-too-many");
    }
}
