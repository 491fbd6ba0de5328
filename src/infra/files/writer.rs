//! Writes bytes into a file on another thread while the next ones come in, and digests them where they are written,
//! while they are still in the processor's cache.

use std::{
    fs::File,
    io::{self, IoSlice, Seek, SeekFrom, Write},
    sync::Arc,
};

use bytes::Bytes;
use tokio::task::JoinHandle;

use super::check::Running;

/// A hop to another thread is worth it for this much. Twice as much is held for each file that comes in.
const BATCH_BYTES: usize = 256 << 10;

#[derive(Default)]
pub struct Digests {
    /// Of everything from the file's first byte on; nothing when its beginning was not seen here.
    pub whole: Option<blake3::Hasher>,
    pub check: Option<Running>,
}

pub struct Writer {
    file: Arc<File>,
    batch: Vec<Bytes>,
    batch_bytes: usize,
    digests: Digests,
    running: Option<JoinHandle<(Digests, io::Result<()>)>>,
}

impl Writer {
    /// Writes behind what is in the file already.
    pub fn at_end(mut file: File, whole: Option<blake3::Hasher>) -> io::Result<Self> {
        file.seek(SeekFrom::End(0))?;
        let digests = Digests { whole, check: None };
        Ok(Self { file: Arc::new(file), batch: Vec::new(), batch_bytes: 0, digests, running: None })
    }

    pub fn expect(&mut self, check: Running) {
        self.digests.check = Some(check);
    }

    pub async fn write(&mut self, bytes: Bytes) -> io::Result<()> {
        self.batch_bytes += bytes.len();
        self.batch.push(bytes);
        if self.batch_bytes >= BATCH_BYTES { self.send().await } else { Ok(()) }
    }

    /// At most one batch is being written while the next one gathers.
    async fn send(&mut self) -> io::Result<()> {
        self.settle().await?;
        let (batch, file) = (std::mem::take(&mut self.batch), Arc::clone(&self.file));
        let mut digests = std::mem::take(&mut self.digests);
        self.batch_bytes = 0;
        self.running = Some(tokio::task::spawn_blocking(move || {
            for bytes in &batch {
                if let Some(whole) = &mut digests.whole {
                    whole.update(bytes);
                }
                if let Some(check) = &mut digests.check {
                    check.update(bytes);
                }
            }
            let written = write_all(&file, &batch);
            (digests, written)
        }));
        Ok(())
    }

    async fn settle(&mut self) -> io::Result<()> {
        let Some(running) = self.running.take() else { return Ok(()) };
        let (digests, written) = running.await.map_err(io::Error::other)?;
        self.digests = digests;
        if written.is_err() {
            // A part of the batch may be in the file: what was digested is no longer what is there.
            self.digests.whole = None;
            // Nothing may come behind a gap.
            self.batch.clear();
            self.batch_bytes = 0;
        }
        written
    }

    /// Everything that came is in the file, though not yet on the disk.
    pub async fn flush(&mut self) -> io::Result<()> {
        if !self.batch.is_empty() {
            self.send().await?;
        }
        self.settle().await
    }

    pub async fn sync(&mut self) -> io::Result<()> {
        let flushed = self.flush().await;
        let file = Arc::clone(&self.file);
        tokio::task::spawn_blocking(move || file.sync_data()).await.map_err(io::Error::other)??;
        flushed
    }

    /// Only right after a flush.
    pub fn digests(&mut self) -> &mut Digests {
        &mut self.digests
    }

    pub fn file(&self) -> Arc<File> {
        Arc::clone(&self.file)
    }

    /// Takes back what lies behind `length`.
    pub fn cut(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        (&*self.file).seek(SeekFrom::Start(length))?;
        Ok(())
    }
}

fn write_all(mut file: &File, batch: &[Bytes]) -> io::Result<()> {
    let mut slices: Vec<IoSlice<'_>> = batch.iter().map(|bytes| IoSlice::new(bytes)).collect();
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        match file.write_vectored(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut rest, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
