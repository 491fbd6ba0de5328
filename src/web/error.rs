//! Everything a screen can answer when it cannot do what was asked.

use actix_web::http::StatusCode;

use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::refusal::{Refusal, Refused},
    infra::db::DbError,
};

#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error("signed out")]
    SignedOut,
    /// Signed in with a password that somebody else knows: nothing else goes on before it is changed.
    #[error("the password must be changed")]
    PasswordMustChange,
    #[error("forbidden")]
    Forbidden,
    #[error("not found")]
    NotFound,
    #[error("invalid form")]
    Invalid(FieldErrors),
    #[error("refused: {0:?}")]
    Refused(Sentence),
    #[error("too large")]
    TooLarge,
    #[error("too many tries")]
    TooMany,
    #[error("the form was not ours")]
    ForeignForm,
    #[error("database away")]
    Unavailable,
    #[error("file store away")]
    StoreAway,
    /// No room for more bytes. What was saved stays.
    #[error("file store full")]
    Full,
    #[error(transparent)]
    Internal(anyhow::Error),
}

impl WebError {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::ForeignForm | Self::PasswordMustChange => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable | Self::StoreAway => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The sentence that the error page and the API say.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::SignedOut => Sentence::new("web-error-signed-out"),
            Self::PasswordMustChange => Sentence::new("accounts-password-must-change"),
            Self::Forbidden => Sentence::new("web-error-forbidden"),
            Self::ForeignForm => Sentence::new("web-error-foreign-form"),
            Self::NotFound => Sentence::new("web-error-not-found"),
            Self::Invalid(errors) => errors
                .0
                .first()
                .map_or_else(|| Sentence::new("web-error-invalid"), |(_, sentence)| sentence.clone()),
            Self::Refused(sentence) => sentence.clone(),
            Self::TooLarge => Sentence::new("web-error-too-large"),
            Self::TooMany => Sentence::new("web-error-too-many"),
            Self::Unavailable => Sentence::new("web-error-unavailable"),
            Self::StoreAway => Sentence::new("uploads-refused-store-away"),
            Self::Full => Sentence::new("attachments-refused-disk-full"),
            Self::Internal(_) => Sentence::new("web-error-internal"),
        }
    }
}

/// The one place where an act's answer becomes a web answer.
impl<E: Refused> From<E> for WebError {
    fn from(error: E) -> Self {
        match error.refusal() {
            Refusal::NotFound => Self::NotFound,
            Refusal::Invalid(errors) => Self::Invalid(errors),
            Refusal::Said(sentence) => Self::Refused(sentence),
            Refusal::Database(DbError::Unavailable) => Self::Unavailable,
            Refusal::Database(error) => Self::Internal(error.into()),
        }
    }
}
