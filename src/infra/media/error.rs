use std::io;

use crate::infra::tools::ToolError;

/// Why nothing could be made of a file.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("{0} is not installed")]
    Missing(String),
    /// The file is not what it says, or a part of it is missing.
    #[error("the file cannot be read: {0}")]
    Broken(String),
    #[error("the file is locked with a password")]
    Locked,
    #[error("the file is too large to be shown")]
    TooLarge,
    #[error("it took too long")]
    TookTooLong,
    /// Nobody waits for it any more.
    #[error("nobody waits for it")]
    Abandoned,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<ToolError> for MediaError {
    fn from(error: ToolError) -> Self {
        match error {
            ToolError::Missing(program) => Self::Missing(program),
            ToolError::TookTooLong { .. } => Self::TookTooLong,
            ToolError::WantedTooMuch { .. } => Self::TooLarge,
            ToolError::Failed { said, .. } => Self::Broken(said),
            ToolError::Io(error) => Self::Io(error),
        }
    }
}

impl From<image::ImageError> for MediaError {
    fn from(error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Self::TooLarge,
            image::ImageError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
                Self::Io(error)
            }
            other => Self::Broken(other.to_string()),
        }
    }
}
