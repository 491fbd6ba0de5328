//! Accepting, returning, rejecting and disqualifying one entry.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};

use super::{due::end_of_day, show::again};
use crate::{
    base::{ids::EntryId, sentence::Sentence},
    features::entries::{self, CheckEntryError, Entry, Return},
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

fn entry_id(text: &str) -> Result<EntryId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

pub async fn accept(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let entry = entry_id(&id)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| entries::accept_entry(db, &person, &entry, now)).await;
    answer(&app, &signed, &id, ("accept", "entries-said-accepted-one"), &form, done).await
}

pub async fn give_back(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let entry = entry_id(&id)?;
    let words = signed.visitor.words;
    let what = Return { reason: form.get("reason").to_owned(), due_at: end_of_day(form.get("due"), &words) };
    let person = Arc::clone(&signed.person);
    let done = app.db.write(move |db| entries::return_entry(db, &person, &entry, &what, words.now)).await;
    answer(&app, &signed, &id, ("return", "entries-said-returned"), &form, done).await
}

pub async fn reject(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let entry = entry_id(&id)?;
    let (person, now, reason) =
        (Arc::clone(&signed.person), signed.visitor.words.now, form.get("reason").to_owned());
    let done = app.db.write(move |db| entries::reject_entry(db, &person, &entry, &reason, now)).await;
    answer(&app, &signed, &id, ("reject", "entries-said-rejected"), &form, done).await
}

pub async fn disqualify(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let entry = entry_id(&id)?;
    let (person, now, reason) =
        (Arc::clone(&signed.person), signed.visitor.words.now, form.get("reason").to_owned());
    let done = app.db.write(move |db| entries::disqualify_entry(db, &person, &entry, &reason, now)).await;
    answer(&app, &signed, &id, ("disqualify", "entries-said-disqualified"), &form, done).await
}

async fn answer(
    app: &AppData,
    signed: &SignedIn,
    id: &str,
    (opened, said): (&'static str, &'static str),
    form: &Form,
    done: Result<Entry, CheckEntryError>,
) -> Result<HttpResponse, WebError> {
    match done {
        Ok(entry) => {
            let said = Sentence::new(said).with("title", entry.title);
            Ok(signed.visitor.redirect(app, &format!("/manage/entries/{}", entry.id), Some(("ok", said))))
        }
        Err(error) => again(app, signed, id, opened, form, Some(error.into())).await,
    }
}
