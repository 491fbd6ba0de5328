//! Reading what is stored, in pieces.

use std::{fs::File, io, ops::Range, os::unix::fs::FileExt, pin::Pin, sync::Arc};

use bytes::Bytes;
use futures_util::{Stream, stream};
use object_store::path::Path;

use super::{FileStoreError, bucket::Bucket};

pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

const CHUNK_BYTES: usize = 256 << 10;

/// A file of the store, open for reading.
#[derive(Clone)]
pub struct OpenFile {
    pub(super) size: u64,
    pub(super) source: Source,
}

#[derive(Clone)]
pub(super) enum Source {
    Local(Arc<File>),
    Remote(Bucket, Path),
}

impl OpenFile {
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The bytes of a range that lies inside the file.
    pub async fn read(&self, range: Range<u64>) -> Result<ByteStream, FileStoreError> {
        match &self.source {
            Source::Remote(bucket, key) => bucket.stream(key.clone(), range).await,
            Source::Local(file) => {
                let rest = Rest { file: Arc::clone(file), range };
                Ok(Box::pin(stream::try_unfold(rest, next_chunk)))
            }
        }
    }

    /// The file itself, where it is one of this machine.
    pub fn local(&self) -> Option<Arc<File>> {
        match &self.source {
            Source::Local(file) => Some(Arc::clone(file)),
            Source::Remote(..) => None,
        }
    }

    /// For reading where it may block.
    pub fn reader(&self) -> Box<dyn super::look::ReadSeek> {
        match &self.source {
            Source::Remote(bucket, key) => Box::new(bucket.reader(key.clone(), self.size)),
            Source::Local(file) => Box::new(LocalReader { file: Arc::clone(file), at: 0, size: self.size }),
        }
    }
}

/// What is still to be sent.
struct Rest {
    file: Arc<File>,
    range: Range<u64>,
}

/// On a thread that may wait for the disk.
async fn next_chunk(mut rest: Rest) -> io::Result<Option<(Bytes, Rest)>> {
    let left = usize::try_from(rest.range.end.saturating_sub(rest.range.start)).unwrap_or(usize::MAX);
    if left == 0 {
        return Ok(None);
    }
    let read = tokio::task::spawn_blocking(move || {
        let mut chunk = vec![0; left.min(CHUNK_BYTES)];
        let n_read = rest.file.read_at(&mut chunk, rest.range.start)?;
        if n_read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        chunk.truncate(n_read);
        rest.range.start += n_read as u64;
        Ok(Some((Bytes::from(chunk), rest)))
    });
    read.await.map_err(io::Error::other)?
}

struct LocalReader {
    file: Arc<File>,
    at: u64,
    size: u64,
}

impl io::Read for LocalReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.file.read_at(buffer, self.at)?;
        self.at += u64::try_from(n_read).unwrap_or(0);
        Ok(n_read)
    }
}

impl io::Seek for LocalReader {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let at = match to {
            io::SeekFrom::Start(at) => Some(at),
            io::SeekFrom::End(by) => self.size.checked_add_signed(by),
            io::SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
