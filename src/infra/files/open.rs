//! Reading what is stored, in pieces.

use std::{
    fs::File,
    io::{self, IoSliceMut},
    ops::Range,
    os::unix::fs::FileExt,
    pin::Pin,
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{Stream, stream};
use object_store::path::Path;
use rustix::io::ReadWriteFlags;

use super::{
    FileStoreError,
    bucket::Bucket,
    buffers::{Buffer, Buffers},
};

pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// What goes to the socket at once: with less, programs at both ends wake up more often than the copying costs.
pub(super) const CHUNK_BYTES: usize = 256 << 10;
/// A chunk is free again as soon as it is copied for the socket, so that few are in use at once.
pub(super) const MAX_IDLE_CHUNKS: usize = 16;

/// A file of the store, open for reading.
#[derive(Clone)]
pub struct OpenFile {
    pub(super) size: u64,
    pub(super) source: Source,
}

#[derive(Clone)]
pub(super) enum Source {
    Local(Arc<File>, Buffers),
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
            Source::Local(file, chunks) => {
                let rest = Rest { file: Arc::clone(file), chunks: chunks.clone(), range };
                Ok(Box::pin(stream::try_unfold(rest, next_chunk)))
            }
        }
    }

    /// The file itself, where it is one of this machine.
    pub fn local(&self) -> Option<Arc<File>> {
        match &self.source {
            Source::Local(file, _) => Some(Arc::clone(file)),
            Source::Remote(..) => None,
        }
    }

    /// For reading where it may block.
    pub fn reader(&self) -> Box<dyn super::look::ReadSeek> {
        match &self.source {
            Source::Remote(bucket, key) => Box::new(bucket.reader(key.clone(), self.size)),
            Source::Local(file, _) => {
                Box::new(LocalReader { file: Arc::clone(file), at: 0, size: self.size })
            }
        }
    }
}

/// What is still to be sent.
struct Rest {
    file: Arc<File>,
    chunks: Buffers,
    range: Range<u64>,
}

async fn next_chunk(mut rest: Rest) -> io::Result<Option<(Bytes, Rest)>> {
    let left = rest.range.end.saturating_sub(rest.range.start);
    let wanted = usize::try_from(left).unwrap_or(usize::MAX);
    if wanted == 0 {
        return Ok(None);
    }
    let chunk = read_at(&rest.file, rest.range.start, wanted, rest.chunks.take()).await?;
    let n_read = chunk.as_ref().len();
    if n_read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    rest.range.start += n_read as u64;
    Ok(Some((Bytes::from_owner(chunk), rest)))
}

/// What is in memory already is read here; only what must come from the disk goes to a thread that may wait.
async fn read_at(file: &Arc<File>, at: u64, wanted: usize, mut chunk: Buffer) -> io::Result<Buffer> {
    let at_once = chunk.read_with(wanted, |room| {
        rustix::io::preadv2(file, &mut [IoSliceMut::new(room)], at, ReadWriteFlags::NOWAIT)
    });
    if at_once.is_ok_and(|n_read| n_read > 0) {
        return Ok(chunk);
    }
    let file = Arc::clone(file);
    let read = tokio::task::spawn_blocking(move || {
        chunk.read_with(wanted, |room| file.read_at(room, at))?;
        io::Result::Ok(chunk)
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
