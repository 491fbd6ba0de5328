//! A file of this disk that is written block by block past the page cache: what must be on the disk before it is said to
//! be saved gets there while the next bytes come in, and costs no copy in memory that nobody reads.

use std::{
    fs::{File, OpenOptions},
    io::{self, IoSlice},
    ops::Range,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use rustix::{
    fs::OFlags,
    io::{Errno, pwritev},
};

use super::buffers::{BLOCK_BYTES, Buffer};

pub struct DiskFile {
    file: File,
    /// The same file, for whole blocks. Not every file system has such handles.
    direct: Option<File>,
    /// It has them, and then takes nothing through them.
    is_refused: AtomicBool,
}

impl DiskFile {
    /// `file` is what is open at `path`.
    pub fn direct(file: File, path: &Path) -> Self {
        let mut options = OpenOptions::new();
        options.write(true).custom_flags(i32::try_from(OFlags::DIRECT.bits()).unwrap_or(0));
        Self { file, direct: options.open(path).ok(), is_refused: AtomicBool::new(false) }
    }

    /// For what need not be on the disk.
    pub fn cached(file: File) -> Self {
        Self { file, direct: None, is_refused: AtomicBool::new(false) }
    }

    pub fn file(&self) -> &File {
        &self.file
    }

    /// All buffers but the last are full. Nothing is ever written that is not in them: what is no whole block goes the
    /// ordinary way.
    pub fn write_at(&self, buffers: &[Buffer], at: u64) -> io::Result<()> {
        let n_bytes: usize = buffers.iter().map(|buffer| buffer.as_ref().len()).sum();
        let mut n_written: usize = 0;
        while n_written < n_bytes {
            let place = at + n_written as u64;
            let whole_bytes = (n_bytes - n_written) / BLOCK_BYTES * BLOCK_BYTES;
            let is_aligned =
                place.is_multiple_of(BLOCK_BYTES as u64) && n_written.is_multiple_of(BLOCK_BYTES);
            let fits = is_aligned && whole_bytes > 0 && !self.is_refused.load(Ordering::Relaxed);
            let direct = self.direct.as_ref().filter(|_| fits);
            let until = if direct.is_some() { n_written + whole_bytes } else { n_bytes };
            match pwritev(direct.unwrap_or(&self.file), &slices(buffers, n_written..until), place) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(now) => n_written += now,
                Err(Errno::INTR) => {}
                Err(Errno::INVAL) if direct.is_some() => self.is_refused.store(true, Ordering::Relaxed),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// A range of what lies in the buffers one after the other.
fn slices(buffers: &[Buffer], range: Range<usize>) -> Vec<IoSlice<'_>> {
    let mut start = 0;
    let mut slices = Vec::with_capacity(buffers.len());
    for buffer in buffers {
        let bytes = buffer.as_ref();
        let from = range.start.saturating_sub(start).min(bytes.len());
        let to = range.end.saturating_sub(start).min(bytes.len());
        if let Some(part) = bytes.get(from..to).filter(|part| !part.is_empty()) {
            slices.push(IoSlice::new(part));
        }
        start += bytes.len();
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::{super::buffers::Buffers, *};

    fn filled(mut bytes: &[u8]) -> Vec<Buffer> {
        let buffers = Buffers::new(2 * BLOCK_BYTES, 0);
        let mut filled = Vec::new();
        while !bytes.is_empty() {
            let mut buffer = buffers.take();
            bytes = buffer.fill(bytes);
            filled.push(buffer);
        }
        filled
    }

    fn bytes(n_bytes: usize) -> Vec<u8> {
        (0..n_bytes).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    fn a_file() -> (tempfile::NamedTempFile, File) {
        let named = tempfile::NamedTempFile::new().unwrap();
        let file = named.reopen().unwrap();
        (named, file)
    }

    #[test]
    fn whole_blocks_and_what_is_left_over_of_them_are_written_where_they_belong() {
        let lengths = [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES, 5 * BLOCK_BYTES + 17];
        for at in [0, 3, BLOCK_BYTES, BLOCK_BYTES + 100] {
            for length in lengths {
                let (named, file) = a_file();
                let before = vec![7; at];
                std::fs::write(named.path(), &before).unwrap();
                let disk_file = DiskFile::direct(file, named.path());
                disk_file.write_at(&filled(&bytes(length)), at as u64).unwrap();
                let there = std::fs::read(named.path()).unwrap();
                assert!(there == [before, bytes(length)].concat(), "{length} bytes at {at}");
            }
        }
    }

    /// The kernel calls what is no number invalid there, as file systems call what they do not take from memory directly.
    #[test]
    fn what_a_file_system_does_not_take_directly_goes_the_ordinary_way() {
        let refuses = || OpenOptions::new().write(true).open("/proc/self/coredump_filter").unwrap();
        for direct in [None, Some(refuses())] {
            let (named, file) = a_file();
            let is_refused = direct.is_some();
            let disk_file = DiskFile { file, direct, is_refused: AtomicBool::new(false) };
            let written = bytes(5 * BLOCK_BYTES + 17);
            disk_file.write_at(&filled(&written), 0).unwrap();
            disk_file.write_at(&filled(&written[..BLOCK_BYTES]), 0).unwrap();
            assert!(std::fs::read(named.path()).unwrap() == written);
            assert_eq!(disk_file.is_refused.load(Ordering::Relaxed), is_refused);
        }
    }
}
