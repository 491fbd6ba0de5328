//! A folder of files, each under the BLAKE3 hash of its bytes: whole or absent, and the same bytes only once.

use std::{
    io,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use tempfile::NamedTempFile;
use tokio::{fs::File, io::AsyncWriteExt};

use super::look::{Look, look_at};

#[derive(Debug, Clone)]
pub struct FileStore {
    root: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum FileStoreError {
    #[error("the file is larger than {0} bytes")]
    TooLarge(i64),
    #[error("the disk is full")]
    Full,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A file while it comes in: written and hashed piece by piece, gone again if it is dropped before it is kept.
pub struct IncomingFile {
    file: File,
    place: NamedTempFile,
    hasher: blake3::Hasher,
    byte_count: i64,
    max_bytes: i64,
    head: Vec<u8>,
    pending: Vec<u8>,
}

/// A file that is on disk under its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub hash: String,
    pub byte_count: i64,
    /// The first bytes, for telling the type by content.
    pub head: Vec<u8>,
}

/// See [`FileStore::local_copy`].
#[derive(Debug)]
pub struct LocalCopy {
    path: PathBuf,
}

impl LocalCopy {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

const HEAD_BYTES: usize = 8192;
/// Chunks from the network are about 32 kB; each write costs a hop to another thread.
const WRITE_BYTES: usize = 1 << 20;

impl FileStore {
    pub fn open(root: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(root.join("incoming"))?;
        Ok(Self { root: root.to_owned() })
    }

    pub fn receive(&self, max_bytes: i64) -> Result<IncomingFile, FileStoreError> {
        let place = tempfile::Builder::new().prefix("in-").tempfile_in(self.root.join("incoming"))?;
        let file = File::from_std(place.reopen()?);
        let hasher = blake3::Hasher::new();
        Ok(IncomingFile {
            file,
            place,
            hasher,
            byte_count: 0,
            max_bytes,
            head: Vec::new(),
            pending: Vec::new(),
        })
    }

    /// Takes in bytes that are already in memory, for the demo and for small generated files.
    pub fn keep_bytes(&self, bytes: &[u8]) -> Result<StoredFile, FileStoreError> {
        let mut place = tempfile::Builder::new().prefix("in-").tempfile_in(self.root.join("incoming"))?;
        io::Write::write_all(&mut place, bytes).map_err(full_or_io)?;
        let hash = blake3::hash(bytes).to_hex().to_string();
        keep(&self.root, &hash, place)?;
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes).to_vec();
        Ok(StoredFile { hash, byte_count: i64::try_from(bytes.len()).unwrap_or(i64::MAX), head })
    }

    /// Where a file lies. The hash comes from the database, never from a visitor.
    pub fn path_of(&self, hash: &str) -> PathBuf {
        let (folder, name) = hash.split_at_checked(2).unwrap_or(("", hash));
        self.root.join(folder).join(name)
    }

    /// The file under its hash, on this machine's disk for as long as the answer lives: other programs read files, not
    /// stores.
    #[expect(clippy::unused_async, reason = "a store elsewhere is asked over the network")]
    pub async fn local_copy(&self, hash: &str) -> Result<LocalCopy, FileStoreError> {
        let path = self.path_of(hash);
        if !path.is_file() {
            return Err(io::Error::from(io::ErrorKind::NotFound).into());
        }
        Ok(LocalCopy { path })
    }

    /// Takes in a file that another program made. What it was made into stays where it is.
    pub async fn keep_file(&self, made: &Path) -> Result<StoredFile, FileStoreError> {
        let mut incoming = self.receive(i64::MAX)?;
        let mut file = File::open(made).await?;
        loop {
            let mut chunk = bytes::BytesMut::with_capacity(WRITE_BYTES);
            if tokio::io::AsyncReadExt::read_buf(&mut file, &mut chunk).await? == 0 {
                break;
            }
            incoming.write(chunk.freeze()).await?;
        }
        self.keep(incoming).await
    }

    pub async fn keep(&self, mut incoming: IncomingFile) -> Result<StoredFile, FileStoreError> {
        incoming.flush().await?;
        let IncomingFile { file, place, hasher, byte_count, head, .. } = incoming;
        drop(file.into_std().await);
        let hash = hasher.finalize().to_hex().to_string();
        let (root, name) = (self.root.clone(), hash.clone());
        let kept = tokio::task::spawn_blocking(move || keep(&root, &name, place)).await;
        kept.map_err(io::Error::other)??;
        Ok(StoredFile { hash, byte_count, head })
    }
}

/// Syncs the bytes, gives them their name, and syncs the folder, so that the name too survives a power cut.
fn keep(root: &Path, hash: &str, place: NamedTempFile) -> Result<(), FileStoreError> {
    let (folder, name) = hash.split_at_checked(2).unwrap_or(("", hash));
    let folder = root.join(folder);
    if folder.join(name).exists() {
        return Ok(());
    }
    place.as_file().sync_all().map_err(full_or_io)?;
    std::fs::create_dir_all(&folder)?;
    place.persist(folder.join(name)).map_err(|error| full_or_io(error.error))?;
    std::fs::File::open(&folder)?.sync_all()?;
    Ok(())
}

fn full_or_io(error: io::Error) -> FileStoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileStoreError::Full,
        _ => FileStoreError::Io(error),
    }
}

impl IncomingFile {
    pub async fn write(&mut self, chunk: Bytes) -> Result<(), FileStoreError> {
        self.byte_count += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
        if self.byte_count > self.max_bytes {
            return Err(FileStoreError::TooLarge(self.max_bytes));
        }
        if self.head.len() < HEAD_BYTES {
            let missing = (HEAD_BYTES - self.head.len()).min(chunk.len());
            self.head.extend_from_slice(chunk.get(..missing).unwrap_or_default());
        }
        self.hasher.update(&chunk);
        self.pending.extend_from_slice(&chunk);
        if self.pending.len() >= WRITE_BYTES { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), FileStoreError> {
        self.file.write_all(&self.pending).await.map_err(full_or_io)?;
        self.pending.clear();
        self.file.flush().await.map_err(full_or_io)
    }

    pub fn byte_count(&self) -> i64 {
        self.byte_count
    }

    /// What can be told of the bytes that came, before they are kept.
    pub async fn look(&mut self) -> Result<Look, FileStoreError> {
        self.flush().await?;
        let place = self.place.path().to_owned();
        let look = tokio::task::spawn_blocking(move || look_at(&place)).await;
        Ok(look.map_err(io::Error::other)??)
    }
}
