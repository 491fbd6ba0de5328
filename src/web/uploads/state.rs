//! How far an upload is, and giving it up.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};

use super::{
    answer::{Answer, Refusal, http_date, respond, start},
    finish::finish_if_whole,
    metadata::write_metadata,
    sender::Sender,
};
use crate::{
    base::ids::UploadId,
    features::{
        accounts::Person,
        attachments::uploads::{
            Upload, UploadStatus, rules, terminate_upload,
            views::{UploadInHand, find_for},
        },
    },
    web::{error::WebError, form::AppData},
};

pub async fn show(app: AppData, id: Path<String>, request: HttpRequest) -> HttpResponse {
    let answer = tell(&app, &id, &request).await;
    respond(&request, answer)
}

async fn tell(app: &AppData, id: &str, request: &HttpRequest) -> Answer {
    let sender = Sender::read(request).await?;
    let found = find(app, &sender.person, id).await?;
    let upload = &found.upload;
    let offset = match upload.status {
        UploadStatus::Finished => upload.byte_count,
        UploadStatus::Open if rules::takes_bytes(upload, &found.entry, &found.contest, app.clock.now()) => {
            let offset = app.files.saved_bytes(&upload.place(), &upload.parts).await?;
            // A client that hears that all is there goes away; so it must be in its slot by then.
            if offset == upload.byte_count {
                finish_if_whole(app, &sender, &found).await?;
            }
            offset
        }
        _ => return Err(over(upload)),
    };
    let mut response = start(StatusCode::OK);
    response.insert_header(("upload-offset", offset));
    response.insert_header(("upload-length", upload.byte_count));
    response.insert_header(("upload-expires", http_date(rules::ends_at(upload, &found.contest))));
    if !upload.metadata.is_empty() {
        response.insert_header(("upload-metadata", write_metadata(&upload.metadata)));
    }
    Ok(response.finish())
}

pub fn over(upload: &Upload) -> Refusal {
    Refusal::Over(upload.reason.clone().map(|reason| reason.0))
}

pub async fn find(
    app: &AppData,
    person: &std::sync::Arc<Person>,
    id: &str,
) -> Result<UploadInHand, WebError> {
    let id: UploadId = id.parse().map_err(|_| WebError::NotFound)?;
    let person = person.clone();
    app.db.read(move |db| find_for(db, &person, &id)).await?.ok_or(WebError::NotFound)
}

pub async fn terminate(app: AppData, id: Path<String>, request: HttpRequest) -> HttpResponse {
    let answer = give_up(&app, &id, &request).await;
    respond(&request, answer)
}

async fn give_up(app: &AppData, id: &str, request: &HttpRequest) -> Answer {
    let sender = Sender::read(request).await?;
    let found = find(app, &sender.person, id).await?;
    if found.upload.status != UploadStatus::Open {
        return Err(over(&found.upload));
    }
    let (person, id, now) = (sender.person.clone(), found.upload.id.clone(), app.clock.now());
    let ended = app.db.write(move |db| terminate_upload(db, &person, &id, now)).await?;
    if let Err(error) = app.files.forget(&ended.place(), &ended.parts).await {
        tracing::info!(%error, "the bytes of an upload that was given up are left to the sweep");
    }
    Ok(start(StatusCode::NO_CONTENT).finish())
}
