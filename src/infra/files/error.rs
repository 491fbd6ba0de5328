use std::io;

#[derive(Debug, thiserror::Error)]
pub enum FileStoreError {
    #[error("the file is larger than {0} bytes")]
    TooLarge(i64),
    #[error("the disk is full")]
    Full,
    /// Somebody else is writing this file now.
    #[error("the file is being written")]
    Busy,
    /// The bytes are not those that the sender meant.
    #[error("the checksum is another")]
    OtherChecksum,
    /// The store elsewhere does not answer, or not as it should.
    #[error("the store is away: {0}")]
    Away(String),
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for FileStoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // A limit on the size of files, set from outside, is a disk that has no more room.
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full
            }
            _ => Self::Io(error),
        }
    }
}

impl From<object_store::Error> for FileStoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Io(io::ErrorKind::NotFound.into()),
            error => Self::Away(error.to_string()),
        }
    }
}

impl FileStoreError {
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }

    pub fn into_io(self) -> io::Error {
        match self {
            Self::Io(error) => error,
            other => io::Error::other(other),
        }
    }
}
