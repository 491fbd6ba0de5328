//! Captions of a film: handed out to those who may see it, added and removed by those who may change it.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::{HttpResponse, http::header, web::Path};
use futures_util::TryStreamExt;
use serde::Serialize;

use super::show::{Seen, find_seen};
use crate::{
    base::{
        ids::AttachmentId,
        lang::Lang,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        attachments::{
            self, Attachment,
            captions::{self, MAX_BYTES, add_captions, remove_captions},
        },
        entries::{Entry, policy, rules},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{Looker, ShownFile, show_files},
        error::WebError,
        form::{AppData, Form, is_our_form},
        render::Page,
        visitor::{SignedIn, Visitor},
    },
};

pub async fn show(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (id, lang) = path.into_inner();
    let id: AttachmentId = id.parse().map_err(|_| WebError::NotFound)?;
    let lang: Lang = lang.trim_end_matches(".vtt").parse().map_err(|_| WebError::NotFound)?;
    let person = visitor.person.clone();
    let read = move |db: &mut Db| -> Result<_, DbError> {
        let Some((attachment, seen)) = find_seen(db, person.as_ref(), &id)? else { return Ok(None) };
        Ok(captions::store::find(db, &attachment.id, lang)?.map(|captions| (captions, seen)))
    };
    let (captions, seen) = app.db.read(read).await?.ok_or(WebError::NotFound)?;
    let lifetime = if seen == Seen::ByAll { "public, max-age=60" } else { "private, no-cache" };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/vtt; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, lifetime))
        .insert_header((header::VARY, "cookie"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(captions.content))
}

#[derive(Debug, Serialize)]
struct CaptionsPage {
    /// Of the entry, and where it is.
    title: String,
    back_href: String,
    file: ShownFile,
    /// As it was chosen.
    lang: &'static str,
    error: String,
}

impl Page for CaptionsPage {
    const TEMPLATE: &'static str = "files/captions.html";
}

pub async fn form(app: AppData, signed: SignedIn, path: Path<String>) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = path.parse().map_err(|_| WebError::NotFound)?;
    let page = page(&app, &signed, id).await?;
    app.page(&signed.visitor, &page)
}

/// For those who deal with the entry of a film or a recording.
async fn page(app: &AppData, signed: &SignedIn, id: AttachmentId) -> Result<CaptionsPage, WebError> {
    let person = Arc::clone(&signed.person);
    let read = move |db: &mut Db| -> Result<_, DbError> {
        let Some((file, Seen::ByThoseConcerned)) = find_seen(db, Some(&person), &id)? else {
            return Ok(None);
        };
        let media = attachments::views::list_media(db, std::slice::from_ref(&file))?;
        let found = attachments::views::find_with_entry(db, &id)?;
        Ok(found.map(|(_, entry)| (file, media, entry)))
    };
    let (file, media, entry) = app.db.read(read).await?.ok_or(WebError::NotFound)?;
    let files = std::slice::from_ref(&file);
    let shown = show_files(files, &[], &media, Looker::Concerned, &signed.visitor.words);
    let shown = shown.into_iter().next().filter(|shown| shown.takes_captions && file.removed_at.is_none());
    Ok(CaptionsPage {
        back_href: page_of(&entry, &file, &signed.person),
        title: entry.title,
        file: shown.ok_or(WebError::NotFound)?,
        lang: Lang::Vi.as_str(),
        error: String::new(),
    })
}

pub async fn add(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    parts: Multipart,
) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = path.parse().map_err(|_| WebError::NotFound)?;
    let (asked, person) = (id.clone(), Arc::clone(&signed.person));
    // Who asks comes before what is sent: nobody learns from a form that there is such a film.
    let concerned = app.db.read(move |db| is_concerned(db, &person, &asked)).await?;
    if !concerned {
        return Err(WebError::NotFound);
    }
    let mut lang = Lang::Vi;
    match receive(&app, &signed, &id, parts, &mut lang).await {
        Ok(attachment) => back(&app, &signed, &attachment, "captions-said-added").await,
        Err(error @ (WebError::Invalid(_) | WebError::Refused(_))) => {
            let error_said = error.sentence().said(signed.visitor.words.lang);
            let page =
                CaptionsPage { lang: lang.as_str(), error: error_said, ..page(&app, &signed, id).await? };
            app.page_with(error.status(), &signed.visitor, &page)
        }
        Err(error) => Err(error),
    }
}

async fn receive(
    app: &AppData,
    signed: &SignedIn,
    id: &AttachmentId,
    parts: Multipart,
    lang: &mut Lang,
) -> Result<Attachment, WebError> {
    let bytes = read_form(&signed.visitor, parts, lang).await?;
    let (person, id, lang, now) = (Arc::clone(&signed.person), id.clone(), *lang, app.clock.now());
    Ok(app.db.write(move |db| add_captions(db, &person, &id, lang, &bytes, now)).await?)
}

fn is_concerned(db: &mut Db, person: &Person, id: &AttachmentId) -> Result<bool, DbError> {
    match attachments::views::find_with_entry(db, id)? {
        Some((_, entry)) => policy::may_deal_with(db, person, entry.access()),
        None => Ok(false),
    }
}

pub async fn remove(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id: AttachmentId = path.parse().map_err(|_| WebError::NotFound)?;
    let lang: Lang = form.get("lang").parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (Arc::clone(&signed.person), app.clock.now());
    let attachment = app.db.write(move |db| remove_captions(db, &person, &id, lang, now)).await?;
    back(&app, &signed, &attachment, "captions-said-removed").await
}

/// To where it was asked: the maker's page of files, or the officers' page of the entry.
async fn back(
    app: &AppData,
    signed: &SignedIn,
    attachment: &Attachment,
    said: &'static str,
) -> Result<HttpResponse, WebError> {
    let id = attachment.id.clone();
    let found = app.db.read(move |db| attachments::views::find_with_entry(db, &id)).await?;
    let (attachment, entry) = found.ok_or(WebError::NotFound)?;
    let to = page_of(&entry, &attachment, &signed.person);
    Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(said)))))
}

fn page_of(entry: &Entry, attachment: &Attachment, person: &Person) -> String {
    if rules::belongs_to(entry.access(), &person.id) && entry.status.is_open_to_changes() {
        format!("/my/entries/{}/attachments#slot-{}", entry.id, attachment.field_id)
    } else {
        format!("/manage/entries/{}", entry.id)
    }
}

/// The form's seal comes first: nothing is read for a form that is not ours.
async fn read_form(visitor: &Visitor, mut parts: Multipart, lang: &mut Lang) -> Result<Vec<u8>, WebError> {
    let wrong = |key| WebError::Invalid(FieldErrors::one("captions", Sentence::new(key)));
    let (mut is_ours, mut bytes) = (false, Vec::new());
    let cut_off = |is_ours: bool| {
        if is_ours { wrong("attachments-refused-cut-off") } else { WebError::ForeignForm }
    };
    while let Some(mut part) = parts.try_next().await.map_err(|_| cut_off(is_ours))? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut value = Vec::new();
        while let Some(chunk) = part.try_next().await.map_err(|_| cut_off(is_ours))? {
            value.extend_from_slice(&chunk);
            if value.len() > MAX_BYTES {
                return Err(wrong("captions-wrong-too-large"));
            }
        }
        let word = || String::from_utf8_lossy(&value).into_owned();
        match name.as_str() {
            "csrf" => is_ours = is_our_form(visitor, &word()),
            _ if !is_ours => return Err(WebError::ForeignForm),
            "lang" => *lang = word().parse().map_err(|_| WebError::NotFound)?,
            "captions" => bytes = value,
            _ => {}
        }
    }
    match (is_ours, bytes.is_empty()) {
        (false, _) => Err(WebError::ForeignForm),
        (true, true) => Err(wrong("attachments-refused-no-file")),
        (true, false) => Ok(bytes),
    }
}
