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

use super::{FileStoreError, bucket::Bucket};

pub type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Small enough to stay in the processor's cache until it is in the socket.
const CHUNK_BYTES: u64 = 128 << 10;

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
            Source::Local(file) => Ok(Box::pin(stream::try_unfold((Arc::clone(file), range), next_chunk))),
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
type Rest = (Arc<File>, Range<u64>);

async fn next_chunk((file, range): Rest) -> io::Result<Option<(Bytes, Rest)>> {
    let wanted = (range.end - range.start.min(range.end)).min(CHUNK_BYTES);
    if wanted == 0 {
        return Ok(None);
    }
    let (bytes, n_read) = read_at(&file, range.start, usize::try_from(wanted).unwrap_or(0)).await?;
    if n_read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let start = range.start + u64::try_from(n_read).unwrap_or(0);
    Ok(Some((bytes, (file, start..range.end))))
}

/// What is in memory already is read here; only what must come from the disk goes to a thread that may wait.
async fn read_at(file: &Arc<File>, at: u64, wanted: usize) -> io::Result<(Bytes, usize)> {
    let mut buffer = vec![0; wanted];
    let at_once = rustix::io::preadv2(file, &mut [IoSliceMut::new(&mut buffer)], at, ReadWriteFlags::NOWAIT);
    if let Ok(n_read) = at_once
        && n_read > 0
    {
        buffer.truncate(n_read);
        return Ok((buffer.into(), n_read));
    }
    let file = Arc::clone(file);
    let read = tokio::task::spawn_blocking(move || {
        let n_read = file.read_at(&mut buffer, at)?;
        buffer.truncate(n_read);
        io::Result::Ok((Bytes::from(buffer), n_read))
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
