//! Sends a stored file: whole or the piece that was asked for, under the hash of its bytes as its mark.

use std::io;

use actix_files::HttpRange;
use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    web::Bytes,
};
use futures_util::stream;

use super::{
    app::App,
    connection::{FileBody, Outbox},
    error::WebError,
};
use crate::{
    base::sentence::Sentence,
    infra::files::{FileStoreError, OpenFile},
};

/// Who may have it was decided before. Nothing but the bytes is asked of the store, and only for what is sent.
pub async fn send_file(
    app: &App,
    request: &HttpRequest,
    hash: &str,
    media_type: &str,
) -> Result<HttpResponse, WebError> {
    let outbox = request.conn_data::<Outbox>();
    let file = open(app, outbox, hash).await?;
    let etag = format!("\"{hash}\"");
    let size = file.size();
    let Ok(range) = wanted(request, &etag, size) else {
        return Ok(HttpResponse::RangeNotSatisfiable()
            .insert_header((header::CONTENT_RANGE, format!("bytes */{size}")))
            .finish());
    };
    let mut response = HttpResponse::build(StatusCode::OK);
    let (start, length) = match range {
        Some(HttpRange { start, length }) => {
            let last = (start + length).saturating_sub(1);
            response.status(StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {start}-{last}/{size}")));
            (start, length)
        }
        None => (0, size),
    };
    response.insert_header((header::ACCEPT_RANGES, "bytes"));
    response.insert_header((header::ETAG, etag));
    response.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    // Films and pictures are compressed in themselves, and a compressed answer could not be asked for in pieces.
    response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("identity")));
    response.content_type(media_type.to_owned());
    let piece = start..start + length;
    if request.method() == Method::HEAD {
        return Ok(response.body(SizedStream::new(length, stream::empty::<io::Result<Bytes>>())));
    }
    // Only a server's own connection sends files by itself, and only those of this machine.
    match (outbox, file.local()) {
        (Some(outbox), Some(local)) => {
            Ok(response.no_chunking(length).body(FileBody::new(outbox.clone(), local, piece)))
        }
        _ => Ok(response.body(SizedStream::new(length, file.read(piece).await.map_err(store_failed)?))),
    }
}

async fn open(app: &App, outbox: Option<&Outbox>, hash: &str) -> Result<OpenFile, WebError> {
    if let Some(last) = outbox.and_then(|outbox| outbox.last_file(hash)) {
        return Ok(last);
    }
    let file = app.files.read(hash).await.map_err(store_failed)?;
    if let Some(outbox) = outbox.filter(|_| file.local().is_some()) {
        outbox.keep_open(hash, &file);
    }
    Ok(file)
}

/// The piece that was asked for, if one was. Of several the first is sent, which a server may do.
fn wanted(request: &HttpRequest, etag: &str, size: u64) -> Result<Option<HttpRange>, ()> {
    let text = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    // A piece of other bytes than those that are there would be put together with them.
    if text(header::IF_RANGE).is_some_and(|known| known != etag) {
        return Ok(None);
    }
    let Some(range) = text(header::RANGE).filter(|range| range.starts_with("bytes=")) else {
        return Ok(None);
    };
    let ranges = HttpRange::parse(range, size).map_err(|_| ())?;
    ranges.into_iter().next().map(Some).ok_or(())
}

/// A store that is away is no fault of the page: it can be tried again.
pub fn store_failed(error: FileStoreError) -> WebError {
    match error {
        FileStoreError::Full => WebError::Full,
        FileStoreError::Busy => WebError::Refused(Sentence::new("uploads-refused-busy")),
        FileStoreError::Away(reason) => {
            tracing::warn!(reason, "the file store is away");
            WebError::StoreAway
        }
        error => WebError::Internal(error.into()),
    }
}
