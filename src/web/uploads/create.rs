//! Beginning an upload, perhaps with its first bytes.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web::Payload};

use super::{
    answer::{Answer, Refusal, http_date, respond, start},
    metadata::read_metadata,
    sender::{Sender, text},
    state::find,
    write::{OFFSET_STREAM, Sent, receive},
};
use crate::{
    base::sentence::Sentence,
    features::attachments::uploads::{
        BeginUploadError, Metadata, NewUpload, Upload, begin_upload, rules::ends_at, views::find_for,
    },
    web::{error::WebError, form::AppData},
};

pub async fn create(app: AppData, request: HttpRequest, payload: Payload) -> HttpResponse {
    let answer = begin(&app, &request, payload).await;
    respond(&request, answer)
}

async fn begin(app: &AppData, request: &HttpRequest, payload: Payload) -> Answer {
    let sender = Sender::read(request).await?;
    let new = read_new(request)?;
    let (person, now) = (sender.person.clone(), app.clock.now());
    let begun = app.db.write(move |db| begin_upload(db, &person, &new, now)).await;
    let upload = match begun {
        Err(BeginUploadError::TooLarge { name, max }) => {
            let sentence = Sentence::new("attachments-refused-size").with("name", name).with("max", max);
            return Err(Refusal::TooLarge(sentence));
        }
        begun => begun?,
    };
    let location = format!("/uploads/{}", upload.id);
    let mut response = start(StatusCode::CREATED);
    response.insert_header((header::LOCATION, location));
    if text(request, header::CONTENT_TYPE.as_str()) != Some(OFFSET_STREAM) {
        response.insert_header(("upload-expires", http_date(upload.expires_at)));
        return Ok(response.finish());
    }
    let (person, id) = (sender.person.clone(), upload.id.clone());
    let found = app.db.read(move |db| find_for(db, &person, &id)).await?.ok_or(WebError::NotFound)?;
    let expires = ends_at(&found.upload, &found.contest);
    let received = match Sent::read(request, payload) {
        Ok(sent) => receive(app, sender.clone(), sent, found, 0).await,
        Err(refusal) => Err(refusal),
    };
    // It is begun whatever becomes of its first bytes: the client asks for the offset and goes on.
    let offset = match received {
        Ok(received) => received.offset,
        Err(refusal @ (Refusal::NotTaken(_) | Refusal::OtherChecksum | Refusal::UnknownChecksum)) => {
            return Err(refusal);
        }
        Err(_) => saved(app, &sender, &upload).await,
    };
    response.insert_header(("upload-expires", http_date(expires)));
    Ok(response.insert_header(("upload-offset", offset)).finish())
}

async fn saved(app: &AppData, sender: &Sender, upload: &Upload) -> i64 {
    let Ok(found) = find(app, &sender.person, upload.id.as_str()).await else { return 0 };
    app.files.saved_bytes(&upload.place(), &found.upload.parts).await.unwrap_or(0)
}

fn read_new(request: &HttpRequest) -> Result<NewUpload, Refusal> {
    if request.headers().contains_key("upload-defer-length") {
        return Err(Refusal::Malformed("Upload-Defer-Length"));
    }
    let length = text(request, "upload-length").and_then(|length| length.parse::<i64>().ok());
    let byte_count = length.filter(|length| *length >= 0).ok_or(Refusal::Malformed("Upload-Length"))?;
    let given = text(request, "upload-metadata").unwrap_or_default();
    let metadata: Metadata = read_metadata(given).ok_or(Refusal::Malformed("Upload-Metadata"))?;
    let value = |name: &str| metadata.get(name).map(String::as_str).unwrap_or_default();
    // No slot and somebody else's slot are one answer.
    let entry_id = value("entry").parse().map_err(|_| WebError::NotFound)?;
    let field_id = value("field").parse().map_err(|_| WebError::NotFound)?;
    let name = if value("filename").is_empty() { value("name") } else { value("filename") };
    let is_hash =
        |hash: &str| hash.len() == 64 && hash.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    let declared = value("pieces-sha256");
    if !declared.is_empty() && !is_hash(declared) {
        return Err(Refusal::Malformed("Upload-Metadata: pieces-sha256"));
    }
    Ok(NewUpload {
        entry_id,
        field_id,
        file_name: name.to_owned(),
        byte_count,
        declared_hash: (!declared.is_empty()).then(|| declared.to_owned()),
        metadata: metadata.clone(),
    })
}
