//! How many votes each entry of a pool had, as recorded, with the history and the proofs.

use std::collections::HashMap;

use actix_multipart::Multipart;
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{
            self, ContentDisposition, DispositionParam, DispositionType, HeaderValue, TryIntoHeaderValue,
        },
    },
    web::Path,
};
use serde::Serialize;

use super::{
    frame::{OpenedPool, PoolHead, open_pool},
    votes_form::{self, TypedCount},
};
use crate::{
    base::{
        ids::{EntryId, VoteCountId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        pools::PoolStatus,
        refusal::{Refusal, Refused},
        selection::{Candidate, store::list_pool_entries},
        voting::{self, VoteCount, views::history_of},
    },
    infra::db::Db,
    web::{
        app::App, error::WebError, form::AppData, form::ShownErrors, render::Page, send::send_file,
        visitor::SignedIn, words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct VotesPage {
    pub head: PoolHead,
    pub takes_votes: bool,
    pub is_open: bool,
    pub rows: Vec<VoteRow>,
}

impl Page for VotesPage {
    const TEMPLATE: &'static str = "manage/pools/votes.html";
}

#[derive(Debug, Serialize)]
pub struct VoteRow {
    pub title: String,
    pub detail: String,
    pub votes: String,
    pub source: String,
    pub at: String,
    pub href: String,
}

#[derive(Debug, Serialize)]
pub struct VotePage {
    pub head: PoolHead,
    pub title: String,
    pub detail: String,
    pub action: String,
    pub is_open: bool,
    pub has_count: bool,
    pub form: TypedCount,
    pub refused: String,
    pub errors: ShownErrors,
    pub history: Vec<CountRow>,
}

impl Page for VotePage {
    const TEMPLATE: &'static str = "manage/pools/vote.html";
}

#[derive(Debug, Serialize)]
pub struct CountRow {
    pub votes: String,
    pub source: String,
    pub proof_url: String,
    /// Where the proof file can be fetched; empty without one.
    pub proof_href: String,
    pub reason: String,
    pub by: String,
    pub at: String,
}

struct Found {
    opened: OpenedPool,
    entries: Vec<Candidate>,
    /// The newest first.
    history: Vec<(VoteCount, String)>,
}

fn find(db: &mut Db, person: &Person, id: &str) -> Result<Found, WebError> {
    let opened = open_pool(db, person, id)?;
    let entries = list_pool_entries(db, &opened.pool.id)?;
    let history = history_of(db, &opened.pool.id)?;
    Ok(Found { opened, entries, history })
}

fn is_open(opened: &OpenedPool) -> bool {
    opened.round.takes_votes() && matches!(opened.pool.status, PoolStatus::Gathering | PoolStatus::Judging)
}

pub async fn show(app: AppData, signed: SignedIn, path: Path<String>) -> Result<HttpResponse, WebError> {
    let person = signed.person.clone();
    let found = app.db.read(move |db| find(db, &person, &path)).await?;
    let words = signed.visitor.words;
    let mut newest: HashMap<&EntryId, &VoteCount> = HashMap::new();
    for (count, _) in &found.history {
        newest.entry(&count.entry_id).or_insert(count);
    }
    let row = |entry: &Candidate| {
        let count = newest.get(&entry.entry_id);
        VoteRow {
            title: entry.title.clone(),
            detail: format!("{} · {}", entry.code, entry.unit_name),
            votes: count.map(|count| words.number(count.votes)).unwrap_or_default(),
            source: count.map(|count| count.source.clone()).unwrap_or_default(),
            at: count.map(|count| words.date_time(count.recorded_at)).unwrap_or_default(),
            href: format!("{}/votes/{}", found.opened.href(), entry.entry_id),
        }
    };
    let page = VotesPage {
        head: found.opened.head(&words, "votes"),
        takes_votes: found.opened.round.takes_votes(),
        is_open: is_open(&found.opened),
        rows: found.entries.iter().map(row).collect(),
    };
    app.page(&signed.visitor, &page)
}

pub async fn show_entry(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = path.into_inner();
    let shown = entry_page(&app, &signed, &pool, &entry, None).await?;
    app.page(&signed.visitor, &shown)
}

type NotTaken = (TypedCount, FieldErrors, String);

async fn entry_page(
    app: &App,
    signed: &SignedIn,
    pool: &str,
    entry: &str,
    not_taken: Option<NotTaken>,
) -> Result<VotePage, WebError> {
    let entry: EntryId = entry.parse().map_err(|_| WebError::NotFound)?;
    let (person, pool) = (signed.person.clone(), pool.to_owned());
    let found = app.db.read(move |db| find(db, &person, &pool)).await?;
    let row = found.entries.iter().find(|row| row.entry_id == entry).ok_or(WebError::NotFound)?;
    let words = signed.visitor.words;
    let history: Vec<&(VoteCount, String)> =
        found.history.iter().filter(|(count, _)| count.entry_id == entry).collect();
    let newest = history.first().map(|(count, _)| count);
    let (mut form, errors, refused) = not_taken.unwrap_or_default();
    // The count that stands now is the one to replace: who was late has seen it by then.
    form.replaces = newest.map(|count| count.id.to_string()).unwrap_or_default();
    Ok(VotePage {
        head: found.opened.head(&words, "votes"),
        title: row.title.clone(),
        detail: format!("{} · {}", row.code, row.unit_name),
        action: format!("{}/votes/{entry}", found.opened.href()),
        is_open: is_open(&found.opened),
        has_count: newest.is_some(),
        form,
        refused,
        errors: ShownErrors::new(&errors, &words),
        history: history.into_iter().map(|(count, by)| count_row(&words, &found.opened, count, by)).collect(),
    })
}

fn count_row(words: &Words, opened: &OpenedPool, count: &VoteCount, by: &str) -> CountRow {
    CountRow {
        votes: words.number(count.votes),
        source: count.source.clone(),
        proof_url: count.proof_url.clone(),
        proof_href: if count.proof_file_hash.is_some() {
            format!("{}/votes/{}/proof", opened.href(), count.id)
        } else {
            String::new()
        },
        reason: count.reason.clone(),
        by: by.to_owned(),
        at: words.date_time(count.recorded_at),
    }
}

pub async fn record(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    parts: Multipart,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = path.into_inner();
    // Asked before anything of a file is taken in.
    entry_page(&app, &signed, &pool, &entry, None).await?;
    let (typed, file_error) = votes_form::read(&app, &signed.visitor, parts).await?;
    let (mut new, mut errors) = typed.count(&app);
    errors.0.extend(file_error.into_iter().map(|sentence| ("proof".to_owned(), sentence)));
    if !errors.is_empty() {
        return again(&app, &signed, &pool, &entry, (typed, errors, String::new())).await;
    }
    let (pool_id, entry_id) =
        (pool.parse().map_err(|_| WebError::NotFound)?, entry.parse().map_err(|_| WebError::NotFound)?);
    let (person, now) = (signed.person.clone(), app.clock.now());
    new.replaces = typed.replaces.parse().ok();
    let outcome =
        app.db.write(move |db| voting::record_votes(db, &person, &pool_id, &entry_id, &new, now)).await;
    match outcome.map_err(Refused::refusal) {
        Ok(count) => {
            let said = Sentence::new("votes-recorded").with("votes", count.votes);
            let to = format!("/manage/pools/{pool}/votes");
            Ok(signed.visitor.redirect(&app, &to, Some(("ok", said))))
        }
        Err(Refusal::Invalid(errors)) => {
            again(&app, &signed, &pool, &entry, (typed, errors, String::new())).await
        }
        Err(Refusal::Said(sentence)) => {
            let refused = sentence.said(signed.visitor.words.lang);
            again(&app, &signed, &pool, &entry, (typed, FieldErrors::default(), refused)).await
        }
        Err(Refusal::NotFound) => Err(WebError::NotFound),
        Err(Refusal::Database(error)) => Err(error.into()),
    }
}

async fn again(
    app: &App,
    signed: &SignedIn,
    pool: &str,
    entry: &str,
    not_taken: NotTaken,
) -> Result<HttpResponse, WebError> {
    let status = if not_taken.2.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
    let shown = entry_page(app, signed, pool, entry, Some(not_taken)).await?;
    app.page_with(status, &signed.visitor, &shown)
}

/// The file that shows a count, for those who run the pool.
pub async fn proof(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (pool, count) = path.into_inner();
    let count: VoteCountId = count.parse().map_err(|_| WebError::NotFound)?;
    let person = signed.person.clone();
    let read = move |db: &mut Db| -> Result<_, WebError> {
        let opened = open_pool(db, &person, &pool)?;
        let count = voting::store::find(db, &count)?.filter(|count| count.pool_id == opened.pool.id);
        let hash = count.and_then(|count| count.proof_file_hash).ok_or(WebError::NotFound)?;
        let file = voting::views::find_file(db, &hash)?.ok_or(WebError::NotFound)?;
        Ok((hash, file.media_type))
    };
    let (hash, media_type) = app.db.read(read).await?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(votes_form::file_name(&media_type))],
    };
    let mut response = send_file(&app, &request, hash.as_str(), &media_type).await?;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    if let Ok(disposition) = disposition.try_into_value() {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
