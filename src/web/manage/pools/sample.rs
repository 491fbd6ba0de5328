//! A sample that the panel practises on: its words and one file, in one form.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::{HttpResponse, http::StatusCode, web::Path};
use futures_util::{StreamExt, TryStreamExt};
use serde::Serialize;

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        attachments::{NewFile, clean_name, slot},
        contests::{Field, FieldKind, views::list_fields},
        judging::calibrating::{NewSample, make_sample},
    },
    infra::{
        db::DbError,
        files::{FileStoreError, StoredFile},
    },
    web::{
        app::App,
        entry_parts::file_limits,
        error::WebError,
        form::{AppData, ShownErrors, is_our_form},
        render::Page,
        send::store_failed,
        visitor::{SignedIn, Visitor},
    },
};

#[derive(Debug, Serialize)]
pub struct SamplePage {
    pub head: PoolHead,
    pub href: String,
    pub title: String,
    pub text: String,
    pub reason: String,
    /// Whether the contest's form has a place for a description.
    pub takes_text: bool,
    /// What a file may be; empty where the form takes none.
    pub limits: String,
    pub accept: String,
    pub errors: ShownErrors,
}

impl Page for SamplePage {
    const TEMPLATE: &'static str = "manage/pools/sample.html";
}

/// Longer than any description that makers may write.
const MAX_WORD_BYTES: usize = 40_000;

struct Place {
    led: Led,
    slot: Option<Field>,
    takes_text: bool,
}

async fn hold(app: &App, signed: &SignedIn, pool: &str) -> Result<Place, WebError> {
    let (id, person) = (pool_id(pool)?, Arc::clone(&signed.person));
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            let mut fields = list_fields(db, &led.place.contest.id)?;
            fields.retain(|field| !field.is_retired);
            let takes_text = fields.iter().any(|field| field.kind == FieldKind::LongText);
            let slot = fields.into_iter().find(|field| field.kind == FieldKind::Files);
            Ok(led.place.round.takes_sheets().then_some(Place { led, slot, takes_text }))
        })
        .await?;
    found.ok_or(WebError::NotFound)
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let place = hold(&app, &signed, &pool).await?;
    page(&app, &signed, &place, &NewSample::default(), &FieldErrors::default())
}

pub async fn make(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    parts: Multipart,
) -> Result<HttpResponse, WebError> {
    let place = hold(&app, &signed, &pool).await?;
    let (new, wrong) = read(&app, &signed.visitor, &place, parts).await?;
    if let Some(sentence) = wrong {
        return page(&app, &signed, &place, &new, &FieldErrors::one("file", sentence));
    }
    let (id, person) = (place.led.place.pool.id.clone(), Arc::clone(&signed.person));
    let (now, of, sample) = (signed.visitor.words.now, id.clone(), new.clone());
    let done = app.db.write(move |db| make_sample(db, &person, &of, &sample, now)).await;
    match done.map_err(WebError::from) {
        Ok(entry) => {
            let said = Sentence::new("calibration-made").with("code", entry.code.unwrap_or_default());
            let to = format!("/manage/pools/{id}/assignments");
            Ok(signed.visitor.redirect(&app, &to, Some(("ok", said))))
        }
        Err(WebError::Invalid(errors)) => page(&app, &signed, &place, &new, &errors),
        Err(WebError::Refused(sentence)) => {
            page(&app, &signed, &place, &new, &FieldErrors::one("title", sentence))
        }
        Err(error) => Err(error),
    }
}

fn page(
    app: &AppData,
    signed: &SignedIn,
    place: &Place,
    typed: &NewSample,
    errors: &FieldErrors,
) -> Result<HttpResponse, WebError> {
    let words = &signed.visitor.words;
    let page = SamplePage {
        head: place.led.head("assignments", words),
        href: format!("/manage/pools/{}/sample", place.led.place.pool.id),
        title: typed.title.clone(),
        text: typed.text.clone(),
        reason: typed.reason.clone(),
        takes_text: place.takes_text,
        limits: place.slot.as_ref().map(|slot| file_limits(slot, words)).unwrap_or_default(),
        accept: place.slot.as_ref().map(slot::accept).unwrap_or_default(),
        errors: ShownErrors::new(errors, words),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

/// Without our `csrf` first nothing else is read. What is wrong with the file is said beside what was typed.
async fn read(
    app: &App,
    visitor: &Visitor,
    place: &Place,
    mut parts: Multipart,
) -> Result<(NewSample, Option<Sentence>), WebError> {
    let (mut new, mut wrong, mut is_ours) = (NewSample::default(), None, false);
    loop {
        let next = parts.try_next().await;
        let Some(mut part) = next.map_err(|_| if is_ours { cut_off() } else { WebError::ForeignForm })?
        else {
            break;
        };
        match part.name().unwrap_or_default() {
            "csrf" => is_ours = is_our_form(visitor, &word(&mut part).await?),
            _ if !is_ours => return Err(WebError::ForeignForm),
            "title" => new.title = word(&mut part).await?,
            "text" if place.takes_text => new.text = word(&mut part).await?,
            "reason" => new.reason = word(&mut part).await?,
            "file" => match &place.slot {
                Some(slot) => match store(app, slot, part).await? {
                    Ok(file) => new.file = file,
                    Err(sentence) => wrong = Some(sentence),
                },
                None => {
                    word(&mut part).await?;
                }
            },
            _ => {
                word(&mut part).await?;
            }
        }
    }
    if is_ours { Ok((new, wrong)) } else { Err(WebError::ForeignForm) }
}

type Kept = Option<(NewFile, StoredFile)>;

/// Nothing when no file was chosen: browsers then send a part without name and bytes.
async fn store(
    app: &App,
    slot: &Field,
    mut part: actix_multipart::Field,
) -> Result<Result<Kept, Sentence>, WebError> {
    let name = part.content_disposition().and_then(|disposition| disposition.get_filename());
    let name = name.unwrap_or_default().to_owned();
    let too_large = || {
        Sentence::new("attachments-refused-size")
            .with("name", clean_name(&name))
            .with("max", slot::max_bytes(slot) / 1_000_000)
    };
    let mut incoming = app.files.receive(slot::max_bytes(slot)).map_err(store_failed)?;
    let mut is_too_large = false;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| cut_off())?;
        if is_too_large {
            continue;
        }
        match incoming.write(chunk).await {
            Ok(()) => {}
            // The rest is read and left, so that the page with the answer arrives.
            Err(FileStoreError::TooLarge(_)) => is_too_large = true,
            Err(error) => return Err(store_failed(error)),
        }
    }
    if is_too_large {
        return Ok(Err(too_large()));
    }
    if name.is_empty() && incoming.byte_count() == 0 {
        return Ok(Ok(None));
    }
    let look = incoming.look().await.map_err(store_failed)?;
    let known = NewFile::read(&slot.id, &name, &look);
    let known = known.and_then(|file| slot::takes(slot, &file, incoming.byte_count()).map(|()| file));
    match known {
        Ok(file) => Ok(Ok(Some((file, app.files.keep(incoming).await.map_err(store_failed)?)))),
        Err(sentence) => Ok(Err(sentence)),
    }
}

async fn word(part: &mut actix_multipart::Field) -> Result<String, WebError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| cut_off())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_WORD_BYTES {
            return Err(WebError::TooLarge);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The connection broke.
fn cut_off() -> WebError {
    WebError::Refused(Sentence::new("attachments-refused-cut-off"))
}
