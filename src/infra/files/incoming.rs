use bytes::Bytes;

use super::{
    Arrival, FileStoreError, Leave, Look, Parts,
    arrival::WholeFile,
    store::{FileStore, StoredFile},
};
use crate::base::ids::random_token;

const HEAD_BYTES: usize = 8192;

/// A file while it comes in at one go: gone again if it is dropped before it is kept.
pub struct IncomingFile {
    store: FileStore,
    id: String,
    state: State,
    byte_count: i64,
    max_bytes: i64,
    head: Vec<u8>,
}

enum State {
    New,
    Coming(Box<Arrival>),
    Whole(Box<WholeFile>),
    Kept,
}

impl FileStore {
    pub fn receive(&self, max_bytes: i64) -> Result<IncomingFile, FileStoreError> {
        let id = format!("in-{}", random_token());
        Ok(IncomingFile {
            store: self.clone(),
            id,
            state: State::New,
            byte_count: 0,
            max_bytes,
            head: Vec::new(),
        })
    }

    pub async fn keep(&self, mut incoming: IncomingFile) -> Result<StoredFile, FileStoreError> {
        incoming.seal().await?;
        let State::Whole(whole) = std::mem::replace(&mut incoming.state, State::Kept) else {
            return Err(FileStoreError::Away("a file was kept twice".into()));
        };
        let head = std::mem::take(&mut incoming.head);
        let kept = whole.keep().await;
        if let Err(error) = whole.throw_away().await {
            tracing::info!(%error, "what came of a file is left to the sweep");
        }
        Ok(StoredFile { head, ..kept? })
    }
}

impl IncomingFile {
    async fn arrival(&mut self) -> Result<&mut Arrival, FileStoreError> {
        if matches!(self.state, State::New) {
            self.state =
                State::Coming(Box::new(self.store.take(&self.id, Parts::default(), Leave::endless()).await?));
        }
        match &mut self.state {
            State::Coming(arrival) => Ok(arrival),
            _ => Err(FileStoreError::Away("a file was written to after it was sealed".into())),
        }
    }

    pub async fn write(&mut self, chunk: Bytes) -> Result<(), FileStoreError> {
        self.byte_count += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
        if self.byte_count > self.max_bytes {
            return Err(FileStoreError::TooLarge(self.max_bytes));
        }
        if self.head.len() < HEAD_BYTES {
            let missing = (HEAD_BYTES - self.head.len()).min(chunk.len());
            self.head.extend_from_slice(chunk.get(..missing).unwrap_or_default());
        }
        self.arrival().await?.write(chunk).await?;
        Ok(())
    }

    pub fn byte_count(&self) -> i64 {
        self.byte_count
    }

    async fn seal(&mut self) -> Result<(), FileStoreError> {
        if matches!(self.state, State::New | State::Coming(_)) {
            self.arrival().await?;
            if let State::Coming(arrival) = std::mem::replace(&mut self.state, State::New) {
                self.state = State::Whole(Box::new(arrival.seal(false).await?));
            }
        }
        Ok(())
    }

    /// What can be told of the bytes that came, before they are kept. Nothing more can come then.
    pub async fn look(&mut self) -> Result<Look, FileStoreError> {
        self.seal().await?;
        match &self.state {
            State::Whole(whole) => whole.look().await,
            _ => Ok(Look::default()),
        }
    }
}

impl Drop for IncomingFile {
    fn drop(&mut self) {
        let parts = match &self.state {
            State::Kept | State::New => return,
            State::Coming(arrival) => arrival.parts(),
            State::Whole(_) => Parts::default(),
        };
        self.store.forget_soon(&self.id, parts);
    }
}
