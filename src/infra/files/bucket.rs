//! An S3-compatible bucket: files under their hashes, and under `incoming/` those that are still coming in, as multipart
//! uploads. Nothing of a file is on this machine's disk for longer than a part needs.

use std::{
    io::{self, Read, Seek, SeekFrom},
    path::{Path as LocalPath, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use object_store::{
    MultipartId, ObjectStore, ObjectStoreExt,
    aws::{AmazonS3, AmazonS3Builder},
    multipart::{MultipartStore, PartId},
    path::Path,
};
use tokio::{runtime::Runtime, sync::Semaphore};

use super::{
    FileStoreError, Leave, Parts,
    disk_file::DiskFile,
    folder::Found,
    writer::{Intake, Writer},
};

/// All parts but the last must be as large, for every kind of store (at least 5 MiB).
pub const PART_BYTES: i64 = 8 << 20;
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
    store: Arc<AmazonS3>,
    /// Connections belong to the runtime that opened them, and each thread of the server has one of its own; all of the
    /// bucket's live here.
    engine: Arc<Engine>,
    parts: Arc<Semaphore>,
    /// Where a part gathers until it is large enough.
    scratch: PathBuf,
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

pub struct BucketArrival {
    bucket: Bucket,
    key: Path,
    pub parts: Parts,
    /// As they were when the file was taken.
    before: Parts,
    pub writer: Writer,
    /// How much of the part gathers in the scratch file.
    part_bytes: i64,
    leave: Leave,
    /// Tails that what was saved since made useless, as soon as it is written down.
    old_tails: Vec<Path>,
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
    async fn on_engine<T, E, F>(&self, work: F) -> Result<T, FileStoreError>
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

    fn arriving(id: &str) -> Path {
        Path::from(format!("incoming/{id}"))
    }

    /// Named after the part that it is the beginning of and after its writer, so that none takes the place of one that is
    /// still written down.
    fn tail_of(key: &Path, parts: &Parts) -> Path {
        let n = parts.tags.len();
        match &parts.tail_of {
            Some(writer) => Path::from(format!("{key}.tail-{n}-{writer}")),
            // From before tails had writers.
            None => Path::from(format!("{key}.tail-{n}")),
        }
    }

    pub async fn take(
        &self,
        id: &str,
        parts: Parts,
        leave: Leave,
        whole: Option<blake3::Hasher>,
        intake: Arc<Intake>,
    ) -> Result<BucketArrival, FileStoreError> {
        let key = Self::arriving(id);
        let scratch = DiskFile::cached(tempfile::tempfile_in(&self.scratch)?);
        let mut arrival = BucketArrival {
            bucket: self.clone(),
            before: parts.clone(),
            part_bytes: parts.tail_bytes,
            writer: Writer::at_end(scratch, None, intake)?,
            key,
            parts,
            leave,
            old_tails: Vec::new(),
        };
        arrival.fetch_tail().await?;
        arrival.writer.digests().whole = whole;
        Ok(arrival)
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
            self.delete(&Self::tail_of(&key, parts)).await?;
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

impl BucketArrival {
    async fn fetch_tail(&mut self) -> Result<(), FileStoreError> {
        let wanted = u64::try_from(self.parts.tail_bytes).unwrap_or(0);
        if wanted > 0 {
            let tail = Bucket::tail_of(&self.key, &self.parts);
            let mut bytes = self.bucket.stream(tail, 0..wanted).await?;
            while let Some(chunk) = bytes.next().await {
                self.writer.write(chunk?).await?;
            }
            self.writer.flush().await?;
        }
        Ok(())
    }

    /// True when a part went to the store.
    pub async fn write(&mut self, mut bytes: Bytes) -> Result<bool, FileStoreError> {
        let mut went = false;
        while !bytes.is_empty() {
            let room = usize::try_from(PART_BYTES - self.part_bytes).unwrap_or(0);
            let now = bytes.split_to(room.min(bytes.len()));
            self.part_bytes += i64::try_from(now.len()).unwrap_or(0);
            self.writer.write(now).await?;
            if self.part_bytes >= PART_BYTES {
                self.send_part().await?;
                went = true;
            }
        }
        Ok(went)
    }

    /// What is in the scratch file.
    async fn gathered(&mut self) -> Result<Bytes, FileStoreError> {
        self.writer.flush().await?;
        let file = self.writer.file();
        let read = tokio::task::spawn_blocking(move || {
            let mut file = file.file();
            file.seek(SeekFrom::Start(0))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            io::Result::Ok(Bytes::from(bytes))
        });
        Ok(read.await.map_err(io::Error::other)??)
    }

    async fn send_part(&mut self) -> Result<(), FileStoreError> {
        let _permit = self.bucket.parts.clone().acquire_owned().await.map_err(io::Error::other)?;
        let bytes = self.gathered().await?;
        let store = Arc::clone(&self.bucket.store);
        let multipart: MultipartId = if let Some(begun) = self.parts.multipart_id.clone() {
            begun
        } else {
            let (store, key) = (Arc::clone(&store), self.key.clone());
            self.bucket.on_engine(async move { store.create_multipart(&key).await }).await?
        };
        self.parts.multipart_id = Some(multipart.clone());
        let (key, n) = (self.key.clone(), self.parts.tags.len());
        let sent = self.send(async move { store.put_part(&key, &multipart, n, bytes.into()).await }).await?;
        self.leave_tail();
        self.parts.tags.push(sent.content_id);
        self.part_bytes = 0;
        self.writer.cut(0)?;
        Ok(())
    }

    /// The beginning of a part that is not whole is kept beside the parts.
    pub async fn save(&mut self) -> Result<(), FileStoreError> {
        if self.part_bytes == self.parts.tail_bytes {
            return Ok(());
        }
        let bytes = self.gathered().await?;
        let n_bytes = i64::try_from(bytes.len()).unwrap_or(0);
        let writer = Some(self.leave.writer().clone());
        let tail = Bucket::tail_of(&self.key, &Parts { tail_of: writer.clone(), ..self.parts.clone() });
        let store = Arc::clone(&self.bucket.store);
        self.send(async move { store.put(&tail, bytes.into()).await }).await?;
        self.leave_tail();
        self.parts.tail_bytes = n_bytes;
        self.parts.tail_of = writer;
        Ok(())
    }

    /// What is sent in the writer's name goes only while it has leave.
    async fn send<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, object_store::Error>> + Send + 'static,
    ) -> Result<T, FileStoreError> {
        let leave = self.leave.clone();
        let work = async move { leave.within(async { work.await.map_err(FileStoreError::from) }).await };
        self.bucket.on_engine(work).await
    }

    /// The tail that there was is not needed any more, once this is written down.
    fn leave_tail(&mut self) {
        if self.parts.tail_bytes > 0 {
            self.old_tails.push(Bucket::tail_of(&self.key, &self.parts));
        }
        self.parts.tail_bytes = 0;
        self.parts.tail_of = None;
    }

    /// What was sent since the file was taken does not count. Parts that went to the store are sent anew over them.
    pub async fn take_back(&mut self) -> Result<(), FileStoreError> {
        let multipart = self.parts.multipart_id.take();
        self.parts = self.before.clone();
        self.old_tails.clear();
        self.parts.multipart_id = self.parts.multipart_id.take().or(multipart);
        self.part_bytes = self.parts.tail_bytes;
        self.writer.cut(0)?;
        self.fetch_tail().await
    }

    /// Puts the parts together: the file is then under its name for what is coming in, to be looked at.
    pub async fn complete(&mut self) -> Result<(), FileStoreError> {
        let Some(multipart) = self.parts.multipart_id.clone() else {
            let bytes = self.gathered().await?;
            return self.bucket.put(self.key.clone(), bytes).await;
        };
        let length = u64::try_from(self.parts.saved_bytes()).unwrap_or(0);
        let completed = self.complete_parts(multipart).await;
        if completed.is_err() && self.bucket.size_of(&self.key).await.is_ok_and(|size| size == length) {
            // They were put together by a program that ended before it could say so.
            return Ok(());
        }
        completed
    }

    async fn complete_parts(&mut self, multipart: MultipartId) -> Result<(), FileStoreError> {
        let store = Arc::clone(&self.bucket.store);
        let mut tags = self.parts.tags.clone();
        if self.part_bytes > 0 {
            let bytes = self.gathered().await?;
            let (store, key, id, n) = (Arc::clone(&store), self.key.clone(), multipart.clone(), tags.len());
            let last = self.send(async move { store.put_part(&key, &id, n, bytes.into()).await }).await?;
            tags.push(last.content_id);
        }
        let key = self.key.clone();
        let parts = tags.into_iter().map(|content_id| PartId { content_id }).collect();
        self.send(async move { store.complete_multipart(&key, &multipart, parts).await.map(|_| ()) }).await
    }

    /// What cannot be deleted now is left to the sweep.
    pub async fn drop_old_tails(&mut self) {
        for tail in std::mem::take(&mut self.old_tails) {
            if let Err(error) = self.bucket.delete(&tail).await {
                tracing::info!(%error, "a tail of an upload is left to the sweep");
            }
        }
    }

    pub async fn drop_tail(mut self) -> Result<(), FileStoreError> {
        self.leave_tail();
        self.drop_old_tails().await;
        Ok(())
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
