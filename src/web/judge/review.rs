//! All sheets of a judge on one page, and all of them submitted in one act.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    list::{AtPool, PoolHeading, state_of},
    list_href, pool_id,
    sheet::written,
    sheet_href,
};
use crate::{
    base::{ids::EntryId, sentence::Sentence},
    features::{
        contests::{Criterion, views::list_criteria},
        judging::{
            Mark, Sheet,
            sheets::{SubmitAllError, submit_all},
            views::{self, NamedPlace},
        },
        refusal::{Refusal, Refused as _},
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct ReviewPage {
    pub head: PoolHeading,
    pub rows: Vec<ReviewRow>,
    /// Why nothing was submitted.
    pub notice: String,
    pub ready: usize,
    pub kept_back: usize,
    pub can_write: bool,
}

#[derive(Debug, Serialize)]
pub struct ReviewRow {
    pub entry: String,
    pub edition: i32,
    pub href: String,
    pub code: String,
    pub title: String,
    pub state: &'static str,
    pub score: String,
    pub marks: Vec<ReviewMark>,
    pub comment: String,
    pub private_note: String,
    /// "Còn thiếu: Sáng tạo, Hiệu quả"; empty when the sheet is complete.
    pub missing: String,
}

#[derive(Debug, Serialize)]
pub struct ReviewMark {
    pub criterion: String,
    pub mark: String,
    pub max: String,
    pub note: String,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "judge/review.html";
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &pool, String::new()).await
}

pub async fn submit(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let seen: BTreeMap<EntryId, i32> = form
        .pairs()
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("edition-")?.parse().ok()?, value.parse().ok()?)))
        .collect();
    let only_complete = form.get("act") == "complete";
    let (person, now, to) = (Arc::clone(&signed.person), signed.visitor.words.now, list_href(&id));
    let done: Result<_, SubmitAllError> =
        app.db.write(move |db| submit_all(db, &person, &id, &seen, only_complete, now)).await;
    match done.map_err(SubmitAllError::refusal) {
        Ok(done) => {
            let said = if done.kept_back.is_empty() {
                Sentence::new("judge-review-done").with("n", done.submitted)
            } else {
                let codes: Vec<&str> = done.kept_back.iter().map(|kept| kept.code.as_str()).collect();
                Sentence::new("judge-review-done-some")
                    .with("n", done.submitted)
                    .with("left", codes.len())
                    .with("named", codes.join(", "))
            };
            Ok(signed.visitor.redirect(&app, &to, Some(("ok", said))))
        }
        Err(Refusal::Said(sentence)) => {
            page(&app, &signed, &pool, sentence.said(signed.visitor.words.lang)).await
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    notice: String,
) -> Result<HttpResponse, WebError> {
    let (pool, judge) = (pool_id(pool)?, signed.person.id.clone());
    let words = signed.visitor.words;
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(at) = AtPool::read(db, &pool, &judge, words.lang)? else { return Ok(None) };
            let criteria = list_criteria(db, &at.place.round.id)?;
            let sheets = views::sheets_of_judge(db, &pool, &judge)?;
            Ok(Some((at, criteria, sheets)))
        })
        .await?;
    let (at, criteria, mut sheets) = found.ok_or(WebError::NotFound)?;
    let rows: Vec<ReviewRow> = at
        .places
        .iter()
        .map(|place| row(&at, place, sheets.remove(&place.entry_id), &criteria, &words))
        .collect();
    let open = || rows.iter().filter(|row| row.state != "done");
    let page = ReviewPage {
        ready: open().filter(|row| row.missing.is_empty()).count(),
        kept_back: open().filter(|row| !row.missing.is_empty()).count(),
        can_write: at.is_open(),
        head: at.heading(&words),
        notice,
        rows,
    };
    let status = if page.notice.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    app.page_with(status, &signed.visitor, &page)
}

fn row(
    at: &AtPool,
    place: &NamedPlace,
    sheet: Option<(Sheet, Vec<Mark>)>,
    criteria: &[Criterion],
    words: &Words,
) -> ReviewRow {
    let (comment, private_note) = sheet
        .as_ref()
        .map(|(sheet, _)| (sheet.comment.clone(), sheet.private_note.clone()))
        .unwrap_or_default();
    let (marks, notes) = sheet.map(|(sheet, marks)| written(marks, &sheet)).unwrap_or_default();
    let missing: Vec<&str> = criteria
        .iter()
        .filter(|criterion| criterion.is_required && !marks.contains_key(&criterion.id))
        .map(|criterion| criterion.name_in(words.lang))
        .collect();
    let state = state_of(place);
    ReviewRow {
        entry: place.entry_id.to_string(),
        edition: place.edition,
        href: sheet_href(&at.place.pool.id, &place.entry_id),
        code: place.code.clone(),
        title: at.title_of(place),
        state,
        score: at.scores.get(&place.entry_id).cloned().unwrap_or_default(),
        missing: if missing.is_empty() || state == "done" {
            String::new()
        } else if marks.is_empty() {
            words.say("judge-review-not-begun")
        } else {
            words.say_with("judge-review-missing", &[("criteria", missing.join(", ").into())])
        },
        marks: criteria
            .iter()
            .map(|criterion| ReviewMark {
                criterion: criterion.name_in(words.lang).to_owned(),
                mark: marks.get(&criterion.id).map(|mark| words.points(*mark)).unwrap_or_default(),
                max: words.points(criterion.max_mark),
                note: notes.get(&criterion.id).cloned().unwrap_or_default(),
            })
            .collect(),
        comment,
        private_note,
    }
}
