//! The directory at the end of a zip, held against the rules before a reader of zips may see it. A reader that finds one
//! directory broken looks for another in the whole file, and makes room for as many files as that one claims: some
//! hundred bytes could ask for all the memory there is.

use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom},
    rc::Rc,
};

use zip::ZipArchive;

use super::package::{PackageError, PackageTrouble};

const END_BYTES: u64 = 22;
const MAX_COMMENT_BYTES: u64 = 65_535;
/// What each file takes in it at the least.
const ENTRY_BYTES: u64 = 46;
const MAX_DIRECTORY_BYTES: u64 = 8 << 20;
const END: &[u8] = b"PK\x05\x06";

pub struct Opened<R> {
    pub archive: ZipArchive<Veiled<R>>,
    /// The archive itself has one of each name only.
    pub n_declared: usize,
}

/// Of a zip with at most so many files.
pub fn open<R: Read + Seek>(mut file: R, max_files: usize) -> Result<Opened<R>, PackageError> {
    let Directory { start, n_declared } = find(&mut file, max_files)?;
    let veil = Rc::new(Cell::new(start));
    let veiled = Veiled { inner: file, at: 0, veil: Rc::clone(&veil) };
    let archive = ZipArchive::new(veiled).map_err(|_| PackageTrouble::Broken)?;
    veil.set(0);
    Ok(Opened { archive, n_declared })
}

struct Directory {
    start: u64,
    n_declared: usize,
}

/// There is one, it lies right before its end, and nothing of it needs more than 32 bits, which no zip does that is small
/// enough to be taken.
fn find(file: &mut (impl Read + Seek), max_files: usize) -> Result<Directory, PackageError> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(END_BYTES + MAX_COMMENT_BYTES);
    let tail = read_from(file, tail_at)?;
    let at = tail.windows(END.len()).rposition(|window| window == END).ok_or(PackageTrouble::Broken)?;
    let end = tail.get(at..).and_then(End::read).ok_or(PackageTrouble::Broken)?;
    if end.n_files == u16::MAX || usize::from(end.n_files) > max_files {
        return Err(PackageTrouble::TooManyFiles(max_files).into());
    }
    let end_at = tail_at + at as u64;
    let (start, bytes) = (u64::from(end.starts_at), u64::from(end.byte_count));
    let is_sound = end.is_of_one_disk
        && start + bytes == end_at
        && bytes <= MAX_DIRECTORY_BYTES
        && u64::from(end.n_files) * ENTRY_BYTES <= bytes;
    if !is_sound {
        return Err(PackageTrouble::Broken.into());
    }
    let directory = read_from(file, start)?;
    if directory.windows(END.len()).filter(|window| *window == END).count() != 1 {
        return Err(PackageTrouble::Broken.into());
    }
    Ok(Directory { start, n_declared: usize::from(end.n_files) })
}

fn read_from(file: &mut (impl Read + Seek), at: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    (&mut *file).take(MAX_DIRECTORY_BYTES + END_BYTES + MAX_COMMENT_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

struct End {
    is_of_one_disk: bool,
    n_files: u16,
    byte_count: u32,
    starts_at: u32,
}

impl End {
    fn read(bytes: &[u8]) -> Option<Self> {
        let short = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let long = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let comment_bytes = usize::from(short(20)?);
        let (n_here, n_files) = (short(8)?, short(10)?);
        bytes.get(22..22 + comment_bytes)?;
        Some(Self {
            is_of_one_disk: short(4)? == 0 && short(6)? == 0 && n_here == n_files,
            n_files,
            byte_count: long(12)?,
            starts_at: long(16)?,
        })
    }
}

/// A file of which nothing but zeros is seen before the veil.
pub struct Veiled<R> {
    inner: R,
    at: u64,
    veil: Rc<Cell<u64>>,
}

impl<R: Read + Seek> Read for Veiled<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let covered = self.veil.get().saturating_sub(self.at);
        if covered == 0 {
            let n_read = self.inner.read(into)?;
            self.at += n_read as u64;
            return Ok(n_read);
        }
        let n_covered = usize::try_from(covered).unwrap_or(usize::MAX).min(into.len());
        into.iter_mut().take(n_covered).for_each(|byte| *byte = 0);
        self.at = self.inner.seek(SeekFrom::Start(self.at + n_covered as u64))?;
        Ok(n_covered)
    }
}

impl<R: Seek> Seek for Veiled<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.inner.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn a_zip(comment: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.set_comment(comment).unwrap();
        for name in ["a.txt", "b.txt"] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(b"words").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// An end that declares files in a directory somewhere.
    fn an_end(n_files: u16, byte_count: u32, starts_at: u32) -> Vec<u8> {
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend([n_files.to_le_bytes(), n_files.to_le_bytes()].concat());
        end.extend([byte_count.to_le_bytes(), starts_at.to_le_bytes()].concat());
        end.extend([0, 0]);
        end
    }

    /// An end in 64 bits, and what points to it, for as many files as it likes.
    fn a_long_end(at: u64, n_files: u64) -> Vec<u8> {
        let mut end = b"PK\x06\x06".to_vec();
        end.extend(44_u64.to_le_bytes());
        end.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        end.extend([n_files, n_files, 46, at - 46].map(u64::to_le_bytes).concat());
        end.extend(b"PK\x06\x07\0\0\0\0");
        end.extend(at.to_le_bytes());
        end.extend(1_u32.to_le_bytes());
        end
    }

    fn opened(bytes: &[u8]) -> Result<Vec<String>, PackageTrouble> {
        match open(Cursor::new(bytes), 10) {
            Ok(Opened { mut archive, n_declared }) => {
                assert_eq!(n_declared, archive.len());
                let mut text = String::new();
                archive.by_index(0).unwrap().read_to_string(&mut text).unwrap();
                assert_eq!(text, "words");
                Ok(archive.file_names().map(str::to_owned).collect())
            }
            Err(PackageError::Trouble(trouble)) => Err(trouble),
            Err(PackageError::Io(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn a_zip_is_read_with_and_without_a_comment() {
        for comment in ["", "lời chú", &"x".repeat(60_000)] {
            assert_eq!(opened(&a_zip(comment)).unwrap(), ["a.txt", "b.txt"]);
        }
        let empty = ZipWriter::new(Cursor::new(Vec::new())).finish().unwrap().into_inner();
        assert!(open(Cursor::new(empty), 10).is_ok_and(|opened| opened.n_declared == 0));
    }

    #[test]
    fn a_directory_that_is_not_the_one_before_the_end_is_never_read() {
        let zip = a_zip("");
        let length = u32::try_from(zip.len()).unwrap();
        // More files than there is memory, in a directory that only a reader of 64 bits finds.
        let many = [&vec![0; 1 << 20][..], &a_long_end(1 << 20, 1 << 20), &an_end(5, u32::MAX, u32::MAX)];
        assert_eq!(opened(&many.concat()).unwrap_err(), PackageTrouble::Broken);
        let declared = [&many.concat()[..(1 << 20) + 76], &an_end(u16::MAX, 0, 0)].concat();
        assert_eq!(opened(&declared).unwrap_err(), PackageTrouble::TooManyFiles(10));
        // Behind it a short end that is broken, so that a reader would go back to the other.
        for behind in [an_end(1, 46, length - 46), an_end(0, 0, 0), b"PK\x05\x06".to_vec()] {
            assert_eq!(opened(&[many.concat(), behind].concat()).unwrap_err(), PackageTrouble::Broken);
        }
        let hidden = a_zip(&String::from_utf8(an_end(0, 0, 0)).unwrap());
        assert_eq!(opened(&hidden).unwrap_err(), PackageTrouble::Broken);
        for cut in 1..zip.len() {
            assert!(opened(&zip[..cut]).is_err(), "cut at {cut}");
        }
    }

    /// What stands before the directory is not looked through for another one.
    #[test]
    fn a_directory_with_a_broken_entry_is_not_replaced_by_another() {
        let mut outer = ZipWriter::new(Cursor::new(Vec::new()));
        outer
            .start_file(
                "in.zip",
                SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored),
            )
            .unwrap();
        outer.write_all(&a_zip("")).unwrap();
        let mut outer = outer.finish().unwrap().into_inner();
        let entry = outer.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        outer[entry + 3] = 3;
        assert!(ZipArchive::new(Cursor::new(&outer)).is_ok(), "a reader finds the inner one");
        assert_eq!(opened(&outer).unwrap_err(), PackageTrouble::Broken);
    }
}
