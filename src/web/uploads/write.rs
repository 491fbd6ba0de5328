//! The bytes of an upload, as they come. What the answer calls the offset is on the disk or in the store; when the sender
//! hangs up, what came is kept.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Path, Payload},
};
use futures_util::StreamExt;

use super::{
    answer::{Answer, Refusal, http_date, respond, start},
    finish::finish,
    metadata::read_checksum,
    sender::{Sender, text},
    state::{find, over},
};
use crate::{
    base::ids::UploadId,
    features::attachments::uploads::{UploadStatus, note_progress, rules, views::UploadInHand},
    infra::files::{Arrival, Checksum, Parts},
    web::{error::WebError, form::AppData},
};

pub const OFFSET_STREAM: &str = "application/offset+octet-stream";
/// Who sends nothing for so long has gone, and another may go on.
const MAX_SILENCE: Duration = Duration::from_secs(20);

pub async fn write(app: AppData, id: Path<String>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let answer = patch(&app, &id, &request, payload).await;
    respond(&request, answer)
}

/// For clients that can only send POST.
pub async fn overridden(
    app: AppData,
    id: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, WebError> {
    match text(&request, "x-http-method-override") {
        Some("PATCH") => Ok(write(app, id, request, payload).await),
        Some("DELETE") => Ok(super::state::terminate(app, id, request).await),
        Some("HEAD") => Ok(super::state::show(app, id, request).await),
        _ => Err(WebError::NotFound),
    }
}

async fn patch(app: &AppData, id: &str, request: &HttpRequest, payload: Payload) -> Answer {
    let sender = Sender::read(request).await?;
    if text(request, header::CONTENT_TYPE.as_str()) != Some(OFFSET_STREAM) {
        return Err(Refusal::OtherMediaType);
    }
    let offset = text(request, "upload-offset").and_then(|offset| offset.parse::<i64>().ok());
    let offset = offset.filter(|offset| *offset >= 0).ok_or(Refusal::Malformed("Upload-Offset"))?;
    let found = find(app, &sender.person, id).await?;
    let expires = rules::ends_at(&found.upload, &found.contest);
    let received = receive(app, sender, Sent::read(request, payload)?, found, offset).await?;
    let mut response = start(StatusCode::NO_CONTENT);
    response.insert_header(("upload-offset", received.offset));
    response.insert_header(("upload-expires", http_date(expires)));
    Ok(response.finish())
}

pub struct Received {
    pub offset: i64,
}

/// What a request brings.
pub struct Sent {
    payload: Payload,
    checksum: Option<Checksum>,
    length: Option<i64>,
}

impl Sent {
    pub fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Refusal> {
        let checksum = match text(request, "upload-checksum") {
            Some(given) => Some(read_checksum(given).ok_or(Refusal::UnknownChecksum)?),
            None => None,
        };
        let length = text(request, header::CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok());
        Ok(Self { payload, checksum, length })
    }
}

/// Takes the bytes in behind `offset`, alone; when the file is whole it is looked at and put into its slot. In a task of its
/// own: a sender who hangs up ends the request, and what came must still be saved.
pub async fn receive(
    app: &AppData,
    sender: Sender,
    sent: Sent,
    found: UploadInHand,
    offset: i64,
) -> Result<Received, Refusal> {
    let app = app.clone();
    let received = actix_web::rt::spawn(async move { receive_all(&app, &sender, sent, found, offset).await });
    received.await.map_err(|error| WebError::Internal(error.into()))?
}

async fn receive_all(
    app: &AppData,
    sender: &Sender,
    sent: Sent,
    found: UploadInHand,
    offset: i64,
) -> Result<Received, Refusal> {
    let upload = &found.upload;
    if upload.status == UploadStatus::Finished {
        return Err(Refusal::OtherOffset(upload.byte_count));
    }
    if !rules::takes_bytes(upload, &found.entry, &found.contest, app.clock.now()) {
        return Err(over(upload));
    }
    let mut arrival = app.files.take(&upload.place(), upload.parts.0.clone()).await?;
    if !app.files.is_folder() {
        // What was read before it was taken may have been written on since.
        let fresh = find(app, &sender.person, upload.id.as_str()).await?.upload;
        if fresh.parts != upload.parts || fresh.status != upload.status {
            return Err(Refusal::OtherOffset(fresh.saved_bytes));
        }
    }
    if arrival.offset() != offset {
        return Err(Refusal::OtherOffset(arrival.offset()));
    }
    if sent.length.is_some_and(|coming| coming > upload.byte_count - offset) {
        return Err(Refusal::TooLarge(too_much(upload.byte_count)));
    }
    let is_checked = sent.checksum.is_some();
    if let Some(checksum) = sent.checksum {
        arrival.expect(checksum);
    }
    let mut noted = Noted { id: upload.id.clone(), saved_bytes: upload.saved_bytes };
    let ended = take_in(app, &mut arrival, sent.payload, upload.byte_count, &mut noted, is_checked).await;
    // A part that was cut off has no checksum to be held against; without one it is kept.
    let verified = match (&ended, is_checked) {
        (Ended::Whole, true) => arrival.verify().await,
        (_, true) => arrival.take_back().await,
        _ => Ok(()),
    };
    let saved = arrival.save().await;
    note(app, &mut noted, saved.saved_bytes, saved.parts).await?;
    verified?;
    match ended {
        Ended::TooMuch => return Err(Refusal::TooLarge(too_much(upload.byte_count))),
        Ended::Failed(error) => return Err(Refusal::Store(error, saved.saved_bytes)),
        Ended::Whole | Ended::CutOff => {}
    }
    if let Some(error) = saved.failed {
        return Err(Refusal::Store(error, saved.saved_bytes));
    }
    if saved.saved_bytes == upload.byte_count {
        finish(app, sender, &found, arrival).await?;
    }
    Ok(Received { offset: saved.saved_bytes })
}

fn too_much(byte_count: i64) -> crate::base::sentence::Sentence {
    crate::base::sentence::Sentence::new("uploads-refused-length").with("length", byte_count)
}

enum Ended {
    Whole,
    CutOff,
    /// More came than the file was said to have.
    TooMuch,
    Failed(crate::infra::files::FileStoreError),
}

async fn take_in(
    app: &AppData,
    arrival: &mut Arrival,
    mut payload: Payload,
    byte_count: i64,
    noted: &mut Noted,
    is_checked: bool,
) -> Ended {
    loop {
        let chunk = match tokio::time::timeout(MAX_SILENCE, payload.next()).await {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) => return Ended::Whole,
            Ok(Some(Err(_))) | Err(_) => return Ended::CutOff,
        };
        let room = usize::try_from(byte_count - arrival.offset()).unwrap_or(0);
        if chunk.len() > room {
            return Ended::TooMuch;
        }
        match arrival.write(chunk).await {
            Ok(false) => {}
            // With a checksum to come, what went to the store may still be taken back.
            Ok(true) if is_checked => {}
            Ok(true) => {
                let parts = arrival.parts();
                let saved = parts.saved_bytes();
                if note(app, noted, saved, parts).await.is_err() {
                    return Ended::CutOff;
                }
            }
            Err(error) => return Ended::Failed(error),
        }
    }
}

/// What is written down of an upload.
struct Noted {
    id: UploadId,
    saved_bytes: i64,
}

async fn note(app: &AppData, noted: &mut Noted, saved_bytes: i64, parts: Parts) -> Result<(), Refusal> {
    // The files of a folder say for themselves how long they are.
    if app.files.is_folder() || saved_bytes == noted.saved_bytes {
        return Ok(());
    }
    let (id, before) = (noted.id.clone(), noted.saved_bytes);
    app.db.write(move |db| note_progress(db, &id, before, saved_bytes, &parts)).await?;
    noted.saved_bytes = saved_bytes;
    Ok(())
}
