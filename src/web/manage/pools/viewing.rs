//! What judges looked at, for whoever leads the judging, and letting a sheet be given without it.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        ids::{AccountId, EntryId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        attachments::{
            self, Attachment,
            renditions::views::{PageCounts, count_pages},
        },
        judging::{
            assigning::{JudgeFacts, StandingEntry},
            store,
            viewing::{Look, Measure, Viewing, ViewingWaiver, WaiveViewingError, looks, waive_viewing},
            views::{self, Task},
        },
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct ViewingPage {
    pub head: PoolHead,
    pub rows: Vec<ViewingRow>,
    pub judges: Vec<ViewingJudge>,
    pub code: String,
    pub reason: String,
    pub errors: ShownErrors,
}

#[derive(Debug, Serialize)]
pub struct ViewingRow {
    pub number: i32,
    pub judge: String,
    pub code: String,
    pub title: String,
    /// "Tệp 2: 3/12 trang", for each file of the entry.
    pub looks: Vec<String>,
    pub first: String,
    pub last: String,
    /// Why the sheet may be given without; empty when it was not waived.
    pub waived: String,
}

#[derive(Debug, Serialize)]
pub struct ViewingJudge {
    pub account: String,
    pub label: String,
    pub chosen: bool,
}

impl Page for ViewingPage {
    const TEMPLATE: &'static str = "manage/pools/viewing.html";
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &pool, &Form::default(), FieldErrors::default()).await
}

pub async fn waive(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let Ok(judge) = form.get("judge").parse::<AccountId>() else {
        let wrong = FieldErrors::one("judge", Sentence::new("assignments-error-judge"));
        return page(&app, &signed, &pool, &form, wrong).await;
    };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let (code, reason) = (form.get("code").trim().to_owned(), form.get("reason").to_owned());
    let to = format!("/manage/pools/{id}/viewing");
    let done = app
        .db
        .write(move |db| -> Result<(), WaiveViewingError> {
            let entries = views::list_standing_entries(db, &id)?;
            let entry = entries.into_iter().find(|entry| entry.code == code);
            let Some(entry) = entry else {
                return Err(FieldErrors::one("code", Sentence::new("assignments-error-code")).into());
            };
            waive_viewing(db, &person, &id, &entry.id, &judge, &reason, now)
        })
        .await;
    let errors = match done.map_err(WebError::from) {
        Ok(()) => {
            return Ok(signed.visitor.redirect(&app, &to, Some(("ok", Sentence::new("viewing-waived")))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("judge", sentence),
        Err(error) => return Err(error),
    };
    page(&app, &signed, &pool, &form, errors).await
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    form: &Form,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let (led, facts) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            let entries = views::list_standing_entries(db, &id)?;
            let of: Vec<EntryId> = entries.iter().map(|entry| entry.id.clone()).collect();
            let files = attachments::views::list_of_entries(db, &of)?;
            let facts = Facts {
                pages: count_pages(db, &files)?,
                files,
                entries,
                judges: views::list_judges(db, &id, words.now)?,
                tasks: views::list_tasks(db, &id)?,
                viewings: store::list_viewings(db, &id)?,
                waivers: store::list_waivers(db, &id)?,
            };
            Ok(Some((led, facts)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let judges = facts.judges.iter().filter(|judge| judge.member.is_active()).map(|judge| ViewingJudge {
        account: judge.member.account_id.to_string(),
        label: format!("{}. {}", judge.member.number, judge.full_name),
        chosen: judge.member.account_id.as_str() == form.get("judge"),
    });
    let page = ViewingPage {
        head: led.head("progress", &words),
        rows: facts.rows(&led, &words),
        judges: judges.collect(),
        code: form.get("code").to_owned(),
        reason: form.get("reason").to_owned(),
        errors: ShownErrors::new(&errors, &words),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

struct Facts {
    files: Vec<Attachment>,
    pages: PageCounts,
    entries: Vec<StandingEntry>,
    judges: Vec<JudgeFacts>,
    tasks: Vec<Task>,
    viewings: Vec<Viewing>,
    waivers: Vec<ViewingWaiver>,
}

impl Facts {
    /// By judge and code; what nobody has looked at yet too.
    fn rows(&self, led: &Led, words: &Words) -> Vec<ViewingRow> {
        let entries: HashMap<&EntryId, &StandingEntry> =
            self.entries.iter().map(|entry| (&entry.id, entry)).collect();
        let judges: HashMap<&AccountId, &JudgeFacts> =
            self.judges.iter().map(|judge| (&judge.member.account_id, judge)).collect();
        let mut files: HashMap<&EntryId, Vec<Attachment>> = HashMap::new();
        for file in &self.files {
            files.entry(&file.entry_id).or_default().push(file.clone());
        }
        let mut of_pair: HashMap<(&AccountId, &EntryId), Vec<&Viewing>> = HashMap::new();
        for viewing in &self.viewings {
            of_pair.entry((&viewing.judge_id, &viewing.entry_id)).or_default().push(viewing);
        }
        let mut rows: Vec<ViewingRow> = self
            .tasks
            .iter()
            .filter_map(|task| {
                let (entry, judge) = (entries.get(&task.entry_id)?, judges.get(&task.judge_id)?);
                let seen = of_pair.remove(&(&task.judge_id, &task.entry_id)).unwrap_or_default();
                let waiver = self
                    .waivers
                    .iter()
                    .find(|waiver| waiver.judge_id == task.judge_id && waiver.entry_id == task.entry_id);
                let told = seen
                    .iter()
                    .map(|viewing| (viewing.attachment_id.clone(), viewing.seen.0.clone()))
                    .collect();
                let first = seen.iter().map(|viewing| viewing.started_at).min();
                let last = seen.iter().map(|viewing| viewing.last_at).max();
                Some(ViewingRow {
                    number: judge.member.number,
                    judge: judge.full_name.clone(),
                    code: entry.code.clone(),
                    title: led.title_of(&entry.title, &entry.authors, &entry.unit_name),
                    looks: looks(files.get(&entry.id).map_or(&[], Vec::as_slice), &self.pages, &told)
                        .iter()
                        .map(|look| look_words(look, words))
                        .collect(),
                    first: first.map(|at| words.date_time(at)).unwrap_or_default(),
                    last: last.map(|at| words.date_time(at)).unwrap_or_default(),
                    waived: waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
                })
            })
            .collect();
        rows.sort_by(|one, other| (one.number, &one.code).cmp(&(other.number, &other.code)));
        rows
    }
}

fn look_words(look: &Look, words: &Words) -> String {
    let key = match (look.measure, look.whole) {
        (Measure::Seconds, Some(_)) => "viewing-seconds",
        (Measure::Seconds, None) => "viewing-seconds-alone",
        (Measure::Pages, _) => "viewing-pages",
        (Measure::Opened, _) if look.seen > 0 => "viewing-opened",
        (Measure::Opened, _) => "viewing-unopened",
    };
    let args = [
        ("n", look.number.into()),
        ("seen", look.seen.into()),
        ("whole", look.whole.unwrap_or_default().into()),
    ];
    words.say_with(key, &args)
}
