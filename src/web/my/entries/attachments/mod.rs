//! The files of an entry, slot by slot: what is there, what is unfinished, and taking either away.

mod upload;

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;

pub use upload::upload;

use super::{
    overview::{OwnEntry, entry_id, read_own},
    steps::{At, Step, steps},
};
use crate::{
    base::{
        ids::{AttachmentId, FieldId, UploadId},
        sentence::Sentence,
    },
    features::{
        attachments::{
            self, Attachment, slot,
            uploads::{
                Upload,
                rules::{ends_at, takes_bytes},
                terminate_upload,
                views::list_unfinished,
            },
            views::MediaOf,
        },
        contests::{Field, FieldKind},
    },
    infra::db::DbError,
    web::{
        entry_parts::{Looker, ShownFile, file_limits, show_files, until},
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct AttachmentsPage {
    id: String,
    title: String,
    contest_title: String,
    steps: Vec<Step>,
    slots: Vec<Slot>,
    notice: String,
    /// The entry was sent in; only what it named can still be sent.
    is_sent: bool,
    /// The same page for another device.
    address: String,
    qr: String,
}

impl Page for AttachmentsPage {
    const TEMPLATE: &'static str = "my/entries/attachments.html";
}

#[derive(Debug, Serialize)]
struct Slot {
    id: String,
    label: String,
    help: String,
    limits: String,
    max_bytes: i64,
    /// What the browser's own chooser offers first.
    accept: String,
    is_required: bool,
    is_full: bool,
    files: Vec<ShownFile>,
    unfinished: Vec<Unfinished>,
    error: String,
}

/// A file that was begun and is not all there.
#[derive(Debug, Serialize)]
struct Unfinished {
    id: String,
    name: String,
    words: String,
    until: String,
    is_promised: bool,
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    show_with(&app, &signed, &id, None, StatusCode::OK).await
}

async fn show_with(
    app: &AppData,
    signed: &SignedIn,
    id: &str,
    wrong: Option<(&FieldId, &Sentence)>,
    status: StatusCode,
) -> Result<HttpResponse, WebError> {
    let now = signed.visitor.words.now;
    let more = move |db: &mut _, own: &OwnEntry| -> Result<_, DbError> {
        let files = attachments::views::list_of_entry(db, &own.entry.id)?;
        let media = attachments::views::list_media(db, &files)?;
        Ok((files, media, list_unfinished(db, &own.entry.id, now)?))
    };
    let (own, (files, media, mut unfinished)) = read_own(app, &signed.person, id, more).await?;
    unfinished.retain(|upload| takes_bytes(upload, &own.entry, &own.contest, now));
    if !own.entry.status.is_open_to_changes() && wrong.is_none() && unfinished.is_empty() {
        return Ok(signed.visitor.redirect(app, &format!("/my/entries/{}", own.entry.id), None));
    }
    let mut page = page(app, &own, (&files, &media), wrong, &signed.visitor.words);
    for upload in &unfinished {
        let shown = show_unfinished(app, &own, upload, &signed.visitor.words).await;
        if let Some(slot) = page.slots.iter_mut().find(|slot| slot.id == upload.field_id.as_str()) {
            slot.unfinished.push(shown);
        }
    }
    if page.is_sent {
        page.slots.retain(|slot| !slot.unfinished.is_empty() || !slot.error.is_empty());
    }
    app.page_with(status, &signed.visitor, &page)
}

async fn show_unfinished(app: &AppData, own: &OwnEntry, upload: &Upload, words: &Words) -> Unfinished {
    let saved = app.files.saved_bytes(&upload.place(), &upload.parts).await.unwrap_or(0);
    let args = [("saved", words.bytes(saved).into()), ("all", words.bytes(upload.byte_count).into())];
    Unfinished {
        id: upload.id.to_string(),
        name: upload.file_name.clone(),
        words: words.say_with("uploads-unfinished-line", &args),
        until: until(ends_at(upload, &own.contest), words),
        is_promised: upload.promised_at.is_some(),
    }
}

fn page(
    app: &AppData,
    own: &OwnEntry,
    (files, media): (&[Attachment], &MediaOf),
    wrong: Option<(&FieldId, &Sentence)>,
    words: &Words,
) -> AttachmentsPage {
    let mut by_slot: HashMap<&FieldId, Vec<Attachment>> = HashMap::new();
    for file in files {
        by_slot.entry(&file.field_id).or_default().push(file.clone());
    }
    let slots =
        own.fields.iter().filter(|field| field.kind == FieldKind::Files && !field.is_retired).map(|field| {
            slot(field, (by_slot.get(&field.id).map(Vec::as_slice).unwrap_or_default(), media), wrong, words)
        });
    let in_no_slot = wrong.filter(|(field, _)| !own.fields.iter().any(|known| known.id == **field));
    let address = format!("{}/my/entries/{}/attachments", app.base_url, own.entry.id);
    AttachmentsPage {
        is_sent: !own.entry.status.is_open_to_changes(),
        qr: qr(&address),
        address,
        id: own.entry.id.to_string(),
        title: own.entry.title.clone(),
        contest_title: own.contest.title_in(words.lang).to_owned(),
        steps: steps(own, At::Files, words),
        slots: slots.collect(),
        notice: in_no_slot.map(|(_, sentence)| sentence.said(words.lang)).unwrap_or_default(),
    }
}

/// As a picture inside the page: the address says whose entry it is, and goes nowhere else.
fn qr(address: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(address) else { return String::new() };
    let picture = code.render::<qrcode::render::svg::Color>().min_dimensions(240, 240).build();
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(picture))
}

fn slot(
    field: &Field,
    (files, media): (&[Attachment], &MediaOf),
    wrong: Option<(&FieldId, &Sentence)>,
    words: &Words,
) -> Slot {
    let error = wrong.filter(|(id, _)| **id == field.id).map(|(_, sentence)| sentence.said(words.lang));
    Slot {
        id: field.id.to_string(),
        label: words.either(&field.label, &field.label_en).to_owned(),
        help: words.either(&field.help, &field.help_en).to_owned(),
        limits: file_limits(field, words),
        max_bytes: slot::max_bytes(field),
        accept: slot::accept(field),
        is_required: field.is_required,
        is_full: files.len() >= usize::try_from(slot::max_count(field)).unwrap_or(0),
        files: show_files(files, std::slice::from_ref(field), media, Looker::Concerned, words),
        unfinished: Vec::new(),
        error: error.unwrap_or_default(),
    }
}

/// Gives an unfinished upload up, also without a script.
pub async fn drop_upload(
    app: AppData,
    signed: SignedIn,
    ids: Path<(String, String)>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let (entry, upload) = ids.into_inner();
    let entry = entry_id(&entry)?;
    let upload: UploadId = upload.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), app.clock.now());
    let ended = app.db.write(move |db| terminate_upload(db, &person, &upload, now)).await?;
    if let Err(error) = app.files.forget(&ended.place(), &ended.parts).await {
        tracing::info!(%error, "the bytes of an upload that was given up are left to the sweep");
    }
    let to = format!("/my/entries/{entry}/attachments#slot-{}", ended.field_id);
    let said = Sentence::new("attachments-said-removed").with("name", ended.file_name);
    Ok(signed.visitor.redirect(&app, &to, Some(("ok", said))))
}

pub async fn remove(
    app: AppData,
    signed: SignedIn,
    ids: Path<(String, String)>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let (entry, attachment) = ids.into_inner();
    let entry = entry_id(&entry)?;
    let attachment: AttachmentId = attachment.parse().map_err(|_| WebError::NotFound)?;
    let (person, now, of) = (Arc::clone(&signed.person), signed.visitor.words.now, entry.clone());
    let removed = app.db.write(move |db| attachments::remove(db, &person, &of, &attachment, now)).await?;
    let to = format!("/my/entries/{entry}/attachments#slot-{}", removed.field_id);
    let visitor: &Visitor = &signed.visitor;
    let said = Sentence::new("attachments-said-removed").with("name", removed.file_name);
    Ok(visitor.redirect(&app, &to, Some(("ok", said))))
}
