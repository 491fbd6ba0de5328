//! Entries: the published ones for everyone, all of a contest for whoever runs it, one's own for the member.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, Json, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    caller::{Caller, KnownCaller},
    contests::visible_contest,
};
use crate::{
    base::{
        ids::{ConsentId, EntryId, UnitId},
        page::PageRequest,
    },
    features::{
        attachments, contests,
        entries::{
            self, Entry, NewDraft, RawDraft, SubmitRequest, create_draft, save_draft, submit_entry,
            views::{EntryFilter, EntryLine, Scope},
            withdraw_entry,
        },
        judging,
        units::{LevelCode, views::steps_of},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::file_address,
        error::WebError,
        files::signed_address,
        form::{AppData, query},
    },
};

/// Long enough to fetch a film over a bad network.
const ADDRESS_OPENS_FOR: chrono::Duration = chrono::Duration::hours(1);

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct EntryQuery {
    /// Words of the title, the authors, the unit; marks and case do not count.
    pub q: String,
    pub level: Option<String>,
    /// `individual`, `collective` or `not_recorded`.
    pub kind: Option<String>,
    pub tool: Option<String>,
    /// `all` for whoever runs the contest; the published ones otherwise.
    pub scope: String,
    pub page: Option<i64>,
    pub per_page: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EntryList {
    pub total: i64,
    pub page: i64,
    pub per_page: i64,
    pub entries: Vec<EntryInList>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EntryInList {
    pub id: String,
    pub code: Option<String>,
    pub title: String,
    pub kind: String,
    pub authors: String,
    pub unit: String,
    pub level: String,
    pub status: String,
    pub submitted_at: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EntryAnswer {
    pub id: String,
    pub contest: String,
    pub code: Option<String>,
    pub title: String,
    pub kind: String,
    pub authors: String,
    pub unit: String,
    /// The names of the units from the entry's own up to the top.
    pub path: Vec<String>,
    pub level: String,
    pub status: String,
    /// Counts up with every change; a change names the one it was made from.
    pub edition: i32,
    pub revision: i32,
    pub submitted_at: Option<String>,
    pub files: Vec<FileAnswer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FileAnswer {
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    /// BLAKE3, in hexadecimal digits.
    pub hash: String,
    /// For whoever deals with the entry it opens by itself, for an hour.
    pub address: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewEntryRequest {
    /// Made by the caller (a UUID), so that a call sent twice makes one entry; made here when absent.
    pub id: Option<String>,
    pub unit_id: String,
    pub title: String,
    /// `individual` or `collective`.
    pub kind: String,
    #[serde(default)]
    pub category_id: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ContentRequest {
    pub edition: i32,
    pub title: String,
    pub kind: String,
    #[serde(default)]
    pub category_id: String,
    pub authors: String,
    #[serde(default)]
    pub members: Vec<String>,
    /// By the id of the field; a field of many values has many texts.
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct SubmissionRequest {
    pub edition: i32,
    /// The ids of the consents that are given.
    #[serde(default)]
    pub consents: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptAnswer {
    pub code: Option<String>,
    pub revision: i32,
    pub receipt: String,
    pub content_hash: String,
    pub submitted_at: String,
}

#[utoipa::path(get, path = "/api/v1/contests/{slug}/entries", params(("slug" = String, Path), EntryQuery),
    responses((status = 200, body = EntryList), (status = 404)))]
pub async fn list(
    app: AppData,
    caller: Caller,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<Json<EntryList>, WebError> {
    let asked: EntryQuery = query(&request);
    let page = PageRequest::new(asked.page, asked.per_page.unwrap_or(50));
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(contest) = visible_contest(db, &slug, caller.person.as_deref())? else {
                return Ok(None);
            };
            let all = match (&caller.person, asked.scope.as_str()) {
                (Some(person), "all") => contests::policy::may_run(db, person, &contest)?,
                _ => false,
            };
            let scope = if all { Scope::Contest } else { Scope::Public };
            let filter = EntryFilter {
                text: asked.q,
                contest: Some(contest.id),
                level: asked.level.as_deref().map(LevelCode::new),
                kind: asked.kind.and_then(|kind| kind.parse().ok()),
                tool: asked.tool,
                except: judging::policy::veiled_from(db, caller.person.as_deref())?,
                ..EntryFilter::default()
            };
            Ok(Some(entries::views::search(db, &scope, &filter, page)?))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    Ok(Json(EntryList {
        total: found.total,
        page: page.number,
        per_page: page.per_page,
        entries: found.rows.into_iter().map(in_list).collect(),
    }))
}

fn in_list(line: EntryLine) -> EntryInList {
    EntryInList {
        id: line.id.to_string(),
        code: line.code,
        title: line.title,
        kind: line.kind.to_string(),
        authors: line.authors,
        unit: line.unit_name,
        level: line.level.as_str().to_owned(),
        status: line.status.to_string(),
        submitted_at: line.submitted_at.map(super::moment),
    }
}

#[utoipa::path(get, path = "/api/v1/entries/{entry}", params(("entry" = String, Path)),
    responses((status = 200, body = EntryAnswer), (status = 404)))]
pub async fn show(app: AppData, caller: Caller, entry: Path<String>) -> Result<Json<EntryAnswer>, WebError> {
    let id: EntryId = entry.parse().map_err(|_| WebError::NotFound)?;
    let opener = app.clone();
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(entry) = entries::store::find(db, &id)? else { return Ok(None) };
            let person = caller.person.as_deref();
            if !entries::policy::may_see(db, person, entry.access())?
                || judging::policy::is_veiled_from(db, person, &entry.id)?
            {
                return Ok(None);
            }
            // Who is told no more than everyone takes the files as everyone does.
            let deals_with_it = match person {
                Some(person) => entries::policy::may_deal_with(db, person, entry.access())?,
                None => false,
            };
            answer(db, entry, deals_with_it.then_some(&opener)).map(Some)
        })
        .await?;
    found.map(Json).ok_or(WebError::NotFound)
}

/// What whoever deals with the entry is told, after something was done to it.
async fn answer_for_its_people(app: &AppData, entry: Entry) -> Result<EntryAnswer, WebError> {
    let opener = app.clone();
    Ok(app.db.read(move |db| answer(db, entry, Some(&opener))).await?)
}

/// A program brings no session to the address of a file: with `opener` the addresses open for a while by themselves.
fn answer(db: &mut Db, entry: Entry, opener: Option<&AppData>) -> Result<EntryAnswer, DbError> {
    let contest = contests::store::find(db, &entry.contest_id)?;
    let path = steps_of(db, &entry.unit_id)?;
    let files = attachments::views::list_of_entry(db, &entry.id)?;
    Ok(EntryAnswer {
        id: entry.id.to_string(),
        contest: contest.map(|contest| contest.slug.as_str().to_owned()).unwrap_or_default(),
        code: entry.code,
        title: entry.title,
        kind: entry.kind.to_string(),
        authors: entry.authors,
        unit: entry.unit_name,
        path: path.into_iter().map(|step| step.name).collect(),
        level: entry.level.as_str().to_owned(),
        status: entry.status.to_string(),
        edition: entry.edition,
        revision: entry.revision,
        submitted_at: entry.submitted_at.map(super::moment),
        files: files
            .into_iter()
            .map(|file| FileAnswer {
                address: match opener {
                    Some(app) => signed_address(app, &file, app.clock.now() + ADDRESS_OPENS_FOR),
                    None => file_address(&file.id, &file.file_name),
                },
                name: file.file_name,
                media_type: file.media_type,
                bytes: file.byte_count,
                hash: file.file_hash.as_str().to_owned(),
            })
            .collect(),
    })
}

#[utoipa::path(post, path = "/api/v1/contests/{slug}/entries", params(("slug" = String, Path)),
    request_body = NewEntryRequest, security(("bearer" = [])),
    responses((status = 201, body = EntryAnswer), (status = 401), (status = 404), (status = 409), (status = 422)))]
pub async fn create(
    app: AppData,
    caller: KnownCaller,
    slug: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let asked: NewEntryRequest = super::read_json(&body)?;
    let (person, now) = (caller.person, caller.words.now);
    let id = match &asked.id {
        Some(id) => id.parse().map_err(|_| WebError::NotFound)?,
        None => EntryId::generate(),
    };
    let unit_id: UnitId = asked.unit_id.parse().map_err(|_| WebError::NotFound)?;
    let contest =
        app.db.read(move |db| contests::views::find_by_slug(db, &slug)).await?.ok_or(WebError::NotFound)?;
    let new = NewDraft {
        id,
        contest_id: contest.id,
        unit_id,
        kind: asked.kind.parse().ok(),
        category_id: asked.category_id.and_then(|id| id.parse().ok()),
        title: asked.title,
        on_behalf: None,
    };
    let entry = app.db.write(move |db| create_draft(db, &person, &new, now)).await?;
    let answer = answer_for_its_people(&app, entry).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(answer))
}

/// Asked before the body is read: somebody else's entry is not found.
async fn own_entry(app: &AppData, caller: &KnownCaller, entry: &str) -> Result<EntryId, WebError> {
    let id: EntryId = entry.parse().map_err(|_| WebError::NotFound)?;
    let found = app.db.read(move |db| entries::store::find(db, &id)).await?;
    let own = found.filter(|entry| entries::policy::may_edit(&caller.person, entry));
    own.map(|entry| entry.id).ok_or(WebError::NotFound)
}

#[utoipa::path(put, path = "/api/v1/entries/{entry}", params(("entry" = String, Path)), request_body = ContentRequest,
    security(("bearer" = [])),
    responses((status = 200, body = EntryAnswer), (status = 401), (status = 404), (status = 409), (status = 422)))]
pub async fn save(
    app: AppData,
    caller: KnownCaller,
    entry: Path<String>,
    body: Bytes,
) -> Result<Json<EntryAnswer>, WebError> {
    let id = own_entry(&app, &caller, &entry).await?;
    let asked: ContentRequest = super::read_json(&body)?;
    let (person, now) = (caller.person, caller.words.now);
    let answers = asked.answers.into_iter().filter_map(|(field, typed)| Some((field.parse().ok()?, typed)));
    let raw = RawDraft {
        title: asked.title,
        kind: asked.kind,
        category: asked.category_id,
        authors: asked.authors,
        members: asked.members.join("\n"),
        answers: answers.collect(),
    };
    let entry = app.db.write(move |db| save_draft(db, &person, &id, asked.edition, &raw, now)).await?;
    Ok(Json(answer_for_its_people(&app, entry).await?))
}

#[utoipa::path(post, path = "/api/v1/entries/{entry}/submissions", params(("entry" = String, Path)),
    request_body = SubmissionRequest, security(("bearer" = [])),
    responses((status = 201, body = ReceiptAnswer), (status = 401), (status = 404), (status = 409), (status = 422)))]
pub async fn submit(
    app: AppData,
    caller: KnownCaller,
    entry: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let id = own_entry(&app, &caller, &entry).await?;
    let asked: SubmissionRequest = super::read_json(&body)?;
    let (person, now) = (caller.person, caller.words.now);
    let consents: Vec<ConsentId> = asked.consents.iter().filter_map(|id| id.parse().ok()).collect();
    let request = SubmitRequest { edition: asked.edition, consents };
    let submission = app.db.write(move |db| submit_entry(db, &person, &id, &request, now)).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(ReceiptAnswer {
        code: submission.entry.code,
        revision: submission.revision.number,
        receipt: submission.revision.receipt_code,
        content_hash: submission.revision.content_hash,
        submitted_at: super::moment(submission.revision.submitted_at),
    }))
}

#[utoipa::path(post, path = "/api/v1/entries/{entry}/withdrawal", params(("entry" = String, Path)),
    security(("bearer" = [])),
    responses((status = 200, body = EntryAnswer), (status = 401), (status = 404), (status = 409)))]
pub async fn withdraw(
    app: AppData,
    caller: KnownCaller,
    entry: Path<String>,
) -> Result<Json<EntryAnswer>, WebError> {
    let id: EntryId = entry.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (caller.person, caller.words.now);
    let entry = app.db.write(move |db| withdraw_entry(db, &person, &id, now)).await?;
    Ok(Json(answer_for_its_people(&app, entry).await?))
}
