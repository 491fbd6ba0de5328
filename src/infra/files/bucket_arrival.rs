//! A file that comes into a bucket: parts gather in a scratch file until they are large enough to be sent.

use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::StreamExt;
use object_store::{
    MultipartId, ObjectStoreExt,
    multipart::{MultipartStore, PartId},
    path::Path,
};

use super::{
    FileStoreError, Leave, Parts,
    bucket::Bucket,
    disk_file::DiskFile,
    writer::{Intake, Writer},
};

/// All parts but the last must be as large, for every kind of store (at least 5 MiB).
pub const PART_BYTES: i64 = 8 << 20;

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

impl BucketArrival {
    pub async fn begin(
        bucket: &Bucket,
        id: &str,
        parts: Parts,
        leave: Leave,
        whole: Option<blake3::Hasher>,
        intake: Arc<Intake>,
    ) -> Result<Self, FileStoreError> {
        let key = Bucket::arriving(id);
        let scratch = DiskFile::cached(tempfile::tempfile_in(&bucket.scratch)?);
        let mut arrival = Self {
            bucket: bucket.clone(),
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

    async fn fetch_tail(&mut self) -> Result<(), FileStoreError> {
        let wanted = u64::try_from(self.parts.tail_bytes).unwrap_or(0);
        if wanted > 0 {
            let tail = tail_of(&self.key, &self.parts);
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
        let tail = tail_of(&self.key, &Parts { tail_of: writer.clone(), ..self.parts.clone() });
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
            self.old_tails.push(tail_of(&self.key, &self.parts));
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

/// Named after the part that it is the beginning of and after its writer, so that none takes the place of one that is
/// still written down.
pub fn tail_of(key: &Path, parts: &Parts) -> Path {
    let n = parts.tags.len();
    match &parts.tail_of {
        Some(writer) => Path::from(format!("{key}.tail-{n}-{writer}")),
        // From before tails had writers.
        None => Path::from(format!("{key}.tail-{n}")),
    }
}
