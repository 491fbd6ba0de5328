//! A file that comes in piece by piece, rests in between, and survives the end of the program. What is said to be saved
//! is on the disk or in the store.

use std::{io::Read, sync::Arc};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    FileStoreError, Leave,
    bucket_arrival::{BucketArrival, PART_BYTES},
    check::{Checksum, Running},
    folder::FolderArrival,
    store::{FileStore, Place, StoredFile},
};
use crate::base::ids::WriterId;

/// What a bucket has of a file that is not whole yet. Kept by whoever keeps the upload; a folder needs none of it, the
/// file itself says how long it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    pub multipart_id: Option<String>,
    /// One for each whole part.
    pub tags: Vec<String>,
    /// What came behind the last whole part.
    pub tail_bytes: i64,
    /// Who wrote that. No writer touches the tail of another.
    pub tail_of: Option<WriterId>,
    /// Another writer was given up and may have sent something later: at the end the file is read as it is.
    pub is_reread: bool,
}

const READ_BYTES: usize = 1 << 20;
const PIECE_BYTES: usize = 8 << 20;

impl Parts {
    pub fn saved_bytes(&self) -> i64 {
        i64::try_from(self.tags.len()).unwrap_or(0) * PART_BYTES + self.tail_bytes
    }
}

pub struct Arrival {
    pub(super) store: FileStore,
    pub(super) id: String,
    pub(super) way: Way,
    start: i64,
    offset: i64,
    /// As it was before, for taking back what came with a wrong checksum.
    before: Option<blake3::Hasher>,
}

pub(super) enum Way {
    Folder(Box<FolderArrival>),
    Bucket(Box<BucketArrival>),
}

/// A file that is all there and not yet under its hash: it can be looked at, kept, or thrown away.
pub struct WholeFile {
    pub(super) store: FileStore,
    pub(super) id: String,
    /// Open and locked until it is kept and named, or thrown away.
    held: Way,
    pub hash: String,
    /// The SHA-256 of the SHA-256 of each piece of 8 MiB, which browsers can compute of a file of any size. Only when it was
    /// asked for.
    pub pieces_sha256: Option<String>,
    pub byte_count: i64,
}

impl FileStore {
    /// How much of a file is saved.
    pub async fn saved_bytes(&self, id: &str, parts: &Parts) -> Result<i64, FileStoreError> {
        match &self.place {
            Place::Folder(folder) => folder.saved_bytes(id).await,
            Place::Bucket(_) => Ok(parts.saved_bytes()),
        }
    }

    /// Goes on with a file where it was left, alone. In a folder a second writer is told that it is busy; in a bucket
    /// whoever takes it must have leave to write it, and sends nothing without.
    pub async fn take(&self, id: &str, parts: Parts, leave: Leave) -> Result<Arrival, FileStoreError> {
        let (way, offset) = match &self.place {
            Place::Folder(folder) => {
                let (file, offset) = folder.take(id).await?;
                let known = self.hashers.take(id, offset);
                let arrival = FolderArrival::new(file, known, Arc::clone(&self.intake))?;
                (Way::Folder(Box::new(arrival)), offset)
            }
            Place::Bucket(bucket) => {
                let offset = parts.saved_bytes();
                let known = if parts.is_reread { None } else { self.hashers.take(id, offset) };
                let intake = Arc::clone(&self.intake);
                let arrival = BucketArrival::begin(bucket, id, parts, leave, known, intake).await?;
                (Way::Bucket(Box::new(arrival)), offset)
            }
        };
        let mut arrival =
            Arrival { store: self.clone(), id: id.to_owned(), way, start: offset, offset, before: None };
        let before = arrival.writer().digests().whole.clone();
        arrival.before = before;
        Ok(arrival)
    }

    /// Throws away what came of a file.
    pub async fn forget(&self, id: &str, parts: &Parts) -> Result<(), FileStoreError> {
        self.hashers.forget(id);
        match &self.place {
            Place::Folder(folder) => folder.forget(id).await,
            Place::Bucket(bucket) => bucket.forget(id, parts).await,
        }
    }
}

impl Arrival {
    fn writer(&mut self) -> &mut super::writer::Writer {
        match &mut self.way {
            Way::Folder(arrival) => &mut arrival.writer,
            Way::Bucket(arrival) => &mut arrival.writer,
        }
    }

    pub fn offset(&self) -> i64 {
        self.offset
    }

    /// What follows must have this checksum.
    pub fn expect(&mut self, checksum: Checksum) {
        self.writer().expect(Running::new(checksum));
    }

    /// True when the store took a part in, so that it is worth writing down.
    pub async fn write(&mut self, bytes: Bytes) -> Result<bool, FileStoreError> {
        self.offset += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        match &mut self.way {
            Way::Folder(arrival) => arrival.writer.write(bytes).await.map(|()| false).map_err(Into::into),
            Way::Bucket(arrival) => arrival.write(bytes).await,
        }
    }

    /// What was saved is written down: what it took the place of is of no more use.
    pub async fn tidy(&mut self) {
        if let Way::Bucket(arrival) = &mut self.way {
            arrival.drop_old_tails().await;
        }
    }

    /// What a bucket has taken in so far.
    pub fn parts(&self) -> Parts {
        match &self.way {
            Way::Folder(_) => Parts::default(),
            Way::Bucket(arrival) => arrival.parts.clone(),
        }
    }

    /// Holds what came against the checksum that was expected. With a wrong one everything since the file was taken is
    /// taken back.
    pub async fn verify(&mut self) -> Result<(), FileStoreError> {
        let flushed = self.writer().flush().await;
        let check = self.writer().digests().check.take();
        if flushed.is_ok() && check.is_none_or(Running::holds) {
            return Ok(());
        }
        self.take_back().await?;
        flushed?;
        Err(FileStoreError::OtherChecksum)
    }

    /// Everything since the file was taken.
    pub async fn take_back(&mut self) -> Result<(), FileStoreError> {
        // What could not be written is taken back too.
        let _ = self.writer().flush().await;
        self.writer().digests().check = None;
        let (start, before) = (self.start, self.before.take());
        self.offset = start;
        match &mut self.way {
            Way::Folder(arrival) => arrival.writer.cut(u64::try_from(start).unwrap_or(0))?,
            Way::Bucket(arrival) => arrival.take_back().await?,
        }
        self.writer().digests().whole = before;
        Ok(())
    }

    /// What came is on the disk or in the store when this returns, also when the end of it could not be written: how
    /// much there is says `saved`.
    pub async fn save(&mut self) -> Saved {
        let failed = match &mut self.way {
            Way::Folder(arrival) => arrival.save().await.err(),
            Way::Bucket(arrival) => arrival.save().await.err(),
        };
        if failed.is_some() {
            self.writer().digests().check = None;
        }
        let saved_bytes = match &self.way {
            Way::Folder(arrival) => arrival.length().unwrap_or(self.start),
            Way::Bucket(arrival) => arrival.parts.saved_bytes(),
        };
        self.offset = saved_bytes;
        let hasher = self.writer().digests().whole.clone();
        if let Some(hasher) = hasher.filter(|hasher| i64::try_from(hasher.count()) == Ok(saved_bytes)) {
            self.store.hashers.keep(&self.id, saved_bytes, hasher);
        }
        Saved { saved_bytes, parts: self.parts(), failed }
    }

    /// The file is all there: its hash, and a hold on it until it is kept or thrown away.
    pub async fn seal(mut self, wants_pieces: bool) -> Result<WholeFile, FileStoreError> {
        if let Some(error) = self.save().await.failed {
            return Err(error);
        }
        let byte_count = self.offset;
        let hasher = self.store.hashers.take(&self.id, byte_count);
        self.store.hashers.forget(&self.id);
        if let Way::Bucket(arrival) = &mut self.way {
            arrival.complete().await?;
        }
        let mut whole = WholeFile {
            store: self.store,
            id: self.id,
            held: self.way,
            hash: hasher.as_ref().map(|hasher| hasher.finalize().to_hex().to_string()).unwrap_or_default(),
            pieces_sha256: None,
            byte_count,
        };
        if whole.hash.is_empty() || wants_pieces {
            whole.digest(wants_pieces).await?;
        }
        Ok(whole)
    }
}

/// How far a file is after saving, and what went wrong on the way, if anything did.
pub struct Saved {
    pub saved_bytes: i64,
    pub parts: Parts,
    pub failed: Option<FileStoreError>,
}

impl WholeFile {
    /// Reads the file once more: the digest of what came before a restart is not known.
    async fn digest(&mut self, wants_pieces: bool) -> Result<(), FileStoreError> {
        let mut reader = self.store.reader_of_whole(&self.id, self.byte_count)?;
        let digested = tokio::task::spawn_blocking(move || -> std::io::Result<_> {
            let mut hasher = blake3::Hasher::new();
            let mut pieces = Sha256::new();
            let mut piece = (Sha256::new(), 0);
            let mut buffer = vec![0; READ_BYTES];
            loop {
                let wanted = READ_BYTES.min(PIECE_BYTES - piece.1);
                let Some(room) = buffer.get_mut(..wanted) else { break };
                let n_read = reader.read(room)?;
                let Some(bytes) = buffer.get(..n_read).filter(|bytes| !bytes.is_empty()) else { break };
                hasher.update(bytes);
                if wants_pieces {
                    piece.0.update(bytes);
                    piece.1 += n_read;
                }
                if piece.1 == PIECE_BYTES {
                    pieces.update(std::mem::replace(&mut piece, (Sha256::new(), 0)).0.finalize());
                }
            }
            if piece.1 > 0 {
                pieces.update(piece.0.finalize());
            }
            let pieces = wants_pieces.then(|| crate::base::seal::hex(&pieces.finalize()));
            Ok((hasher.finalize().to_hex().to_string(), pieces))
        });
        let (hash, pieces) = digested.await.map_err(std::io::Error::other)??;
        self.hash = hash;
        self.pieces_sha256 = pieces;
        Ok(())
    }

    /// What can be told of it before it is kept.
    pub async fn look(&self) -> Result<super::Look, FileStoreError> {
        let place = match &self.store.place {
            Place::Folder(folder) => Ok(folder.arriving(&self.id)),
            Place::Bucket(_) => Err(self.store.reader_of_whole(&self.id, self.byte_count)?),
        };
        let length = u64::try_from(self.byte_count).unwrap_or(0);
        let look = tokio::task::spawn_blocking(move || match place {
            Ok(path) => super::look::look_at(&path),
            Err(reader) => super::look::look_from_afar(reader, length),
        });
        Ok(look.await.map_err(std::io::Error::other)??)
    }

    /// Gives it its name: from then on it is in the store, whole. What came in stays too, until it is thrown away: should the
    /// program end before a row names the file, it can be kept again.
    pub async fn keep(&self) -> Result<StoredFile, FileStoreError> {
        match &self.store.place {
            Place::Folder(folder) => folder.keep(folder.arriving(&self.id), &self.hash).await?,
            Place::Bucket(bucket) => bucket.keep(&self.id, &self.hash).await?,
        }
        Ok(StoredFile { hash: self.hash.clone(), byte_count: self.byte_count, head: Vec::new() })
    }

    /// What came in, not what was kept of it.
    pub async fn throw_away(self) -> Result<(), FileStoreError> {
        match (&self.store.place, self.held) {
            (Place::Bucket(bucket), Way::Bucket(arrival)) => {
                arrival.drop_tail().await?;
                bucket.forget_whole(&self.id).await
            }
            (Place::Folder(folder), _) => folder.forget(&self.id).await,
            (Place::Bucket(bucket), Way::Folder(_)) => bucket.forget_whole(&self.id).await,
        }
    }
}
