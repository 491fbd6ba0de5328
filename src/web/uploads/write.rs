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
    turn::Turn,
};
use crate::{
    features::attachments::uploads::{UploadStatus, rules, views::UploadInHand},
    infra::files::{Arrival, Checksum},
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
    let received =
        actix_web::rt::spawn(async move { Box::pin(receive_all(&app, &sender, sent, found, offset)).await });
    received.await.map_err(|error| WebError::Internal(error.into()))?
}

async fn receive_all(
    app: &AppData,
    sender: &Sender,
    sent: Sent,
    found: UploadInHand,
    offset: i64,
) -> Result<Received, Refusal> {
    let (mut turn, found) = Turn::begin(app, sender, found).await?;
    let received = receive_in_turn(app, sender, sent, &found, offset, &mut turn).await;
    turn.end().await;
    received
}

async fn receive_in_turn(
    app: &AppData,
    sender: &Sender,
    sent: Sent,
    found: &UploadInHand,
    offset: i64,
    turn: &mut Turn,
) -> Result<Received, Refusal> {
    let upload = &found.upload;
    if upload.status == UploadStatus::Finished {
        return Err(Refusal::OtherOffset(upload.byte_count));
    }
    if !rules::takes_bytes(upload, &found.entry, &found.contest, app.clock.now()) {
        return Err(over(upload));
    }
    let mut arrival = turn.take(upload).await?;
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
    let ended = take_in(&mut arrival, sent.payload, upload.byte_count, turn, is_checked).await;
    // A part that was cut off has no checksum to be held against; without one it is kept.
    let verified = match (&ended, is_checked) {
        (Ended::Whole, true) => arrival.verify().await,
        (_, true) => arrival.take_back().await,
        _ => Ok(()),
    };
    let saved = arrival.save().await;
    turn.note(&mut arrival).await?;
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
        finish(app, sender, found, arrival).await?;
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
    arrival: &mut Arrival,
    mut payload: Payload,
    byte_count: i64,
    turn: &mut Turn,
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
                if turn.note(arrival).await.is_err() {
                    return Ended::CutOff;
                }
            }
            Err(error) => return Ended::Failed(error),
        }
    }
}
