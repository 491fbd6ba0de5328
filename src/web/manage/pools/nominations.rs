//! What came up into a pool and what went up from it.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::frame::{OpenedPool, PoolHead, open_pool};
use crate::{
    base::{ids::NominationId, sentence::Sentence},
    features::{
        accounts::Person,
        pools::PoolStatus,
        refusal::{Refusal, Refused},
        selection::{
            self, AcceptNominationError, NominationStatus,
            views::{ShownNomination, list_incoming, list_outgoing},
        },
    },
    infra::db::Db,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        result_words::{Chip, kind_word, nomination_chip},
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct NominationsPage {
    pub head: PoolHead,
    pub incoming: Vec<NominationRow>,
    pub outgoing: Vec<NominationRow>,
    /// How many of those that came in wait for an answer.
    pub waiting: usize,
    pub refused: String,
    pub errors: ShownErrors,
}

impl Page for NominationsPage {
    const TEMPLATE: &'static str = "manage/pools/nominations.html";
}

#[derive(Debug, Serialize)]
pub struct NominationRow {
    pub id: String,
    pub title: String,
    pub code: String,
    pub kind: String,
    pub unit: String,
    pub other_unit: String,
    pub status: Chip,
    pub at: String,
    /// Who answered and when; empty while nobody did.
    pub answer: String,
    pub reason: String,
    pub is_waiting: bool,
    pub can_be_returned: bool,
    /// What was typed into the row's own form and why it was not taken.
    pub typed: String,
    pub error: String,
}

/// A reason that was typed for one nomination and not taken.
#[derive(Default)]
struct Typed {
    nomination: String,
    reason: String,
}

pub async fn show(app: AppData, signed: SignedIn, path: Path<String>) -> Result<HttpResponse, WebError> {
    let page = read(&app, &signed, &path, &Typed::default(), ShownErrors::default(), String::new()).await?;
    app.page(&signed.visitor, &page)
}

async fn read(
    app: &App,
    signed: &SignedIn,
    id: &str,
    typed: &Typed,
    errors: ShownErrors,
    refused: String,
) -> Result<NominationsPage, WebError> {
    let (person, id) = (signed.person.clone(), id.to_owned());
    let read = move |db: &mut Db| -> Result<_, WebError> {
        let opened = open_pool(db, &person, &id)?;
        let incoming = list_incoming(db, &opened.pool.id)?;
        let outgoing = list_outgoing(db, &opened.pool.id)?;
        Ok((opened, incoming, outgoing))
    };
    let (opened, incoming, outgoing) = app.db.read(read).await?;
    let words = signed.visitor.words;
    let error = errors.by_field.get("reason").cloned().unwrap_or_default();
    let rows = |list: Vec<ShownNomination>| -> Vec<NominationRow> {
        list.into_iter().map(|shown| row(&words, &opened, shown, typed, &error)).collect()
    };
    let incoming = rows(incoming);
    Ok(NominationsPage {
        waiting: incoming.iter().filter(|row| row.is_waiting).count(),
        incoming,
        outgoing: rows(outgoing),
        head: opened.head(&words, "nominations"),
        refused,
        errors,
    })
}

fn row(
    words: &Words,
    opened: &OpenedPool,
    shown: ShownNomination,
    typed: &Typed,
    error: &str,
) -> NominationRow {
    let nomination = shown.nomination;
    let id = nomination.id.to_string();
    let is_typed = typed.nomination == id;
    let is_open = matches!(opened.pool.status, PoolStatus::Gathering | PoolStatus::Judging);
    let answer = nomination.answered_at.map(|at| {
        let by = shown.answered_by.unwrap_or_default();
        words.say_with("nomination-answered", &[("by", by.into()), ("at", words.date_time(at).into())])
    });
    NominationRow {
        title: shown.entry.title,
        code: shown.entry.code.unwrap_or_default(),
        kind: kind_word(words, shown.entry.kind),
        unit: shown.entry.unit_name,
        other_unit: shown.other_unit,
        status: nomination_chip(words, nomination.status),
        at: words.date_time(nomination.proposed_at),
        answer: answer.unwrap_or_default(),
        reason: nomination.answer_reason.unwrap_or_default(),
        is_waiting: nomination.status == NominationStatus::Proposed,
        can_be_returned: nomination.status == NominationStatus::Proposed
            || (nomination.status == NominationStatus::Accepted && is_open),
        typed: if is_typed { typed.reason.clone() } else { String::new() },
        error: if is_typed { error.to_owned() } else { String::new() },
        id,
    }
}

/// All that are ticked, or none of them.
pub async fn accept(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (person, of) = (signed.person.clone(), path.clone());
    app.db.read(move |db| open_pool(db, &person, &of).map(drop)).await?;
    let chosen: Result<Vec<NominationId>, _> = form.all("nomination").into_iter().map(str::parse).collect();
    let chosen = chosen.map_err(|_| WebError::NotFound)?;
    let count = chosen.len();
    let (person, now) = (signed.person.clone(), app.clock.now());
    let outcome = app
        .db
        .write(move |db| -> Result<(), AcceptNominationError> {
            for nomination in &chosen {
                selection::accept_nomination(db, &person, nomination, now)?;
            }
            Ok(())
        })
        .await;
    let said = if count == 0 {
        ("wait", Sentence::new("nomination-none-ticked"))
    } else {
        ("ok", Sentence::new("nomination-accepted").with("n", count))
    };
    answer(&app, &signed, &path, outcome, said, &Typed::default()).await
}

pub async fn return_one(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, id) = path.into_inner();
    let nomination: NominationId = id.parse().map_err(|_| WebError::NotFound)?;
    let typed = Typed { nomination: id, reason: form.get("reason").to_owned() };
    let (person, reason, now) = (signed.person.clone(), typed.reason.clone(), app.clock.now());
    ask_who(&app, &signed, &pool, &nomination).await?;
    let outcome =
        app.db.write(move |db| selection::return_nomination(db, &person, &nomination, &reason, now)).await;
    answer(&app, &signed, &pool, outcome, ("ok", Sentence::new("nomination-returned")), &typed).await
}

pub async fn recall(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, id) = path.into_inner();
    let nomination: NominationId = id.parse().map_err(|_| WebError::NotFound)?;
    let typed = Typed { nomination: id, reason: form.get("reason").to_owned() };
    let (person, reason, now) = (signed.person.clone(), typed.reason.clone(), app.clock.now());
    ask_who(&app, &signed, &pool, &nomination).await?;
    let outcome =
        app.db.write(move |db| selection::recall_nomination(db, &person, &nomination, &reason, now)).await;
    answer(&app, &signed, &pool, outcome, ("ok", Sentence::new("nomination-recalled")), &typed).await
}

/// The nomination came into the pool of the address or went up from it, and that pool is theirs.
async fn ask_who(app: &App, signed: &SignedIn, pool: &str, id: &NominationId) -> Result<(), WebError> {
    let (person, pool, id) = (signed.person.clone(), pool.to_owned(), id.clone());
    app.db.read(move |db| find(db, &person, &pool, &id)).await.map(drop)
}

/// Back to the list, or the list again with what was typed and why it was not taken.
async fn answer<T, E: Refused>(
    app: &App,
    signed: &SignedIn,
    pool: &str,
    outcome: Result<T, E>,
    said: (&str, Sentence),
    typed: &Typed,
) -> Result<HttpResponse, WebError> {
    let words = signed.visitor.words;
    let (status, errors, refused) = match outcome.map_err(Refused::refusal) {
        Ok(_) => {
            let back = format!("/manage/pools/{pool}/nominations");
            return Ok(signed.visitor.redirect(app, &back, Some(said)));
        }
        Err(Refusal::Invalid(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, ShownErrors::new(&errors, &words), String::new())
        }
        Err(Refusal::Said(sentence)) => {
            (StatusCode::CONFLICT, ShownErrors::default(), sentence.said(words.lang))
        }
        Err(Refusal::NotFound) => return Err(WebError::NotFound),
        Err(Refusal::Database(error)) => return Err(error.into()),
    };
    let page = read(app, signed, pool, typed, errors, refused).await?;
    app.page_with(status, &signed.visitor, &page)
}

/// One that came in or went up.
pub fn find(
    db: &mut Db,
    person: &Person,
    pool: &str,
    id: &NominationId,
) -> Result<(OpenedPool, ShownNomination), WebError> {
    let opened = open_pool(db, person, pool)?;
    let mut all = list_incoming(db, &opened.pool.id)?;
    all.extend(list_outgoing(db, &opened.pool.id)?);
    let shown = all.into_iter().find(|shown| shown.nomination.id == *id).ok_or(WebError::NotFound)?;
    Ok((opened, shown))
}
