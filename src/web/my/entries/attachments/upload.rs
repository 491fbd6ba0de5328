//! Files from the form without a script. Each is read piece by piece into the store, told by its content, and only then put
//! into its slot; whatever goes wrong on the way, nothing of it is left.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, http::header, web::Path};
use futures_util::{StreamExt, TryStreamExt};

use super::{super::overview::read_own, show_with};
use crate::{
    base::{
        ids::{EntryId, FieldId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        attachments::{self, Attachment, NewFile, attach, may_receive, slot},
        contests::Field,
    },
    infra::files::{FileStoreError, StoredFile},
    web::{
        error::WebError,
        form::{AppData, is_our_form},
        send::store_failed,
        visitor::SignedIn,
    },
};

/// The parts around a file in a form: names, lengths of fields, the hidden ones.
const FORM_SLACK_BYTES: i64 = 64 << 10;

pub async fn upload(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    request: HttpRequest,
    parts: Multipart,
) -> Result<HttpResponse, WebError> {
    let entry = read_own(&app, &signed.person, &id, |_, _| Ok(())).await?.0.entry.id;
    let mut field = None;
    let received = receive(&app, &signed, &entry, &request, parts, &mut field).await;
    let wants_json = wants_json(&request);
    match received {
        Ok(()) if wants_json => Ok(HttpResponse::Ok().json(serde_json::json!({}))),
        Ok(()) => {
            let slot = field.map(|field| format!("#slot-{}", field.id)).unwrap_or_default();
            let to = format!("/my/entries/{entry}/attachments{slot}");
            Ok(signed.visitor.redirect(&app, &to, Some(("ok", Sentence::new("attachments-said-stored")))))
        }
        Err(error) if wants_json => Err(error),
        Err(error @ (WebError::Invalid(_) | WebError::Refused(_) | WebError::TooLarge)) => {
            let sentence = error.sentence();
            let slot = field.map_or_else(FieldId::generate, |field| field.id);
            show_with(&app, &signed, &id, Some((&slot, &sentence)), error.status()).await
        }
        Err(error) => Err(error),
    }
}

fn wants_json(request: &HttpRequest) -> bool {
    request.headers().get("x-requested-with").is_some_and(|value| value.as_bytes() == b"fetch")
}

/// The parts come in the form's order: the seal of the form, the slot, the file.
async fn receive(
    app: &AppData,
    signed: &SignedIn,
    entry: &EntryId,
    request: &HttpRequest,
    mut parts: Multipart,
    slot: &mut Option<Field>,
) -> Result<(), WebError> {
    let mut is_ours = false;
    let mut n_stored = 0;
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_| cut_off())?;
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "csrf" => {
                is_ours = is_our_form(&signed.visitor, &read_word(&mut part).await?);
                if !is_ours {
                    return Err(WebError::ForeignForm);
                }
            }
            "field" if is_ours => {
                let field = read_word(&mut part).await?.parse().map_err(|_| WebError::NotFound)?;
                *slot = Some(find_slot(app, &signed.person, entry, field).await?);
            }
            "file" if is_ours => {
                let field = slot.as_ref().ok_or(WebError::NotFound)?;
                if declared_length(request) > slot::max_bytes(field) + FORM_SLACK_BYTES {
                    return Err(too_large(field, typed_name(&part)));
                }
                n_stored += usize::from(store_one(app, signed, entry, field, part).await?);
            }
            _ if is_ours => {}
            _ => return Err(WebError::ForeignForm),
        }
    }
    if !is_ours {
        return Err(WebError::ForeignForm);
    }
    if n_stored == 0 { Err(wrong(Sentence::new("attachments-refused-no-file"))) } else { Ok(()) }
}

async fn find_slot(
    app: &AppData,
    person: &Arc<Person>,
    entry: &EntryId,
    field: FieldId,
) -> Result<Field, WebError> {
    let (person, entry) = (Arc::clone(person), entry.clone());
    Ok(app.db.read(move |db| may_receive(db, &person, &entry, &field)).await?)
}

/// False when no file was chosen: browsers then send a part without name and bytes.
async fn store_one(
    app: &AppData,
    signed: &SignedIn,
    entry: &EntryId,
    field: &Field,
    mut part: actix_multipart::Field,
) -> Result<bool, WebError> {
    let name = typed_name(&part);
    let mut incoming =
        app.files.receive(slot::max_bytes(field)).map_err(|error| refused(error, field, &name))?;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| cut_off())?;
        incoming.write(chunk).await.map_err(|error| refused(error, field, &name))?;
    }
    if name.is_empty() && incoming.byte_count() == 0 {
        return Ok(false);
    }
    let look = incoming.look().await.map_err(|error| refused(error, field, &name))?;
    let file = NewFile::read(&field.id, &name, &look).map_err(wrong)?;
    slot::takes(field, &file, incoming.byte_count()).map_err(wrong)?;
    let stored = app.files.keep(incoming).await.map_err(|error| refused(error, field, &name))?;
    put(app, signed, entry, file, stored).await?;
    Ok(true)
}

async fn put(
    app: &AppData,
    signed: &SignedIn,
    entry: &EntryId,
    file: NewFile,
    stored: StoredFile,
) -> Result<Attachment, WebError> {
    let (person, entry, now) = (Arc::clone(&signed.person), entry.clone(), app.clock.now());
    Ok(app.db.write(move |db| attach(db, &person, &entry, &file, &stored, now)).await?)
}

fn typed_name(part: &actix_multipart::Field) -> String {
    part.content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .unwrap_or_default()
        .to_owned()
}

/// A hidden field of the form: short, or not ours.
async fn read_word(part: &mut actix_multipart::Field) -> Result<String, WebError> {
    let mut word = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| cut_off())? {
        word.extend_from_slice(&chunk);
        if word.len() > 256 {
            return Err(WebError::ForeignForm);
        }
    }
    String::from_utf8(word).map_err(|_| WebError::ForeignForm)
}

fn declared_length(request: &HttpRequest) -> i64 {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn wrong(sentence: Sentence) -> WebError {
    WebError::Invalid(FieldErrors::one("file", sentence))
}

fn cut_off() -> WebError {
    wrong(Sentence::new("attachments-refused-cut-off"))
}

fn too_large(field: &Field, name: String) -> WebError {
    let name = attachments::clean_name(&name);
    let max = slot::max_bytes(field) / 1_000_000;
    wrong(Sentence::new("attachments-refused-size").with("name", name).with("max", max))
}

fn refused(error: FileStoreError, field: &Field, name: &str) -> WebError {
    match error {
        FileStoreError::TooLarge(_) => too_large(field, name.to_owned()),
        FileStoreError::Full => WebError::Refused(Sentence::new("attachments-refused-disk-full")),
        error => store_failed(error),
    }
}
