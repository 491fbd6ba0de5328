//! Where files are: the doors that both kinds of store have.

use std::{
    collections::VecDeque,
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tempfile::NamedTempFile;

use super::{
    BucketSettings, FileStoreError, OpenFile, Parts,
    bucket::Bucket,
    folder::{Folder, Found},
    look::ReadSeek,
    open::Source,
    writer::Intake,
};

/// Cheap to clone: everything inside is shared.
#[derive(Clone)]
pub struct FileStore {
    pub(super) place: Place,
    pub(super) hashers: Hashers,
    pub(super) intake: Arc<Intake>,
}

#[derive(Clone)]
pub(super) enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

/// A file that is in the store under its hash.
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
    /// Gone with the answer.
    _copy: Option<NamedTempFile>,
}

impl LocalCopy {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

const HEAD_BYTES: usize = 8192;
const READ_BYTES: usize = 1 << 20;

impl FileStore {
    pub fn open(root: &Path) -> io::Result<Self> {
        Ok(Self::at(Place::Folder(Folder::open(root)?)))
    }

    /// A store elsewhere; parts gather in `scratch`, a folder of this machine.
    pub fn open_bucket(settings: &BucketSettings, scratch: &Path) -> anyhow::Result<Self> {
        Ok(Self::at(Place::Bucket(Bucket::open(settings, scratch)?)))
    }

    fn at(place: Place) -> Self {
        Self { place, hashers: Hashers::default(), intake: Arc::default() }
    }

    /// Whether a file that comes in says by itself how far it is.
    pub fn is_folder(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// Takes in bytes that are already in memory, for the demo and for small generated files.
    pub fn keep_bytes(&self, bytes: &[u8]) -> Result<StoredFile, FileStoreError> {
        let hash = blake3::hash(bytes).to_hex().to_string();
        match &self.place {
            Place::Folder(folder) => {
                let place = folder.arriving(&format!("in-{}", crate::base::ids::random_token()));
                let written = std::fs::write(&place, bytes).map_err(Into::into);
                let kept = written.and_then(|()| folder.keep_now(&place, &hash));
                let _ = std::fs::remove_file(&place);
                kept?;
            }
            Place::Bucket(bucket) => {
                let (to, key, bytes) = (bucket.clone(), Bucket::place_of(&hash), bytes.to_vec());
                bucket.wait(async move { to.put(key, bytes.into()).await })?;
            }
        }
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes).to_vec();
        Ok(StoredFile { hash, byte_count: i64::try_from(bytes.len()).unwrap_or(i64::MAX), head })
    }

    /// A file for reading in pieces. The hash comes from the database, never from a visitor.
    pub async fn read(&self, hash: &str) -> Result<OpenFile, FileStoreError> {
        match &self.place {
            Place::Folder(folder) => {
                let path = folder.path_of(hash);
                // Opening a file that is there costs less than a hop to another thread.
                let file = File::open(path)?;
                Ok(OpenFile { size: file.metadata()?.len(), source: Source::Local(Arc::new(file)) })
            }
            Place::Bucket(bucket) => {
                let key = Bucket::place_of(hash);
                Ok(OpenFile {
                    size: bucket.size_of(&key).await?,
                    source: Source::Remote(bucket.clone(), key),
                })
            }
        }
    }

    /// A small file whole, as text or as what else it is.
    pub async fn read_all(&self, hash: &str) -> Result<Vec<u8>, FileStoreError> {
        let mut reader = self.read(hash).await?.reader();
        let read = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map(|_| bytes)
        });
        Ok(read.await.map_err(io::Error::other)??)
    }

    /// The file under its hash, on this machine's disk for as long as the answer lives: other programs read files, not
    /// stores.
    pub async fn local_copy(&self, hash: &str) -> Result<LocalCopy, FileStoreError> {
        if let Place::Folder(folder) = &self.place {
            let path = folder.path_of(hash);
            let is_there = path.is_file();
            let absent = || io::Error::from(io::ErrorKind::NotFound).into();
            return if is_there { Ok(LocalCopy { path, _copy: None }) } else { Err(absent()) };
        }
        let mut reader = self.read(hash).await?.reader();
        let copied = tokio::task::spawn_blocking(move || {
            let mut copy = tempfile::Builder::new().prefix("copy-").tempfile()?;
            io::copy(&mut reader, copy.as_file_mut())?;
            io::Result::Ok(copy)
        });
        let copy = copied.await.map_err(io::Error::other)??;
        Ok(LocalCopy { path: copy.path().to_owned(), _copy: Some(copy) })
    }

    /// Takes in a file that another program made. What it was made into stays where it is.
    pub async fn keep_file(&self, made: &Path) -> Result<StoredFile, FileStoreError> {
        let mut incoming = self.receive(i64::MAX)?;
        let mut file = tokio::fs::File::open(made).await?;
        loop {
            let mut chunk = bytes::BytesMut::with_capacity(READ_BYTES);
            if tokio::io::AsyncReadExt::read_buf(&mut file, &mut chunk).await? == 0 {
                break;
            }
            incoming.write(chunk.freeze()).await?;
        }
        self.keep(incoming).await
    }

    /// Everything that is in the store, named or not.
    pub async fn list(&self) -> Result<Vec<Found>, FileStoreError> {
        match &self.place {
            Place::Folder(folder) => {
                let folder = folder.clone();
                let listed = tokio::task::spawn_blocking(move || folder.list());
                Ok(listed.await.map_err(io::Error::other)??)
            }
            Place::Bucket(bucket) => bucket.list().await,
        }
    }

    /// Takes a file out of the store for good, unless it was kept anew since it was seen. Answers whether it went.
    pub async fn remove_unless_new(&self, hash: &str, seen_at: i64) -> Result<bool, FileStoreError> {
        match &self.place {
            Place::Folder(folder) => Ok(folder.remove_unless_new(hash, seen_at)?),
            Place::Bucket(bucket) => bucket.remove_unless_new(hash, seen_at).await,
        }
    }

    /// Throws away something that was coming in and that nobody knows of any more.
    pub async fn remove_arriving(&self, name: &str) -> Result<(), FileStoreError> {
        match &self.place {
            Place::Folder(folder) => folder.forget(name).await,
            Place::Bucket(bucket) => bucket.forget_name(name).await,
        }
    }

    pub(super) fn reader_of_whole(&self, id: &str, length: i64) -> Result<Box<dyn ReadSeek>, FileStoreError> {
        Ok(match &self.place {
            Place::Folder(folder) => Box::new(File::open(folder.arriving(id))?),
            Place::Bucket(bucket) => {
                Box::new(bucket.reader_of_arriving(id, u64::try_from(length).unwrap_or(0)))
            }
        })
    }

    /// For what is dropped in the middle: a folder forgets at once, a bucket in its own time.
    pub(super) fn forget_soon(&self, id: &str, parts: Parts) {
        self.hashers.forget(id);
        match &self.place {
            Place::Folder(folder) => {
                let _ = std::fs::remove_file(folder.arriving(id));
            }
            Place::Bucket(bucket) => bucket.forget_soon(id, parts),
        }
    }
}

/// Digests of files that are coming in, so that the next part need not read the ones before: a cache that can be lost.
#[derive(Clone, Default)]
pub(super) struct Hashers {
    kept: Arc<Mutex<VecDeque<(String, i64, blake3::Hasher)>>>,
}

/// About two kilobytes each.
const MAX_HASHERS: usize = 1024;

impl Hashers {
    pub fn keep(&self, id: &str, offset: i64, hasher: blake3::Hasher) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| known != id);
        kept.push_back((id.to_owned(), offset, hasher));
        if kept.len() > MAX_HASHERS {
            kept.pop_front();
        }
    }

    /// The digest of everything before `offset`, if it is known here; of nothing it always is.
    pub fn take(&self, id: &str, offset: i64) -> Option<blake3::Hasher> {
        if offset == 0 {
            return Some(blake3::Hasher::new());
        }
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, at, _)| known == id && *at == offset).map(|(_, _, hasher)| hasher.clone())
    }

    pub fn forget(&self, id: &str) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|(known, ..)| known != id);
    }
}
