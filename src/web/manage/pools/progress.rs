//! How far the judging is, by judge and by entry; opening and closing it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    certainty::votes_of,
    head::{Led, PoolHead, pool_id},
};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        contests,
        judging::{
            Sheet, SheetStatus,
            assigning::{JudgeFacts, StandingEntry},
            close_judging, open_judging, reopen_judging,
            standing::{Outlook, outlook_of, seats_of, standing_of},
            views::{self, Task},
        },
        pools::PoolStatus,
    },
    infra::db::{Db, DbError},
    ranking::standing::{Fate, Reach},
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        judge::ShownProgress,
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct ProgressPage {
    pub head: PoolHead,
    pub all: ShownProgress,
    pub judges: Vec<JudgeProgress>,
    pub entries: Vec<EntryProgress>,
    pub missing: usize,
    /// What the missing sheets could still change, in sentences.
    pub outlook: Vec<String>,
    pub can_open: bool,
    /// Where it stands what judges looked at, if the round notes it.
    pub viewing_href: String,
    pub can_close: bool,
    pub can_reopen: bool,
    pub reason: String,
    pub reason_error: String,
    pub errors: ShownErrors,
}

#[derive(Debug, Serialize)]
pub struct JudgeProgress {
    pub number: i32,
    pub name: String,
    pub progress: ShownProgress,
    pub drafts: usize,
    pub has_left: bool,
    pub is_late: bool,
    pub last_saved: String,
}

#[derive(Debug, Serialize)]
pub struct EntryProgress {
    pub code: String,
    pub title: String,
    pub progress: ShownProgress,
    /// "Giám khảo 2, 5".
    pub missing: String,
    /// `done`, `ended` or `wait`, and what it means; empty where no bounds hold.
    pub fate: &'static str,
    pub fate_text: String,
    pub reach: String,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "manage/pools/progress.html";
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &pool, "", FieldErrors::default()).await
}

pub async fn open(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app.db.write(move |db| open_judging(db, &person, &id, now)).await;
    answer(&app, &signed, &pool, &form, done.map(drop).map_err(WebError::from), "progress-opened").await
}

pub async fn close(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    let done = app.db.write(move |db| close_judging(db, &person, &id, &reason, now)).await;
    answer(&app, &signed, &pool, &form, done.map(drop).map_err(WebError::from), "progress-closed").await
}

pub async fn reopen(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    let done = app.db.write(move |db| reopen_judging(db, &person, &id, &reason, now)).await;
    answer(&app, &signed, &pool, &form, done.map(drop).map_err(WebError::from), "progress-reopened").await
}

async fn answer(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    form: &Form,
    done: Result<(), WebError>,
    key: &'static str,
) -> Result<HttpResponse, WebError> {
    let errors = match done {
        Ok(()) => {
            let to = format!("/manage/pools/{}/progress", pool_id(pool)?);
            return Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(key)))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("reason", sentence),
        Err(error) => return Err(error),
    };
    page(app, signed, pool, form.get("reason"), errors).await
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    reason: &str,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let (led, entries, judges, tasks, sheets, outlook, keeps_viewing) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            let entries = views::list_standing_entries(db, &id)?;
            let judges = views::list_judges(db, &id, words.now)?;
            let tasks = views::list_tasks(db, &id)?;
            let sheets = views::sheets_by_pair(db, &id)?;
            let outlook = read_outlook(db, &led)?;
            let keeps_viewing = contests::store::find_round_desk(db, &led.place.round.id)?.keeps_viewing;
            Ok(Some((led, entries, judges, tasks, sheets, outlook, keeps_viewing)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let pool = &led.place.pool;
    let (by_entry, all) = by_entry(&led, &entries, &judges, (&tasks, outlook.as_ref()), &words);
    let is_closed = pool.judging_closed_at.is_some();
    let shown = ShownErrors::new(&errors, &words);
    let page = ProgressPage {
        head: led.head("progress", &words),
        judges: by_judge(&led, &entries, &judges, (&tasks, &sheets), &words),
        outlook: outlook.as_ref().map(|outlook| outlook_words(outlook, all, &words)).unwrap_or_default(),
        entries: by_entry,
        missing: all.total - all.done,
        all: ShownProgress::new(all, &words),
        viewing_href: if keeps_viewing {
            format!("/manage/pools/{}/viewing", pool.id)
        } else {
            String::new()
        },
        can_open: pool.status == PoolStatus::Gathering && led.place.round.takes_sheets(),
        can_close: pool.status == PoolStatus::Judging && !is_closed,
        can_reopen: pool.status == PoolStatus::Judging && is_closed,
        reason: reason.to_owned(),
        reason_error: shown.by_field.get("reason").cloned().unwrap_or_default(),
        errors: shown,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

/// Only while sheets can still come, and where there is a line to be above.
fn read_outlook(db: &mut Db, led: &Led) -> Result<Option<Outlook>, DbError> {
    let (pool, round) = (&led.place.pool, &led.place.round);
    if pool.status != PoolStatus::Judging || !round.takes_sheets() {
        return Ok(None);
    }
    let Some(seats) = seats_of(db, pool, round)? else { return Ok(None) };
    let votes = votes_of(db, led)?;
    let standing = standing_of(db, pool, &votes)?;
    let criteria = crate::features::contests::views::list_criteria(db, &round.id)?;
    Ok(outlook_of(&standing, round, &criteria, seats))
}

fn outlook_words(outlook: &Outlook, all: views::Progress, words: &Words) -> Vec<String> {
    let count = |fate: Fate| outlook.by_entry.values().filter(|reach| reach.fate == fate).count();
    let sheets = [
        ("seats", outlook.seats.into()),
        ("missing", (all.total - all.done).into()),
        ("decisive", outlook.decisive.into()),
    ];
    let entries = [
        ("in", count(Fate::In).into()),
        ("out", count(Fate::Out).into()),
        ("open", count(Fate::Open).into()),
    ];
    vec![
        words.say_with("progress-outlook-sheets", &sheets),
        words.say_with("progress-outlook-entries", &entries),
    ]
}

fn reach_text(reach: &Reach) -> String {
    if reach.best == reach.worst {
        reach.best.to_string()
    } else {
        format!("{}–{}", reach.best, reach.worst)
    }
}

/// The pool's own deadline, or else the closing of the round.
fn is_past(led: &Led, words: &Words) -> bool {
    led.place.pool.deadline_at.or(led.place.round.closes_at).is_some_and(|due| due < words.now)
}

fn is_done(task: &Task) -> bool {
    task.status == Some(SheetStatus::Submitted)
}

fn by_judge(
    led: &Led,
    entries: &[StandingEntry],
    judges: &[JudgeFacts],
    (tasks, sheets): (&[Task], &BTreeMap<(EntryId, AccountId), Sheet>),
    words: &Words,
) -> Vec<JudgeProgress> {
    let standing: std::collections::HashSet<_> = entries.iter().map(|entry| &entry.id).collect();
    let mut of_judge: HashMap<_, Vec<&Task>> = HashMap::new();
    for task in tasks.iter().filter(|task| standing.contains(&task.entry_id)) {
        of_judge.entry(&task.judge_id).or_default().push(task);
    }
    let mut last_saved: HashMap<&AccountId, Moment> = HashMap::new();
    for ((_, judge), sheet) in sheets {
        let last = last_saved.entry(judge).or_insert(sheet.saved_at);
        *last = (*last).max(sheet.saved_at);
    }
    let rows = judges.iter().filter_map(|judge| {
        let own = of_judge.remove(&judge.member.account_id).unwrap_or_default();
        if !judge.member.is_active() && own.is_empty() {
            return None;
        }
        let done = own.iter().filter(|task| is_done(task)).count();
        Some(JudgeProgress {
            number: judge.member.number,
            name: judge.full_name.clone(),
            progress: ShownProgress::new(views::Progress { done, total: own.len() }, words),
            drafts: own.iter().filter(|task| task.status == Some(SheetStatus::Draft)).count(),
            has_left: !judge.member.is_active(),
            is_late: done < own.len() && is_past(led, words),
            last_saved: last_saved
                .get(&judge.member.account_id)
                .map(|at| words.date_time(*at))
                .unwrap_or_default(),
        })
    });
    rows.collect()
}

fn by_entry(
    led: &Led,
    entries: &[StandingEntry],
    judges: &[JudgeFacts],
    (tasks, outlook): (&[Task], Option<&Outlook>),
    words: &Words,
) -> (Vec<EntryProgress>, views::Progress) {
    let numbers: HashMap<_, i32> =
        judges.iter().map(|judge| (&judge.member.account_id, judge.member.number)).collect();
    let mut of_entry: HashMap<_, Vec<&Task>> = HashMap::new();
    for task in tasks {
        of_entry.entry(&task.entry_id).or_default().push(task);
    }
    let mut all = views::Progress::default();
    let rows = entries.iter().map(|entry| {
        let own = of_entry.remove(&entry.id).unwrap_or_default();
        let done = own.iter().filter(|task| is_done(task)).count();
        all.done += done;
        all.total += own.len();
        let mut missing: Vec<i32> = own
            .iter()
            .filter(|task| !is_done(task))
            .filter_map(|task| numbers.get(&task.judge_id).copied())
            .collect();
        missing.sort_unstable();
        let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
        let reach = outlook.and_then(|outlook| outlook.by_entry.get(&entry.id));
        let (fate, fate_key) = match reach.map(|reach| reach.fate) {
            Some(Fate::In) => ("done", "progress-fate-in"),
            Some(Fate::Out) => ("ended", "progress-fate-out"),
            Some(Fate::Open) => ("wait", "progress-fate-open"),
            None => ("", "progress-fate-none"),
        };
        EntryProgress {
            fate,
            fate_text: words.say(fate_key),
            reach: reach.map(reach_text).unwrap_or_default(),
            code: entry.code.clone(),
            title: led.title_of(&entry.title, &entry.authors, &entry.unit_name),
            progress: ShownProgress::new(views::Progress { done, total: own.len() }, words),
            missing: missing.join(", "),
        }
    });
    (rows.collect(), all)
}
