//! The last page before an entry is sent in: everything once more, what is missing, what has to be agreed to.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    new::deadline,
    overview::{OwnEntry, read_own},
    show::{ShownEntry, show_entry},
    steps::{At, Step, steps},
};
use crate::{
    base::{
        clock::Moment,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        attachments::{
            self, Attachment,
            uploads::{Upload, rules::promise_ends_at, views::list_unfinished},
            views::MediaOf,
        },
        contests::{self, Consent, FieldKind},
        entries::{self, SubmitRequest, submit_entry},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::until,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct SubmitPage {
    entry: ShownEntry,
    steps: Vec<Step>,
    version: i32,
    missing: Vec<Missing>,
    consents: Vec<ShownConsent>,
    arriving: Vec<ArrivingLine>,
    /// Until when the bytes of these may come after the entry was sent in.
    arriving_until: String,
    deadline: String,
    on_behalf: bool,
    notice: String,
    errors: ShownErrors,
}

impl Page for SubmitPage {
    const TEMPLATE: &'static str = "my/entries/submit.html";
}

#[derive(Debug, Serialize)]
struct Missing {
    href: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct ArrivingLine {
    name: String,
    size: String,
    hash: String,
}

#[derive(Debug, Serialize)]
struct ShownConsent {
    name: String,
    text: String,
    is_required: bool,
    is_given: bool,
    error: String,
}

struct Read {
    missing: FieldErrors,
    consents: Vec<Consent>,
    files: Vec<Attachment>,
    media: MediaOf,
    unfinished: Vec<Upload>,
}

fn read_more(db: &mut Db, own: &OwnEntry, now: Moment) -> Result<Read, DbError> {
    let files = attachments::views::list_of_entry(db, &own.entry.id)?;
    Ok(Read {
        missing: entries::missing(db, &own.entry, &own.contest)?,
        consents: contests::views::list_consents(db, &own.contest.id)?,
        media: attachments::views::list_media(db, &files)?,
        files,
        unfinished: list_unfinished(db, &own.entry.id, now)?,
    })
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    let now = signed.visitor.words.now;
    let (own, read) = read_own(&app, &signed.person, &id, move |db, own| read_more(db, own, now)).await?;
    if !own.entry.status.is_open_to_changes() {
        return Ok(signed.visitor.redirect(&app, &format!("/my/entries/{}", own.entry.id), None));
    }
    let page = page(&own, &read, &Form::default(), &signed.visitor.words);
    app.page(&signed.visitor, &page)
}

pub async fn submit(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let now = signed.visitor.words.now;
    let (own, read) = read_own(&app, &signed.person, &id, move |db, own| read_more(db, own, now)).await?;
    let visitor = &signed.visitor;
    let given = |consent: &&Consent| form.has(&format!("consent-{}", consent.id));
    let request = SubmitRequest {
        edition: form.get("version").parse().unwrap_or(0),
        consents: read.consents.iter().filter(given).map(|consent| consent.id.clone()).collect(),
    };
    // The clock is read now and not when the page began: the deadline counts when the form arrives.
    let (person, entry, now) = (Arc::clone(&signed.person), own.entry.id.clone(), app.clock.now());
    let sent = app.db.write(move |db| submit_entry(db, &person, &entry, &request, now)).await;
    let error = match sent {
        Ok(sent) => {
            let code = sent.entry.code.unwrap_or_default();
            let key = if sent.entry.is_late { "entries-said-sent-late" } else { "entries-said-sent" };
            let to = format!("/my/entries/{}/receipts/{}", sent.entry.id, sent.revision.number);
            return Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new(key).with("code", code)))));
        }
        // The second of two equal forms: the first has already done it.
        Err(entries::SubmitEntryError::AlreadySubmitted { revision, .. }) => {
            let to = format!("/my/entries/{}/receipts/{revision}", own.entry.id);
            return Ok(visitor.redirect(&app, &to, None));
        }
        Err(error) => WebError::from(error),
    };
    again(&app, visitor, &own, &read, &form, error)
}

fn again(
    app: &AppData,
    visitor: &Visitor,
    own: &OwnEntry,
    read: &Read,
    form: &Form,
    error: WebError,
) -> Result<HttpResponse, WebError> {
    let mut page = page(own, read, form, &visitor.words);
    match error {
        WebError::Invalid(errors) => {
            let shown = ShownErrors::new(&errors, &visitor.words);
            for consent in &mut page.consents {
                consent.error = shown.by_field.get(&consent.name).cloned().unwrap_or_default();
            }
            page.errors = shown;
            page.errors.summary.retain(|error| error.field.starts_with("consent-"));
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        WebError::Refused(sentence) => {
            page.notice = sentence.said(visitor.words.lang);
            app.page_with(StatusCode::CONFLICT, visitor, &page)
        }
        error => Err(error),
    }
}

fn page(own: &OwnEntry, read: &Read, form: &Form, words: &Words) -> SubmitPage {
    let consent = |consent: &Consent| {
        let name = format!("consent-{}", consent.id);
        ShownConsent {
            text: words.either(&consent.text, &consent.text_en).to_owned(),
            is_required: consent.is_required,
            is_given: form.has(&name),
            error: String::new(),
            name,
        }
    };
    SubmitPage {
        entry: show_entry(own, (&read.files, &read.media), words),
        steps: steps(own, At::Sending, words),
        version: own.entry.edition,
        missing: missing(own, &read.missing, words),
        consents: read.consents.iter().map(consent).collect(),
        arriving: read.unfinished.iter().map(|upload| arriving_line(upload, words)).collect(),
        arriving_until: promise_ends_at(words.now, &own.contest)
            .map(|at| until(at, words))
            .unwrap_or_default(),
        deadline: match own.entry.correction_due_at {
            Some(due) => words.say_with(
                "entries-deadline-correction",
                &[("at", words.date_time(due).into()), ("left", words.distance(due).into())],
            ),
            None => deadline(&own.contest, words),
        },
        on_behalf: own.entry.is_on_behalf,
        notice: String::new(),
        errors: ShownErrors::default(),
    }
}

fn arriving_line(upload: &Upload, words: &Words) -> ArrivingLine {
    ArrivingLine {
        name: upload.file_name.clone(),
        size: words.bytes(upload.byte_count),
        hash: upload.declared_hash.clone().unwrap_or_default(),
    }
}

/// Each leads to the place where it is filled in.
fn missing(own: &OwnEntry, missing: &FieldErrors, words: &Words) -> Vec<Missing> {
    let is_slot = |name: &str| {
        let field = own.fields.iter().find(|field| name == format!("answer-{}", field.id));
        field.filter(|field| field.kind == FieldKind::Files).map(|field| field.id.clone())
    };
    let id = &own.entry.id;
    missing
        .0
        .iter()
        .map(|(name, sentence)| Missing {
            href: match is_slot(name) {
                Some(field) => format!("/my/entries/{id}/attachments#slot-{field}"),
                None => format!("/my/entries/{id}/edit#{name}"),
            },
            text: sentence.said(words.lang),
        })
        .collect()
}
