//! One sheet as whoever leads the judging sees it: marks, what happened to it, voiding and reopening with a reason.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        ids::SheetId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        contests::{Criterion, views::list_criteria},
        entries::{self, Entry},
        judging::{
            PanelRole, Sheet, SheetEvent, SheetStatus,
            assigning::JudgeFacts,
            notes::{self, SheetNote},
            reopen_sheet,
            standing::{form_of, ratio_text, sheet_score},
            store, views, void_sheet,
        },
        pools::PoolStatus,
    },
    infra::db::{Db, DbError},
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        judge::{Veil, time_of},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct LedSheetPage {
    pub head: PoolHead,
    pub href: String,
    pub code: String,
    pub title: String,
    pub judge: String,
    pub status: &'static str,
    pub status_label: String,
    pub rows: Vec<MarkRow>,
    pub total: String,
    pub comment: String,
    /// The judge's own notes at moments of films, for the head of the panel alone.
    pub notes: Vec<LedNote>,
    pub events: Vec<ShownSheetEvent>,
    pub can_void: bool,
    pub can_reopen: bool,
    pub reason: String,
    pub reason_error: String,
    pub errors: ShownErrors,
}

#[derive(Debug, Serialize)]
pub struct LedNote {
    pub time: String,
    pub content: String,
}

#[derive(Debug, Serialize)]
pub struct MarkRow {
    pub label: String,
    pub mark: String,
    pub max: String,
}

#[derive(Debug, Serialize)]
pub struct ShownSheetEvent {
    pub time: String,
    pub text: String,
    pub reason: String,
}

impl Page for LedSheetPage {
    const TEMPLATE: &'static str = "manage/pools/sheet.html";
}

struct Facts {
    led: Led,
    sheet: Sheet,
    entry: Entry,
    /// What else a blind round covers.
    makers: Vec<String>,
    judge: Option<JudgeFacts>,
    criteria: Vec<Criterion>,
    marks: std::collections::HashMap<crate::base::ids::CriterionId, crate::base::points::Points>,
    events: Vec<(SheetEvent, String)>,
    notes: Vec<SheetNote>,
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &path, "", FieldErrors::default()).await
}

pub async fn void(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = sheet_id(&path.1)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    ask_who(&app, &signed, &path).await?;
    let done = app.db.write(move |db| void_sheet(db, &person, &id, &reason, now)).await;
    answer(&app, &signed, &path, &form, done.map(drop).map_err(WebError::from), "sheet-voided").await
}

pub async fn reopen(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = sheet_id(&path.1)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    ask_who(&app, &signed, &path).await?;
    let done = app.db.write(move |db| reopen_sheet(db, &person, &id, &reason, now)).await;
    answer(&app, &signed, &path, &form, done.map(drop).map_err(WebError::from), "sheet-reopened").await
}

/// The sheet is of the pool of the address, and that pool is theirs to lead.
async fn ask_who(app: &AppData, signed: &SignedIn, path: &(String, String)) -> Result<(), WebError> {
    let (pool, sheet, person) = (pool_id(&path.0)?, sheet_id(&path.1)?, Arc::clone(&signed.person));
    let is_theirs = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let led = Led::read(db, &person, &pool)?.filter(Led::may_lead);
            let sheet = store::find_sheet(db, &sheet)?.filter(|sheet| sheet.pool_id == pool);
            Ok(led.is_some() && sheet.is_some())
        })
        .await?;
    if is_theirs { Ok(()) } else { Err(WebError::NotFound) }
}

fn sheet_id(text: &str) -> Result<SheetId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

async fn answer(
    app: &AppData,
    signed: &SignedIn,
    path: &(String, String),
    form: &Form,
    done: Result<(), WebError>,
    key: &'static str,
) -> Result<HttpResponse, WebError> {
    let errors = match done {
        Ok(()) => {
            let to = format!("/manage/pools/{}/sheets/{}", pool_id(&path.0)?, sheet_id(&path.1)?);
            return Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(key)))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("reason", sentence),
        Err(error) => return Err(error),
    };
    page(app, signed, path, form.get("reason"), errors).await
}

fn read(
    db: &mut Db,
    person: &crate::features::accounts::Person,
    path: &(crate::base::ids::PoolId, SheetId),
    words: &Words,
) -> Result<Option<Facts>, DbError> {
    let Some(led) = Led::read(db, person, &path.0)?.filter(Led::may_lead) else { return Ok(None) };
    let sheet = store::find_sheet(db, &path.1)?.filter(|sheet| sheet.pool_id == path.0);
    let Some(sheet) = sheet else { return Ok(None) };
    let Some(entry) = entries::store::find(db, &sheet.entry_id)? else { return Ok(None) };
    let judges = views::list_judges(db, &path.0, words.now)?;
    let seat = store::find_seat(db, &path.0, &person.id)?;
    let notes = match seat.map(|seat| seat.role) {
        Some(PanelRole::Head) => notes::store::list_of_sheet(db, &path.0, &sheet.entry_id, &sheet.judge_id)?,
        _ => Vec::new(),
    };
    let makers = if led.is_blind() {
        views::makers_of(db, &path.0, std::slice::from_ref(&entry.id))?.remove(&entry.id).unwrap_or_default()
    } else {
        Vec::new()
    };
    Ok(Some(Facts {
        notes,
        makers,
        judge: judges.into_iter().find(|judge| judge.member.account_id == sheet.judge_id),
        criteria: list_criteria(db, &led.place.round.id)?,
        marks: views::marks_of_sheet(db, &sheet.id)?,
        events: views::list_events(db, &sheet.id)?,
        entry,
        sheet,
        led,
    }))
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    path: &(String, String),
    reason: &str,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let ids = (pool_id(&path.0)?, sheet_id(&path.1)?);
    let (person, words) = (Arc::clone(&signed.person), signed.visitor.words);
    let facts = app.db.read(move |db| read(db, &person, &ids, &words)).await?.ok_or(WebError::NotFound)?;
    let Facts { led, sheet, entry, makers, judge, criteria, marks, events, notes } = &facts;
    let pool = &led.place.pool;
    let is_judging = pool.status == PoolStatus::Judging;
    let is_submitted = sheet.status == SheetStatus::Submitted;
    let number = judge.as_ref().map_or(0, |judge| judge.member.number);
    let name = judge.as_ref().filter(|_| led.may_run).map(|judge| format!(": {}", judge.full_name));
    let form = form_of(criteria).ok();
    let total = form.and_then(|form| sheet_score(&form, criteria, marks));
    let shown = ShownErrors::new(&errors, &words);
    let page = LedSheetPage {
        head: led.head("standing", &words),
        href: format!("/manage/pools/{}/sheets/{}", pool.id, sheet.id),
        code: entry.code.clone().unwrap_or_default(),
        title: Veil::new(led.is_blind(), &entry.authors, makers, &entry.unit_name).cover(&entry.title),
        judge: format!(
            "{}{}",
            words.say_with("judge-seat", &[("n", number.into())]),
            name.unwrap_or_default()
        ),
        status: match sheet.status {
            SheetStatus::Draft => "draft",
            SheetStatus::Submitted => "done",
            SheetStatus::Voided => "revoked",
        },
        status_label: words.say(&format!("sheet-status-{}", sheet.status)),
        rows: criteria
            .iter()
            .map(|criterion| MarkRow {
                label: criterion.name_in(words.lang).to_owned(),
                mark: marks.get(&criterion.id).map(|mark| words.points(*mark)).unwrap_or_default(),
                max: words.points(criterion.max_mark),
            })
            .collect(),
        total: total.map(|total| ratio_text(total, 2, words.lang)).unwrap_or_default(),
        comment: sheet.comment.clone(),
        notes: notes
            .iter()
            .map(|note| LedNote { time: time_of(note.at_ms), content: note.content.clone() })
            .collect(),
        events: events
            .iter()
            .map(|(event, by)| ShownSheetEvent {
                time: words.date_time(event.happened_at),
                text: words.say_with(
                    &format!("sheet-event-{}", event.event),
                    &[("by", by_whom(led, sheet, event, by, number, &words).into())],
                ),
                reason: event.reason.clone(),
            })
            .collect(),
        can_void: is_judging && is_submitted,
        can_reopen: is_judging && is_submitted && pool.judging_closed_at.is_none(),
        reason: reason.to_owned(),
        reason_error: shown.by_field.get("reason").cloned().unwrap_or_default(),
        errors: shown,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

/// Judges know each other by number; names are for whoever runs the pool.
fn by_whom(led: &Led, sheet: &Sheet, event: &SheetEvent, name: &str, number: i32, words: &Words) -> String {
    if led.may_run || event.account_id != sheet.judge_id {
        return name.to_owned();
    }
    words.say_with("judge-seat", &[("n", number.into())])
}
