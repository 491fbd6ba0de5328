//! What can be told of a file without decoding it: its first bytes, what a zip holds, how long a film is and whether it
//! is whole, how large a picture is. Memory stays small whatever the file claims about itself.

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
};

use tempfile::NamedTempFile;

use super::{
    directory,
    package::{PackageError, PackageLimits, PackageTrouble, start_of_game, unpack},
};
use crate::infra::media::{self, MediaError, Probe};

/// Whatever can be read from any place of it.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

const HEAD_BYTES: u64 = 8192;
const START_BYTES: u64 = 8 << 20;
const END_BYTES: u64 = 2 << 20;
const UNKNOWN_FILM: Inside = Inside::Film { duration_ms: None, width: None, height: None };
/// The index of a film of some hours has a few megabytes.
const MAX_INDEX_BYTES: u64 = 32 << 20;
const MAX_ZIP_NAMES: usize = 10_000;
/// What its directory says; what it says may be a lie, so whoever unpacks it counts anew.
const MAX_UNPACKED_BYTES: u128 = 1 << 30;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    pub head: Vec<u8>,
    pub inside: Inside,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum Inside {
    #[default]
    Nothing,
    /// The names in a zip.
    Zip {
        names: Vec<String>,
    },
    Film {
        duration_ms: Option<u64>,
        width: Option<u32>,
        height: Option<u32>,
    },
    Picture {
        width: u32,
        height: u32,
    },
    /// It says what it is, but a part of it is missing.
    Broken,
    /// A zip that nobody should unpack.
    Refused(PackageTrouble),
    /// Unpacked or decoded, it would fill the memory.
    TooMuch,
}

/// At a file of this machine.
pub fn look_at(path: &Path) -> io::Result<Look> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let look = look_in(file, length)?;
    Ok(match asked_of_ffprobe(&look) {
        Some(sort) => Look { inside: ask_ffprobe(path, sort), ..look },
        None => look,
    })
}

/// At a file elsewhere: only what is looked at is fetched. ffprobe gets the beginning and the end of it, which is where
/// films and recordings say how long they are, and between them a hole that takes no room.
pub fn look_from_afar(mut file: impl Read + Seek, length: u64) -> io::Result<Look> {
    let look = look_in(&mut file, length)?;
    let Some(sort) = asked_of_ffprobe(&look) else { return Ok(look) };
    let excerpt = excerpt(&mut file, length)?;
    let inside = match ask_ffprobe(excerpt.path(), sort) {
        // It may be the hole.
        Inside::Broken if length > START_BYTES + END_BYTES => UNKNOWN_FILM,
        inside => inside,
    };
    Ok(Look { inside, ..look })
}

fn excerpt(file: &mut (impl Read + Seek), length: u64) -> io::Result<NamedTempFile> {
    let mut excerpt = tempfile::Builder::new().prefix("excerpt-").tempfile()?;
    for (at, bytes) in [(0, START_BYTES), (length.saturating_sub(END_BYTES).max(START_BYTES), END_BYTES)] {
        file.seek(SeekFrom::Start(at.min(length)))?;
        excerpt.seek(SeekFrom::Start(at.min(length)))?;
        io::copy(&mut (&mut *file).take(bytes), &mut excerpt)?;
    }
    Ok(excerpt)
}

/// As what ffprobe is asked for the length of a film or a recording that this program does not read itself.
fn asked_of_ffprobe(look: &Look) -> Option<&'static str> {
    let sort = infer::get(&look.head).map_or("", |sort| sort.mime_type());
    match &look.inside {
        Inside::Film { duration_ms: None, .. } => Some("video/mp4"),
        Inside::Nothing if sort.starts_with("video/") || sort.starts_with("audio/") => Some(sort),
        _ => None,
    }
}

/// The same wherever the file is: only its head and what its parts point to are read.
pub fn look_in(mut file: impl Read + Seek, length: u64) -> io::Result<Look> {
    let mut head = Vec::new();
    (&mut file).take(HEAD_BYTES).read_to_end(&mut head)?;
    let inside = match head.get(..12) {
        Some([b'P', b'K', 3 | 5, 4 | 6, ..]) => match zip_names(&mut file)? {
            Inside::Zip { names } if start_of_game(names.iter().map(String::as_str)).is_some() => {
                game(&mut file, names)?
            }
            other => other,
        },
        Some([_, _, _, _, b'f', b't', b'y', b'p', ..]) => film(&mut file, length)?,
        _ => picture(file)?,
    };
    Ok(Look { head, inside })
}

/// What this program does not read itself. Without ffprobe, or when it does not answer in time, nothing is known.
fn ask_ffprobe(path: &Path, sort: &str) -> Inside {
    match media::probe(path, sort) {
        Ok(Some(Probe { duration_ms, size, .. })) => {
            Inside::Film { duration_ms, width: size.map(|size| size.0), height: size.map(|size| size.1) }
        }
        Err(MediaError::Broken(_)) => Inside::Broken,
        Ok(None) | Err(_) => UNKNOWN_FILM,
    }
}

fn zip_names(file: &mut (impl Read + Seek)) -> io::Result<Inside> {
    let archive = match directory::open(file, MAX_ZIP_NAMES) {
        Ok(opened) => opened.archive,
        Err(PackageError::Trouble(trouble @ PackageTrouble::TooManyFiles(_))) => {
            return Ok(Inside::Refused(trouble));
        }
        Err(PackageError::Trouble(_)) => return Ok(Inside::Broken),
        Err(PackageError::Io(error)) => return Err(error),
    };
    if archive.decompressed_size().is_some_and(|bytes| bytes > MAX_UNPACKED_BYTES) {
        return Ok(Inside::TooMuch);
    }
    Ok(Inside::Zip { names: archive.file_names().map(str::to_owned).collect() })
}

/// A game will be unpacked, so it is taken apart once to see whether it can be.
fn game(file: &mut (impl Read + Seek), names: Vec<String>) -> io::Result<Inside> {
    match unpack(file, &PackageLimits::OF_A_GAME, |_, _| Ok(())) {
        Ok(()) => Ok(Inside::Zip { names }),
        Err(PackageError::Trouble(trouble)) => Ok(Inside::Refused(trouble)),
        Err(PackageError::Io(error)) => Err(error),
    }
}

/// Walks over the outer boxes without reading what they hold. A box that ends behind the file's end, or a film without
/// its index, was cut off.
fn film(file: &mut (impl Read + Seek), length: u64) -> io::Result<Inside> {
    let mut at = 0;
    let mut index = Vec::new();
    while at + 8 <= length {
        let (kind, size) = read_box_header(file, at, length)?;
        if size < 8 || at + size > length {
            return Ok(Inside::Broken);
        }
        if matches!(&kind, b"ftyp" | b"moov") && size <= MAX_INDEX_BYTES {
            file.seek(SeekFrom::Start(at))?;
            (&mut *file).take(size).read_to_end(&mut index)?;
        }
        if &kind == b"moof" {
            // A film in fragments has its times spread over all of them.
            return Ok(UNKNOWN_FILM);
        }
        at += size;
    }
    let is_whole = at == length && index.windows(4).any(|window| window == b"moov");
    if !is_whole {
        return Ok(Inside::Broken);
    }
    Ok(film_facts(&index))
}

fn read_box_header(file: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<([u8; 4], u64)> {
    file.seek(SeekFrom::Start(at))?;
    let mut size = [0; 4];
    let mut kind = [0; 4];
    file.read_exact(&mut size)?;
    file.read_exact(&mut kind)?;
    let size = match u32::from_be_bytes(size) {
        // To the end of the file.
        0 => length - at,
        1 => {
            let mut long = [0; 8];
            if file.read_exact(&mut long).is_err() {
                return Ok((kind, 0));
            }
            u64::from_be_bytes(long)
        }
        size => u64::from(size),
    };
    // A size that no file has is one that ends behind the end.
    Ok((kind, if size > length { length - at + 1 } else { size }))
}

fn film_facts(index: &[u8]) -> Inside {
    let Ok(film) = mp4parse::read_mp4(&mut Cursor::new(index)) else {
        return UNKNOWN_FILM;
    };
    let milliseconds = |track: &mp4parse::Track| {
        let (duration, scale) = (track.duration.as_ref()?.0, track.timescale.as_ref()?.0);
        duration.checked_mul(1000)?.checked_div(scale)
    };
    let picture = film.tracks.iter().find(|track| track.track_type == mp4parse::TrackType::Video);
    let size = picture.and_then(|track| track.tkhd.as_ref());
    Inside::Film {
        duration_ms: film.tracks.iter().filter_map(milliseconds).max(),
        // Sixteen bits before the point and sixteen after it.
        width: size.map(|size| size.width >> 16),
        height: size.map(|size| size.height >> 16),
    }
}

fn picture(mut file: impl Read + Seek) -> io::Result<Inside> {
    file.seek(SeekFrom::Start(0))?;
    let mut start = [0; 24];
    let claimed = match file.read_exact(&mut start) {
        Ok(()) => claimed_by_png(&start),
        Err(_) => None,
    };
    file.seek(SeekFrom::Start(0))?;
    let size = image::ImageReader::new(BufReader::new(file))
        .with_guessed_format()
        .ok()
        .and_then(|reader| reader.into_dimensions().ok());
    Ok(match size.or(claimed.filter(|(width, height)| media::is_too_large(*width, *height))) {
        Some((width, height)) if media::is_too_large(width, height) => Inside::TooMuch,
        Some((width, height)) => Inside::Picture { width, height },
        None => Inside::Nothing,
    })
}

/// What a PNG says of its size in the first of its chunks, whatever comes after it or does not come.
fn claimed_by_png(start: &[u8; 24]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(start.get(at..at + 4)?.try_into().ok()?));
    if !start.starts_with(b"\x89PNG\r\n\x1a\n") || start.get(12..16)? != b"IHDR" {
        return None;
    }
    Some((number(16)?, number(20)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(bytes: &[u8]) -> Inside {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        look_at(&path).unwrap().inside
    }

    #[test]
    fn a_film_says_how_long_it_is_and_whether_it_is_whole() {
        let film = std::fs::read("demo/media/clip-bao-ve-moi-truong.mp4").unwrap();
        let Inside::Film { duration_ms: Some(duration), width, height } = look(&film) else {
            panic!("no film")
        };
        assert!((7_900..8_200).contains(&duration), "{duration}");
        assert_eq!((width, height), (Some(640), Some(360)));
        for cut in [30, 1000, film.len() / 2, film.len() - 1] {
            assert_eq!(look(&film[..cut]), Inside::Broken, "cut at {cut}");
        }
    }

    #[test]
    fn a_zip_says_what_it_holds_and_whether_it_is_whole() {
        let zip = std::fs::read("demo/media/game-phan-loai-rac.zip").unwrap();
        let Inside::Zip { names } = look(&zip) else { panic!("no zip") };
        assert!(names.iter().any(|name| name == "index.html"), "{names:?}");
        assert_eq!(look(&zip[..zip.len() / 2]), Inside::Broken);
    }

    #[test]
    fn a_picture_says_how_large_it_is() {
        let picture = std::fs::read("demo/media/anh-khoi-nghiep.jpg").unwrap();
        assert_eq!(look(&picture), Inside::Picture { width: 960, height: 640 });
        assert_eq!(look(b"nothing that is known"), Inside::Nothing);
        assert_eq!(look(b""), Inside::Nothing);
    }
}
