//! What every answer says of the protocol, and how a refusal is said.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};

use super::sender::text;
use crate::{
    base::{clock::Moment, lang::Lang, sentence::Sentence},
    features::{attachments::uploads::Reason, refusal::Refused},
    infra::files::FileStoreError,
    web::{error::WebError, send::store_failed, visitor::LANGUAGE_COOKIE},
};

pub const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,creation-with-upload,checksum,expiration,termination";
const CHECKSUMS: &str = "sha1,sha256,blake3";

pub enum Refusal {
    Web(WebError),
    /// Another version of the protocol.
    Version,
    /// The request is not as the protocol wants it.
    Malformed(&'static str),
    /// Not `application/offset+octet-stream`.
    OtherMediaType,
    /// The offset is not where the file ends: where it does.
    OtherOffset(i64),
    OtherChecksum,
    UnknownChecksum,
    TooLarge(Sentence),
    /// Somebody else is writing.
    Busy,
    /// It has ended; why, if there is more to say.
    Over(Option<Reason>),
    /// All there, and not what the slot takes.
    NotTaken(Sentence),
    /// The bytes stopped coming; so much is saved.
    Store(FileStoreError, i64),
}

impl From<WebError> for Refusal {
    fn from(error: WebError) -> Self {
        Self::Web(error)
    }
}

impl<E: Refused> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Web(error.into())
    }
}

impl From<FileStoreError> for Refusal {
    fn from(error: FileStoreError) -> Self {
        match error {
            FileStoreError::Busy => Self::Busy,
            FileStoreError::OtherChecksum => Self::OtherChecksum,
            error => Self::Web(store_failed(error)),
        }
    }
}

pub type Answer = Result<HttpResponse, Refusal>;

pub fn respond(request: &HttpRequest, answer: Answer) -> HttpResponse {
    answer.unwrap_or_else(|refusal| refuse(refusal, language(request)))
}

fn refuse(refusal: Refusal, lang: Lang) -> HttpResponse {
    let mut offset = None;
    let (status, sentence) = match refusal {
        Refusal::Web(error) => {
            if let WebError::Internal(cause) = &error {
                tracing::error!(?cause, "an upload failed");
            }
            (error.status().as_u16(), error.sentence())
        }
        Refusal::Version => (412, Sentence::new("uploads-refused-version").with("version", VERSION)),
        Refusal::Malformed(what) => (400, Sentence::new("uploads-refused-malformed").with("what", what)),
        Refusal::OtherMediaType => (415, Sentence::new("uploads-refused-media-type")),
        Refusal::OtherOffset(at) => {
            offset = Some(at);
            (409, Sentence::new("uploads-refused-offset").with("offset", at))
        }
        Refusal::OtherChecksum => (460, Sentence::new("uploads-refused-checksum")),
        Refusal::UnknownChecksum => {
            (400, Sentence::new("uploads-refused-algorithm").with("known", CHECKSUMS))
        }
        Refusal::TooLarge(sentence) => (413, sentence),
        Refusal::Busy => (423, Sentence::new("uploads-refused-busy")),
        Refusal::Over(Some(reason)) => return with_message(410, reason.said(lang), None),
        Refusal::Over(None) => (410, Sentence::new("uploads-refused-over")),
        Refusal::NotTaken(sentence) => (422, sentence),
        Refusal::Store(error, saved) => {
            offset = Some(saved);
            let error = store_failed(error);
            (error.status().as_u16(), error.sentence())
        }
    };
    with_message(status, &sentence.said(lang), offset)
}

fn with_message(status: u16, message: &str, offset: Option<i64>) -> HttpResponse {
    let mut response = start(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST));
    if let Some(offset) = offset {
        response.insert_header(("upload-offset", offset));
    }
    response.json(serde_json::json!({ "message": message, "status": status, "errors": [] }))
}

pub fn start(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header(("tus-resumable", VERSION));
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

/// A moment as HTTP writes it.
pub fn http_date(at: Moment) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn language(request: &HttpRequest) -> Lang {
    use actix_web::HttpMessage;
    if let Some(lang) = request.extensions().get::<Lang>() {
        return *lang;
    }
    if let Some(visitor) = request.extensions().get::<crate::web::visitor::Visitor>() {
        return visitor.words.lang;
    }
    let accepted = text(request, "accept-language").is_some_and(|accepted| accepted.starts_with("en"));
    let chosen = request.cookie(LANGUAGE_COOKIE).and_then(|cookie| cookie.value().parse().ok());
    chosen.unwrap_or(if accepted { Lang::En } else { Lang::Vi })
}

/// What the server can do, for anyone.
pub async fn options() -> HttpResponse {
    start(StatusCode::NO_CONTENT)
        .insert_header(("tus-version", VERSION))
        .insert_header(("tus-extension", EXTENSIONS))
        .insert_header(("tus-checksum-algorithm", CHECKSUMS))
        .finish()
}
