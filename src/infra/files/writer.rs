//! Writes bytes into a file while the next ones come in, and digests them meanwhile, each on another thread.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::Bytes;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{JoinHandle, spawn_blocking},
};

use super::{
    buffers::{BLOCK_BYTES, Buffer, Buffers},
    check::Running,
    disk_file::DiskFile,
};

const BUFFER_BYTES: usize = 256 << 10;
/// A disk takes much at once faster than little.
const MAX_BATCH_BUFFERS: usize = 4;
/// All files that come in have so many together while each has one at least.
const SHARED_BUFFERS: usize = 64;
/// More batches on the way to the disk at once would only wait there.
const MAX_BATCHES_AT_ONCE: usize = 8;

/// What the files that come in share, so that many at once need little more memory than one.
pub struct Intake {
    buffers: Buffers,
    turns: Arc<Semaphore>,
    n_writers: AtomicUsize,
}

impl Default for Intake {
    fn default() -> Self {
        Self {
            buffers: Buffers::new(BUFFER_BYTES, SHARED_BUFFERS),
            turns: Arc::new(Semaphore::new(MAX_BATCHES_AT_ONCE)),
            n_writers: AtomicUsize::new(0),
        }
    }
}

#[derive(Default)]
pub struct Digests {
    /// Of everything from the file's first byte on; nothing when its beginning was not seen here.
    pub whole: Option<blake3::Hasher>,
    pub check: Option<Running>,
}

pub struct Writer {
    file: Arc<DiskFile>,
    intake: Arc<Intake>,
    batch: Batch,
    /// Where the batch goes.
    at: u64,
    digests: Digests,
    under_way: Option<UnderWay>,
}

#[derive(Default)]
struct Batch {
    buffers: Vec<Buffer>,
    n_bytes: usize,
    /// It is sent when it has so many.
    max_bytes: usize,
}

struct UnderWay {
    digested: JoinHandle<Digests>,
    written: JoinHandle<io::Result<()>>,
}

/// On its way to the disk.
struct Sent {
    buffers: Vec<Buffer>,
    _turn: OwnedSemaphorePermit,
}

impl Writer {
    /// Writes behind what is in the file already.
    pub fn at_end(file: DiskFile, whole: Option<blake3::Hasher>, intake: Arc<Intake>) -> io::Result<Self> {
        let at = file.file().metadata()?.len();
        intake.n_writers.fetch_add(1, Ordering::Relaxed);
        Ok(Self {
            file: Arc::new(file),
            intake,
            batch: Batch::default(),
            at,
            digests: Digests { whole, check: None },
            under_way: None,
        })
    }

    pub fn expect(&mut self, check: Running) {
        self.digests.check = Some(check);
    }

    pub async fn write(&mut self, bytes: Bytes) -> io::Result<()> {
        let mut rest = bytes.as_ref();
        while !rest.is_empty() {
            rest = self.gather(rest);
            if self.batch.n_bytes == self.batch.max_bytes {
                self.send().await?;
            }
        }
        Ok(())
    }

    /// Answers what belongs to the next batch or the next buffer.
    fn gather<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        if self.batch.n_bytes == 0 {
            self.batch.max_bytes = self.next_batch_bytes();
        }
        if self.batch.buffers.last().is_none_or(Buffer::is_full) {
            self.batch.buffers.push(self.intake.buffers.take());
        }
        let Some(buffer) = self.batch.buffers.last_mut() else { return bytes };
        let room = self.batch.max_bytes - self.batch.n_bytes;
        let (now, later) = bytes.split_at(room.min(bytes.len()));
        let n_left = buffer.fill(now).len();
        self.batch.n_bytes += now.len() - n_left;
        bytes.get(bytes.len() - later.len() - n_left..).unwrap_or_default()
    }

    /// The first ends where a block of the disk does, so that all others begin with one.
    fn next_batch_bytes(&self) -> usize {
        let block = BLOCK_BYTES as u64;
        let missing = usize::try_from(self.at.next_multiple_of(block) - self.at).unwrap_or(0);
        if missing > 0 {
            return missing;
        }
        let n_writers = self.intake.n_writers.load(Ordering::Relaxed);
        (SHARED_BUFFERS / n_writers.max(1)).clamp(1, MAX_BATCH_BUFFERS) * BUFFER_BYTES
    }

    /// At most one batch of a file is under way while the next one gathers.
    async fn send(&mut self) -> io::Result<()> {
        self.settle().await?;
        let turn = Arc::clone(&self.intake.turns).acquire_owned().await.map_err(io::Error::other)?;
        let Batch { buffers, n_bytes, .. } = std::mem::take(&mut self.batch);
        let (digested, written) = (Arc::new(Sent { buffers, _turn: turn }), Arc::clone(&self.file));
        let at = self.at;
        self.at += n_bytes as u64;
        let mut digests = std::mem::take(&mut self.digests);
        let sent = Arc::clone(&digested);
        self.under_way = Some(UnderWay {
            written: spawn_blocking(move || written.write_at(&sent.buffers, at)),
            digested: spawn_blocking(move || {
                for buffer in &digested.buffers {
                    digests.update(buffer.as_ref());
                }
                digests
            }),
        });
        Ok(())
    }

    async fn settle(&mut self) -> io::Result<()> {
        let Some(UnderWay { digested, written }) = self.under_way.take() else { return Ok(()) };
        let (digests, written) = tokio::join!(digested, written);
        self.digests = digests.map_err(io::Error::other)?;
        let written = written.map_err(io::Error::other)?;
        if written.is_err() {
            // A part of the batch may be in the file: what was digested is no longer what is there.
            self.digests.whole = None;
            // Nothing may come behind a gap.
            self.batch = Batch::default();
            self.at = self.file.file().metadata()?.len();
        }
        written
    }

    /// Everything that came is in the file, though not yet on the disk.
    pub async fn flush(&mut self) -> io::Result<()> {
        if self.batch.n_bytes > 0 {
            self.send().await?;
        }
        self.settle().await
    }

    pub async fn sync(&mut self) -> io::Result<()> {
        let flushed = self.flush().await;
        let file = self.file();
        spawn_blocking(move || file.file().sync_data()).await.map_err(io::Error::other)??;
        flushed
    }

    /// Only right after a flush.
    pub fn digests(&mut self) -> &mut Digests {
        &mut self.digests
    }

    pub fn file(&self) -> Arc<DiskFile> {
        Arc::clone(&self.file)
    }

    /// Takes back what lies behind `length`. Only right after a flush.
    pub fn cut(&mut self, length: u64) -> io::Result<()> {
        self.file.file().set_len(length)?;
        self.at = length;
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.intake.n_writers.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Digests {
    fn update(&mut self, bytes: &[u8]) {
        if let Some(whole) = &mut self.whole {
            whole.update(bytes);
        }
        if let Some(check) = &mut self.check {
            check.update(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(n_bytes: usize) -> Vec<u8> {
        (0..n_bytes).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    /// As a folder opens it.
    fn at_end(of: &tempfile::NamedTempFile, whole: blake3::Hasher, intake: &Arc<Intake>) -> Writer {
        let file = DiskFile::direct(of.reopen().unwrap(), of.path());
        Writer::at_end(file, Some(whole), Arc::clone(intake)).unwrap()
    }

    #[tokio::test]
    async fn what_comes_in_any_pieces_and_rests_anywhere_is_in_the_file_and_in_the_digest() {
        let n_bytes = 3 * MAX_BATCH_BUFFERS * BUFFER_BYTES + 1234;
        let all = bytes(n_bytes);
        // Where it rests: inside a block, at its end, inside a batch, right behind one.
        let rests =
            [1, BLOCK_BYTES - 1, BLOCK_BYTES, 5 * BLOCK_BYTES + 7, BUFFER_BYTES, 1_500_000, 2 << 20, n_bytes];
        let intake = Arc::default();
        for piece_bytes in [501, 8192, 100_003, n_bytes] {
            let named = tempfile::NamedTempFile::new().unwrap();
            let (mut start, mut whole) = (0, blake3::Hasher::new());
            for rest in rests {
                let mut writer = at_end(&named, whole, &intake);
                for piece in all[start..rest].chunks(piece_bytes) {
                    writer.write(Bytes::copy_from_slice(piece)).await.unwrap();
                }
                writer.sync().await.unwrap();
                assert!(
                    std::fs::read(named.path()).unwrap() == all[..rest],
                    "{rest} in pieces of {piece_bytes}"
                );
                whole = writer.digests().whole.clone().unwrap();
                assert_eq!(whole.finalize(), blake3::hash(&all[..rest]));
                start = rest;
            }
        }
    }

    #[tokio::test]
    async fn what_is_taken_back_leaves_no_trace_of_its_blocks() {
        let named = tempfile::NamedTempFile::new().unwrap();
        let mut writer = at_end(&named, blake3::Hasher::new(), &Arc::default());
        writer.write(bytes(2 * BLOCK_BYTES + 5).into()).await.unwrap();
        writer.flush().await.unwrap();
        writer.write(bytes(3 * BUFFER_BYTES).into()).await.unwrap();
        writer.flush().await.unwrap();
        writer.cut(100).unwrap();
        writer.write(bytes(3 * BLOCK_BYTES).into()).await.unwrap();
        writer.sync().await.unwrap();
        let there = std::fs::read(named.path()).unwrap();
        assert!(there == [bytes(100), bytes(3 * BLOCK_BYTES)].concat());
    }

    #[tokio::test]
    async fn the_more_files_come_in_the_less_each_gathers() {
        let named = tempfile::NamedTempFile::new().unwrap();
        let intake = Arc::default();
        let mut writers = vec![at_end(&named, blake3::Hasher::new(), &intake)];
        assert_eq!(writers[0].next_batch_bytes(), MAX_BATCH_BUFFERS * BUFFER_BYTES);
        writers.extend((1..50).map(|_| at_end(&named, blake3::Hasher::new(), &intake)));
        assert_eq!(writers[0].next_batch_bytes(), BUFFER_BYTES);
        writers.truncate(1);
        assert_eq!(writers[0].next_batch_bytes(), MAX_BATCH_BUFFERS * BUFFER_BYTES);
    }
}
