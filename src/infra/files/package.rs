//! A zip from a stranger, taken apart: every name is read as a plain path below the folder it is meant for, every byte
//! is counted as it comes out, and what the zip says about itself is believed nowhere.

use std::{
    collections::HashSet,
    io::{self, Read, Seek, SeekFrom},
};

use zip::result::ZipError;

use super::directory::{self, Opened};

/// How much may come out of a zip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageLimits {
    pub max_files: usize,
    pub max_bytes: u64,
    pub max_file_bytes: u64,
    /// Bytes that come out for each byte of the zip, once more than `RATIO_FROM_BYTES` came out.
    pub max_ratio: u64,
    pub max_depth: usize,
    pub max_path_chars: usize,
}

impl PackageLimits {
    /// For what strangers made by hand: far above any game for a phone.
    pub const OF_A_GAME: Self = Self {
        max_files: 2_000,
        max_bytes: 300 << 20,
        max_file_bytes: 100 << 20,
        max_ratio: 100,
        max_depth: 12,
        max_path_chars: 200,
    };
}

/// The page that a game starts with: at the top, or in the only folder at the top.
pub fn start_of_game<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let starts = names.filter(|name| {
        name.matches('/').count() <= 1
            && name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case("index.html"))
            && !is_by_the_way(name)
    });
    starts.min_by_key(|name| (name.matches('/').count(), name.len()))
}

/// Text packs well, so a small zip may grow by more than a large one.
const RATIO_FROM_BYTES: u64 = 8 << 20;

/// Why a zip is not unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackageTrouble {
    TooManyFiles(usize),
    TooLarge,
    GrowsTooMuch,
    /// A name that leads out of its folder, or that means different things on different machines.
    BadName(String),
    TooDeep(String),
    NameTooLong(String),
    Link(String),
    Twice(String),
    Encrypted,
    /// A zip in a zip: nobody looked into that one.
    PackedAgain(String),
    Broken,
    Empty,
}

#[derive(Debug)]
pub enum PackageError {
    Trouble(PackageTrouble),
    Io(io::Error),
}

impl From<PackageTrouble> for PackageError {
    fn from(trouble: PackageTrouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<io::Error> for PackageError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Takes a zip apart; `take` gets the path and the bytes of one file after another, in the zip's order. Nothing is
/// believed before it was read: a trouble may come after some files were taken.
pub fn unpack(
    file: &mut (impl Read + Seek),
    limits: &PackageLimits,
    mut take: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
) -> Result<(), PackageError> {
    let zip_bytes = file.seek(SeekFrom::End(0))?;
    let Opened { mut archive, n_declared } = directory::open(&mut *file, limits.max_files)?;
    if archive.len() < n_declared {
        // The reader keeps one of each name.
        return Err(PackageTrouble::Twice(String::new()).into());
    }
    let mut seen = HashSet::new();
    let mut budget = Budget { limits: *limits, zip_bytes, out: 0 };
    for at in 0..archive.len() {
        let mut packed = match archive.by_index(at) {
            Ok(packed) => packed,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(PackageTrouble::Encrypted.into());
            }
            Err(_) => return Err(PackageTrouble::Broken.into()),
        };
        let name = plain_path(packed.name_raw(), limits)?;
        if packed.encrypted() {
            return Err(PackageTrouble::Encrypted.into());
        }
        if packed.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000) {
            return Err(PackageTrouble::Link(name).into());
        }
        if packed.is_dir() {
            continue;
        }
        // Some file systems do not tell small letters from large ones.
        if !seen.insert(name.to_lowercase()) {
            return Err(PackageTrouble::Twice(name).into());
        }
        if is_by_the_way(&name) {
            continue;
        }
        budget.pass(&name, &mut packed, &mut take)?;
    }
    if budget.out == 0 { Err(PackageTrouble::Empty.into()) } else { Ok(()) }
}

/// What macOS and Windows add to every zip.
fn is_by_the_way(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name
            .rsplit('/')
            .next()
            .is_some_and(|last| [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&last))
}

/// A path with `/` between its names, none of them empty, `.` or `..`, in UTF-8, without what some machine would read as
/// a drive, a folder or an end.
fn plain_path(raw: &[u8], limits: &PackageLimits) -> Result<String, PackageTrouble> {
    let shown =
        || String::from_utf8_lossy(raw).chars().filter(|c| !c.is_control()).take(80).collect::<String>();
    let name = std::str::from_utf8(raw).map_err(|_| PackageTrouble::BadName(shown()))?;
    let path = name.strip_suffix('/').unwrap_or(name);
    if path.chars().count() > limits.max_path_chars {
        return Err(PackageTrouble::NameTooLong(shown()));
    }
    let is_plain =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.ends_with([' ', '.']);
    let has_bad_sign =
        path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '\u{202e}' | '\u{202d}'));
    if has_bad_sign || !path.split('/').all(is_plain) {
        return Err(PackageTrouble::BadName(shown()));
    }
    if path.split('/').count() > limits.max_depth {
        return Err(PackageTrouble::TooDeep(shown()));
    }
    Ok(path.to_owned())
}

struct Budget {
    limits: PackageLimits,
    zip_bytes: u64,
    out: u64,
}

impl Budget {
    /// Hands one file on as far as the limits reach.
    fn pass(
        &mut self,
        name: &str,
        packed: &mut dyn Read,
        take: &mut dyn FnMut(&str, &mut dyn Read) -> io::Result<()>,
    ) -> Result<(), PackageError> {
        let mut head = [0; 4];
        let n_head = read_up_to(packed, &mut head).map_err(|_| PackageTrouble::Broken)?;
        if head.starts_with(b"PK\x03\x04") {
            return Err(PackageTrouble::PackedAgain(name.to_owned()).into());
        }
        let limit = self.limits.max_file_bytes.min(self.limits.max_bytes - self.out).min(self.by_ratio());
        let start = head.get(..n_head).unwrap_or_default();
        let mut counted =
            Counted { inner: start.chain(packed), left: limit, is_over: false, is_broken: false, n: 0 };
        let taken = take(name, &mut counted);
        // What was left unread counts too.
        let drained = io::copy(&mut counted, &mut io::sink());
        self.out += counted.n;
        if counted.is_over {
            let grows = limit == self.by_ratio_at(self.out - counted.n);
            let trouble = if grows { PackageTrouble::GrowsTooMuch } else { PackageTrouble::TooLarge };
            return Err(trouble.into());
        }
        if counted.is_broken {
            return Err(PackageTrouble::Broken.into());
        }
        taken.and(drained.map(|_| ())).map_err(PackageError::Io)
    }

    fn by_ratio(&self) -> u64 {
        self.by_ratio_at(self.out)
    }

    fn by_ratio_at(&self, out: u64) -> u64 {
        (self.zip_bytes.saturating_mul(self.limits.max_ratio)).max(RATIO_FROM_BYTES).saturating_sub(out)
    }
}

fn read_up_to(from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while let Some(rest) = into.get_mut(n..).filter(|rest| !rest.is_empty()) {
        match from.read(rest)? {
            0 => break,
            read => n += read,
        }
    }
    Ok(n)
}

/// Ends with an error at the limit, and remembers whose fault an error was.
struct Counted<R> {
    inner: R,
    left: u64,
    n: u64,
    is_over: bool,
    is_broken: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into).inspect_err(|_| self.is_broken = true)?;
        let read_bytes = read as u64;
        if read_bytes > self.left {
            self.is_over = true;
            return Err(io::Error::other("more than may come out"));
        }
        self.left -= read_bytes;
        self.n += read_bytes;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    const SMALL: PackageLimits = PackageLimits {
        max_files: 20,
        max_bytes: 24 << 20,
        max_file_bytes: 20 << 20,
        max_ratio: 10,
        max_depth: 3,
        max_path_chars: 40,
    };

    fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn taken(zip: &[u8]) -> Result<Vec<String>, PackageTrouble> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(zip).unwrap();
        let mut names = Vec::new();
        let done = unpack(&mut file, &SMALL, |name, bytes| {
            names.push(format!("{name} {}", io::copy(bytes, &mut io::sink())?));
            Ok(())
        });
        match done {
            Ok(()) => Ok(names),
            Err(PackageError::Trouble(trouble)) => Err(trouble),
            Err(PackageError::Io(error)) => panic!("{error}"),
        }
    }

    /// Changes the name in a zip wherever it stands; both have the same length.
    fn renamed(zip: &[u8], from: &str, to: &[u8]) -> Vec<u8> {
        assert_eq!(from.len(), to.len());
        let mut zip = zip.to_vec();
        for at in 0..=zip.len() - from.len() {
            if &zip[at..at + from.len()] == from.as_bytes() {
                zip[at..at + from.len()].copy_from_slice(to);
            }
        }
        zip
    }

    #[test]
    fn a_plain_zip_is_taken_apart_without_what_machines_add() {
        let zip = zip_of(&[
            ("index.html", b"<p>"),
            ("a/b.js", b"let x"),
            ("__MACOSX/a", b"1"),
            ("a/.DS_Store", b"2"),
        ]);
        assert_eq!(taken(&zip).unwrap(), ["index.html 3", "a/b.js 5"]);
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let zip = zip_of(&[("index.html", b"<p>"), ("abcdefgh", b"x")]);
        for name in [
            &b"../abcde"[..],
            b"a/../bcd",
            b"/abcdefg",
            b"C:abcdef",
            b"a\\bcdefg",
            b"a\0bcdefg",
            b"a//bcdef",
            b"./abcdef",
            b"a\nbcdefg",
            b"abcdef/.",
            b"abcdefg.",
            b"abcdefg ",
            b"\xff\xfeabcdef",
        ] {
            let trouble = taken(&renamed(&zip, "abcdefgh", name)).unwrap_err();
            assert!(matches!(trouble, PackageTrouble::BadName(_)), "{name:?}: {trouble:?}");
        }
        let deep = zip_of(&[("a/b/c/d", b"x")]);
        assert!(matches!(taken(&deep).unwrap_err(), PackageTrouble::TooDeep(_)));
        let long = zip_of(&[(&"a".repeat(41), b"x")]);
        assert!(matches!(taken(&long).unwrap_err(), PackageTrouble::NameTooLong(_)));
    }

    #[test]
    fn the_same_name_twice_is_refused_whatever_its_letters() {
        let zip = zip_of(&[("abcdefgh", b"1"), ("hgfedcba", b"2")]);
        for name in [&b"abcdefgh"[..], b"ABCDEFGH"] {
            let trouble = taken(&renamed(&zip, "hgfedcba", name)).unwrap_err();
            assert!(matches!(trouble, PackageTrouble::Twice(_)), "{trouble:?}");
        }
    }

    #[test]
    fn links_and_locked_files_are_refused() {
        let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
        zip.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let zip = zip.finish().unwrap().into_inner();
        assert_eq!(taken(&zip).unwrap_err(), PackageTrouble::Link("link".into()));
        let mut locked = zip_of(&[("index.html", b"<p>")]);
        for (mark, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let found = locked.windows(4).position(|window| window == mark).unwrap();
            locked[found + at] |= 1;
        }
        assert_eq!(taken(&locked).unwrap_err(), PackageTrouble::Encrypted);
    }

    #[test]
    fn bombs_go_off_at_the_limit_and_not_in_the_memory() {
        let zeros = vec![0; 9 << 20];
        assert_eq!(taken(&zip_of(&[("a", &zeros)])).unwrap_err(), PackageTrouble::GrowsTooMuch);
        // The size that it declares is a lie: only what comes out counts.
        let mut lying = zip_of(&[("a", &zeros)]);
        let declared = u32::try_from(zeros.len()).unwrap().to_le_bytes();
        for at in 0..lying.len() - 4 {
            if lying[at..at + 4] == declared {
                lying[at..at + 4].copy_from_slice(&7_u32.to_le_bytes());
            }
        }
        assert!(taken(&lying).is_err());
        let inner = zip_of(&[("a", b"x")]);
        let nested = zip_of(&[("index.html", b"<p>"), ("levels.bin", &inner)]);
        assert_eq!(taken(&nested).unwrap_err(), PackageTrouble::PackedAgain("levels.bin".into()));
        let names: Vec<String> = (0..21).map(|n| format!("f{n}")).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        assert_eq!(taken(&zip_of(&many)).unwrap_err(), PackageTrouble::TooManyFiles(20));
    }

    #[test]
    fn what_is_cut_off_or_empty_is_refused() {
        let zip = zip_of(&[("index.html", b"<p>words and more words</p>")]);
        assert_eq!(taken(&zip[..zip.len() - 1]).unwrap_err(), PackageTrouble::Broken);
        assert_eq!(taken(b"").unwrap_err(), PackageTrouble::Broken);
        assert_eq!(taken(&zip_of(&[])).unwrap_err(), PackageTrouble::Empty);
        let spoiled = renamed(&zip, "PK\x01\x02", b"PK\x01\x03");
        assert_eq!(taken(&spoiled).unwrap_err(), PackageTrouble::Broken);
    }

    #[test]
    fn a_game_starts_at_the_top_or_in_its_folder() {
        for (names, start) in [
            (&["a/b/index.html", "game/index.html"][..], Some("game/index.html")),
            (&["x/index.html", "index.html"], Some("index.html")),
            (&["__MACOSX/index.html", "style.css"], None),
        ] {
            assert_eq!(start_of_game(names.iter().copied()), start);
        }
    }
}
