//! What somebody began on whatever device and did not finish, for the page to offer.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::sender::Sender;
use crate::{
    features::attachments::uploads::{Upload, views::list_unfinished_of},
    web::{error::WebError, form::AppData},
};

#[derive(Debug, Serialize)]
struct Unfinished {
    id: String,
    href: String,
    entry: String,
    field: String,
    file_name: String,
    byte_count: i64,
    saved_bytes: i64,
    declared_hash: Option<String>,
}

pub async fn show(app: AppData, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let sender = Sender::anyone_signed_in(&request).await?;
    let (person, now) = (sender.person.clone(), app.clock.now());
    let uploads = app.db.read(move |db| list_unfinished_of(db, &person, now)).await?;
    let mut unfinished = Vec::new();
    for upload in &uploads {
        unfinished.push(one(&app, upload).await);
    }
    Ok(HttpResponse::Ok().json(unfinished))
}

async fn one(app: &AppData, upload: &Upload) -> Unfinished {
    Unfinished {
        id: upload.id.to_string(),
        href: format!("/uploads/{}", upload.id),
        entry: upload.entry_id.to_string(),
        field: upload.field_id.to_string(),
        file_name: upload.file_name.clone(),
        byte_count: upload.byte_count,
        saved_bytes: app.files.saved_bytes(&upload.place(), &upload.parts).await.unwrap_or(0),
        declared_hash: upload.declared_hash.clone(),
    }
}
