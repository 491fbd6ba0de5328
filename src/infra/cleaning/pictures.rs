//! Pictures, part by part, without decoding them: only parts that a picture needs are copied.

use std::{io, path::Path};

/// A picture larger than this is not cleaned in memory.
const MAX_BYTES: u64 = 100 << 20;

pub fn clean(path: &Path, to: &Path, clean: fn(&[u8]) -> Option<Vec<u8>>) -> io::Result<bool> {
    if std::fs::metadata(path)?.len() > MAX_BYTES {
        return Ok(false);
    }
    match clean(&std::fs::read(path)?) {
        Some(bytes) => std::fs::write(to, bytes).map(|()| true),
        None => Ok(false),
    }
}

/// Without `APPn` segments but JFIF and Adobe's colour transform, without comments, and without what stands behind the end.
/// Which way up it was held is kept, in an EXIF block that says nothing else.
pub fn without_jpeg_segments(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = bytes.get(..2).filter(|start| *start == [0xff, 0xd8])?.to_vec();
    if let Some(turn) = orientation(bytes) {
        clean
            .extend_from_slice(b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
        clean.extend_from_slice(&[turn, 0, 0, 0, 0, 0, 0]);
    }
    let mut at = 2;
    loop {
        let (0xff, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?) else { return None };
        if marker == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + length)?;
        let is_needed = match marker {
            0xe0 => segment.get(4..9) == Some(b"JFIF\0"),
            0xee => segment.get(4..9) == Some(b"Adobe"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if is_needed {
            // A thumbnail inside JFIF is a picture of its own, and small: it stays out.
            match marker {
                0xe0 => clean.extend_from_slice(b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
                _ => clean.extend_from_slice(segment),
            }
        }
        at += 2 + length;
        if marker == 0xda {
            let end = end_of_scan(bytes, at)?;
            clean.extend_from_slice(bytes.get(at..end)?);
            at = end;
            if bytes.get(at..at + 2) == Some(&[0xff, 0xd9]) {
                clean.extend_from_slice(&[0xff, 0xd9]);
                return Some(clean);
            }
        }
    }
}

/// Where the next marker stands after the packed bytes of a scan.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match (*bytes.get(at)?, bytes.get(at + 1).copied()) {
            (0xff, Some(0 | 0xd0..=0xd7)) => at += 2,
            (0xff, Some(_)) => return Some(at),
            _ => at += 1,
        }
    }
}

/// Tag 0x0112 of the first EXIF directory, when it asks for a turn.
fn orientation(bytes: &[u8]) -> Option<u8> {
    let start = bytes.windows(6).take(200_000).position(|window| window == b"Exif\0\0")? + 6;
    let tiff = bytes.get(start..)?;
    let is_little = tiff.get(..2)? == b"II";
    let short = |at: usize| {
        let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let (a, b) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        usize::try_from(if is_little { b << 16 | a } else { a << 16 | b }).ok()
    };
    let directory = long(4)?;
    let count = usize::from(short(directory)?);
    let tag = (0..count.min(200)).map(|n| directory + 2 + 12 * n).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(tag + 8)?).ok().filter(|turn| (2..=8).contains(turn))
}

/// Without text, EXIF, time, and everything behind the end.
pub fn without_png_chunks(bytes: &[u8]) -> Option<Vec<u8>> {
    const NEEDED: [&[u8]; 16] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"bKGD", b"pHYs",
        b"acTL", b"fcTL", b"fdAT", b"hIST", b"cICP",
    ];
    let mut clean = bytes.get(..8).filter(|start| *start == b"\x89PNG\r\n\x1a\n")?.to_vec();
    let mut at = 8;
    loop {
        let length: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        if NEEDED.contains(&kind) {
            clean.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(clean);
        }
        at += chunk.len();
    }
}

/// Without EXIF, XMP and colour profiles; the flags of the header say so too.
pub fn without_webp_chunks(bytes: &[u8]) -> Option<Vec<u8>> {
    bytes.get(..4).filter(|start| *start == b"RIFF")?;
    bytes.get(8..12).filter(|kind| *kind == b"WEBP")?;
    let whole: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
    let end = usize::try_from(u32::from_le_bytes(whole)).ok()?.checked_add(8)?.min(bytes.len());
    let mut body = b"WEBP".to_vec();
    let mut at = 12;
    while at + 8 <= end {
        let kind = bytes.get(at..at + 4)?;
        let length: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        let chunk = bytes.get(at..at.checked_add(8)?.checked_add(length)?)?;
        if [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"].iter().any(|needed| *needed == kind) {
            let from = body.len();
            body.extend_from_slice(chunk);
            if kind == b"VP8X"
                && let Some(flags) = body.get_mut(from + 8)
            {
                // ICC, EXIF, XMP.
                *flags &= !(0x20 | 0x08 | 0x04);
            }
            if length % 2 == 1 {
                body.push(0);
            }
        }
        at += 8 + length + length % 2;
    }
    let mut clean = b"RIFF".to_vec();
    clean.extend_from_slice(&u32::try_from(body.len()).ok()?.to_le_bytes());
    clean.extend_from_slice(&body);
    Some(clean)
}

/// Without comments and programs' extensions but the one that repeats the film.
pub fn without_gif_comments(bytes: &[u8]) -> Option<Vec<u8>> {
    let header = bytes.get(..13).filter(|header| header.starts_with(b"GIF8"))?;
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*header.get(10)?);
    let mut clean = bytes.get(..at)?.to_vec();
    loop {
        let from = at;
        let is_needed = match *bytes.get(at)? {
            0x3b => {
                clean.push(0x3b);
                return Some(clean);
            }
            0x2c => {
                at += 10 + table(*bytes.get(at + 9)?) + 1;
                true
            }
            0x21 => {
                let kind = *bytes.get(at + 1)?;
                at += 2;
                kind == 0xf9 || kind == 0xff && bytes.get(at + 1..at + 12) == Some(b"NETSCAPE2.0")
            }
            _ => return None,
        };
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        if is_needed {
            clean.extend_from_slice(bytes.get(from..at)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo(name: &str) -> Vec<u8> {
        std::fs::read(format!("demo/media/{name}")).unwrap()
    }

    fn contains(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|window| window == text)
    }

    #[test]
    fn pictures_stay_as_they_look_and_say_nothing_else() {
        let planted = b"Chi Lo Ten";
        let mut jpeg = demo("anh-khoi-nghiep.jpg");
        let mut exif = b"\xff\xe1\x00\x40Exif\0\0MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x3b\0\x02\0\0\0\x0a\0\0\0\x26\0\0\0\0".to_vec();
        exif.extend_from_slice(planted);
        exif.resize(0x42, b' ');
        jpeg.splice(2..2, [exif, [b"\xff\xfe\x00\x0c", planted.as_slice()].concat()].concat());
        jpeg.extend_from_slice(planted);
        let mut png = demo("ma-qr-cham-soc-tre-em.png");
        png.splice(33..33, [b"\0\0\0\x0atEXt", planted.as_slice(), b"\0\0\0\0"].concat());
        let mut webp = demo("anh-khoi-nghiep.webp");
        webp.extend([b"XMP \x0a\0\0\0", planted.as_slice()].concat());
        let length = u32::try_from(webp.len() - 8).unwrap().to_le_bytes();
        webp.splice(4..8, length);
        let mut gif = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(4, 4).write_to(&mut gif, image::ImageFormat::Gif).unwrap();
        let mut gif = gif.into_inner();
        let end = gif.len() - 1;
        gif.splice(end..end, [b"\x21\xfe\x0a", planted.as_slice(), b"\0"].concat());
        type Clean = fn(&[u8]) -> Option<Vec<u8>>;
        let cases: [(&str, Vec<u8>, Clean); 4] = [
            ("jpeg", jpeg, without_jpeg_segments),
            ("png", png, without_png_chunks),
            ("webp", webp, without_webp_chunks),
            ("gif", gif, without_gif_comments),
        ];
        for (kind, bytes, clean) in cases {
            assert!(contains(&bytes, planted), "{kind}");
            let cleaned = clean(&bytes).unwrap();
            assert!(!contains(&cleaned, planted), "{kind}");
            let (before, after) =
                (image::load_from_memory(&bytes).unwrap(), image::load_from_memory(&cleaned).unwrap());
            assert_eq!(before.to_rgba8(), after.to_rgba8(), "{kind}");
            if kind == "jpeg" {
                assert_eq!(orientation(&cleaned), Some(6), "held upright");
            }
            for cut in [0, 1, 7, bytes.len() / 2] {
                let _ = clean(&bytes[..cut]);
            }
            assert_eq!(clean(&bytes[..bytes.len() / 2]).filter(|_| kind != "webp"), None, "{kind} cut off");
        }
    }
}
