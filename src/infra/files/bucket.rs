//! An S3-compatible bucket: files under their hashes, and under `incoming/` those that are still coming in, as multipart
//! uploads. Nothing of a file is on this machine's disk for longer than a part needs.

use std::{
    io::{self, Read, Seek, SeekFrom},
    path::{Path as LocalPath, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::{
    ObjectStore, ObjectStoreExt,
    aws::{AmazonS3, AmazonS3Builder},
    multipart::MultipartStore,
    path::Path,
};
use tokio::{runtime::Runtime, sync::Semaphore};

use super::{FileStoreError, Parts, bucket_arrival::tail_of, folder::Found};

/// Parts are in memory while they are sent.
const MAX_PARTS_IN_MEMORY: usize = 4;
/// A copy inside a store may take long for a large file.
const TIMEOUT_SECONDS: u64 = 120;

#[derive(Debug, Clone, Default)]
pub struct BucketSettings {
    pub bucket: String,
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

#[derive(Clone)]
pub struct Bucket {
    pub(super) store: Arc<AmazonS3>,
    /// Connections belong to the runtime that opened them, and each thread of the server has one of its own; all of the
    /// bucket's live here.
    engine: Arc<Engine>,
    pub(super) parts: Arc<Semaphore>,
    /// Where a part gathers until it is large enough.
    pub(super) scratch: PathBuf,
}

struct Engine(Option<Runtime>);

impl Drop for Engine {
    /// A runtime must not be waited for inside another one.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Bucket {
    pub fn open(settings: &BucketSettings, scratch: &LocalPath) -> anyhow::Result<Self> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_client_options(
                object_store::ClientOptions::new()
                    .with_allow_http(true)
                    .with_timeout(std::time::Duration::from_secs(TIMEOUT_SECONDS))
                    .with_connect_timeout(std::time::Duration::from_secs(5)),
            )
            .with_retry(object_store::RetryConfig {
                max_retries: 3,
                retry_timeout: std::time::Duration::from_secs(20),
                ..Default::default()
            });
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("bucket")
            .enable_all()
            .build()?;
        std::fs::create_dir_all(scratch)?;
        Ok(Self {
            store: Arc::new(builder.build()?),
            engine: Arc::new(Engine(Some(runtime))),
            parts: Arc::new(Semaphore::new(MAX_PARTS_IN_MEMORY)),
            scratch: scratch.to_owned(),
        })
    }

    fn runtime(&self) -> Result<&Runtime, FileStoreError> {
        self.engine.0.as_ref().ok_or_else(|| FileStoreError::Away("closed".into()))
    }

    /// Does something on the bucket's own runtime.
    pub async fn on_engine<T, E, F>(&self, work: F) -> Result<T, FileStoreError>
    where
        T: Send + 'static,
        E: Into<FileStoreError> + Send + 'static,
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let done = self.runtime()?.spawn(work).await;
        done.map_err(|error| FileStoreError::Away(error.to_string()))?.map_err(Into::into)
    }

    /// The same for whoever cannot wait asynchronously.
    pub fn wait<T, F>(&self, work: F) -> Result<T, FileStoreError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, FileStoreError>> + Send + 'static,
    {
        let (answer, done) = std::sync::mpsc::channel();
        self.runtime()?.spawn(async move {
            let _ = answer.send(work.await);
        });
        done.recv().map_err(|error| FileStoreError::Away(error.to_string()))?
    }

    pub fn place_of(hash: &str) -> Path {
        let (folder, name) = hash.split_at_checked(2).unwrap_or(("", hash));
        Path::from(format!("{folder}/{name}"))
    }

    pub fn arriving(id: &str) -> Path {
        Path::from(format!("incoming/{id}"))
    }

    pub async fn forget(&self, id: &str, parts: &Parts) -> Result<(), FileStoreError> {
        let key = Self::arriving(id);
        if let Some(multipart) = parts.multipart_id.clone() {
            let (store, key) = (Arc::clone(&self.store), key.clone());
            let aborted = self.on_engine(async move { store.abort_multipart(&key, &multipart).await }).await;
            if let Err(error) = aborted {
                // It may have been completed or ended already.
                tracing::info!(%error, "an upload in parts was not ended");
            }
        }
        if parts.tail_bytes > 0 {
            self.delete(&tail_of(&key, parts)).await?;
        }
        self.delete(&key).await
    }

    pub fn forget_soon(&self, id: &str, parts: Parts) {
        let (bucket, id) = (self.clone(), id.to_owned());
        if let Ok(runtime) = self.runtime() {
            runtime.spawn(async move {
                if let Err(error) = bucket.forget(&id, &parts).await {
                    tracing::info!(%error, "a broken-off file is left to the sweep");
                }
            });
        }
    }

    pub async fn forget_whole(&self, id: &str) -> Result<(), FileStoreError> {
        self.delete(&Self::arriving(id)).await
    }

    pub async fn delete(&self, key: &Path) -> Result<(), FileStoreError> {
        let (store, key) = (Arc::clone(&self.store), key.clone());
        match self.on_engine(async move { store.delete(&key).await }).await {
            Err(error) if !error.is_absent() => Err(error),
            _ => Ok(()),
        }
    }

    pub async fn remove_unless_new(&self, hash: &str, seen_at: i64) -> Result<bool, FileStoreError> {
        let (store, key) = (Arc::clone(&self.store), Self::place_of(hash));
        let of = key.clone();
        let meta = self.on_engine(async move { store.head(&of).await }).await?;
        let is_as_seen = meta.last_modified.timestamp() == seen_at;
        if is_as_seen {
            self.delete(&key).await?;
        }
        Ok(is_as_seen)
    }

    /// A copy inside the store appears whole or not at all.
    pub async fn keep(&self, id: &str, hash: &str) -> Result<(), FileStoreError> {
        let (store, from, to) = (Arc::clone(&self.store), Self::arriving(id), Self::place_of(hash));
        self.on_engine(async move { store.copy(&from, &to).await }).await
    }

    pub async fn put(&self, key: Path, bytes: Bytes) -> Result<(), FileStoreError> {
        let store = Arc::clone(&self.store);
        self.on_engine(async move { store.put(&key, bytes.into()).await.map(|_| ()) }).await
    }

    pub async fn size_of(&self, key: &Path) -> Result<u64, FileStoreError> {
        let (store, key) = (Arc::clone(&self.store), key.clone());
        self.on_engine(async move { store.head(&key).await.map(|meta| meta.size) }).await
    }

    /// Bytes of a file as they come, not the file whole.
    pub async fn stream(
        &self,
        key: Path,
        range: std::ops::Range<u64>,
    ) -> Result<super::ByteStream, FileStoreError> {
        let store = Arc::clone(&self.store);
        let options = object_store::GetOptions::new().with_range(Some(range));
        let got = self.on_engine(async move { store.get_opts(&key, options).await }).await?;
        Ok(Box::pin(got.into_stream().map_err(io::Error::other)))
    }

    async fn range(&self, key: &Path, range: std::ops::Range<u64>) -> Result<Bytes, FileStoreError> {
        let (store, key) = (Arc::clone(&self.store), key.clone());
        self.on_engine(async move { store.get_range(&key, range).await }).await
    }

    pub fn reader(&self, key: Path, length: u64) -> BucketReader {
        BucketReader { bucket: self.clone(), key, length, at: 0, held: Bytes::new(), held_at: 0 }
    }

    pub fn reader_of_arriving(&self, id: &str, length: u64) -> BucketReader {
        self.reader(Self::arriving(id), length)
    }

    /// Everything in the bucket.
    pub async fn list(&self) -> Result<Vec<Found>, FileStoreError> {
        let store = Arc::clone(&self.store);
        let listed = self.on_engine(async move { store.list(None).try_collect::<Vec<_>>().await }).await?;
        Ok(listed
            .into_iter()
            .map(|meta| {
                let key = meta.location.to_string();
                let arriving = key.strip_prefix("incoming/").map(str::to_owned);
                Found {
                    is_arriving: arriving.is_some(),
                    name: arriving.unwrap_or_else(|| key.replace('/', "")),
                    changed_at: meta.last_modified.timestamp(),
                }
            })
            .collect())
    }

    pub async fn forget_name(&self, name: &str) -> Result<(), FileStoreError> {
        self.delete(&Self::arriving(name)).await
    }
}

/// Reads a file in the bucket in pieces, for what wants to jump about in it. To be used where it may block.
pub struct BucketReader {
    bucket: Bucket,
    key: Path,
    length: u64,
    at: u64,
    held: Bytes,
    held_at: u64,
}

/// Asked for at once; who reads on pays one request for each.
const READ_BYTES: u64 = 1 << 20;

impl Read for BucketReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length {
            return Ok(0);
        }
        let within = self.at.checked_sub(self.held_at).and_then(|at| usize::try_from(at).ok());
        let mut rest = within.and_then(|at| self.held.get(at..)).unwrap_or_default();
        if rest.is_empty() {
            let range = self.at..(self.at + READ_BYTES).min(self.length);
            let (bucket, key) = (self.bucket.clone(), self.key.clone());
            let got = self.bucket.wait(async move { bucket.range(&key, range).await });
            self.held = got.map_err(FileStoreError::into_io)?;
            self.held_at = self.at;
            rest = &self.held;
        }
        let n_read = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..n_read), rest.get(..n_read)) {
            to.copy_from_slice(from);
        }
        self.at += u64::try_from(n_read).unwrap_or(0);
        Ok(n_read)
    }
}

impl Seek for BucketReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
