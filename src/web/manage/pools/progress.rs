//! How far the judging is, by judge and by entry; opening and closing it.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    certainty::votes_of,
    head::{Led, PoolHead, pool_id},
    progress_rows::{EntryProgress, JudgeProgress, by_entry, by_judge},
};
use crate::{
    base::{
        sentence::{FieldErrors, Sentence},
        text::first_named,
    },
    features::{
        accounts::Person,
        contests,
        judging::{
            close_judging, open_judging,
            quorum::{MOST_NAMED, Quorum, named},
            reopen_judging,
            standing::{Outlook, outlook_of, seats_of, standing_of},
            views,
        },
        pools::PoolStatus,
    },
    infra::db::{Db, DbError},
    ranking::standing::Fate,
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
#[expect(clippy::struct_excessive_bools, reason = "what a template asks")]
pub struct ProgressPage {
    pub head: PoolHead,
    pub all: ShownProgress,
    pub judges: Vec<JudgeProgress>,
    pub entries: Vec<EntryProgress>,
    pub missing: usize,
    /// The declared quorum, and which entries lack sheets.
    pub quorum: Vec<String>,
    /// Entries that nobody scored and nobody is to score.
    pub forgotten: String,
    /// What the missing sheets could still change, in sentences.
    pub outlook: Vec<String>,
    pub can_open: bool,
    /// The judging cannot begin before the chain was shown; and where it is, for whoever may say so.
    pub chain_waits: bool,
    pub ties_href: String,
    /// Where it stands what judges looked at, if the round notes it.
    pub viewing_href: String,
    pub can_close: bool,
    /// The quorum allows the judging to be closed without a reason, or forbids that it is closed.
    pub has_quorum: bool,
    pub lacks_quorum: bool,
    pub can_reopen: bool,
    pub reason: String,
    pub reason_error: String,
    pub errors: ShownErrors,
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
    let (led, entries, judges, tasks, sheets, outlook, quorum, keeps_viewing, ties_href) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            let entries = views::list_standing_entries(db, &id)?;
            let judges = views::list_judges(db, &id, words.now)?;
            let tasks = views::list_tasks(db, &id)?;
            let sheets = views::sheets_by_pair(db, &id)?;
            let outlook = read_outlook(db, &led)?;
            let quorum = Quorum::of(db, &led.place.pool)?;
            let keeps_viewing = contests::store::find_round_desk(db, &led.place.round.id)?.keeps_viewing;
            let ties_href = ties_href(db, &person, &led)?;
            Ok(Some((led, entries, judges, tasks, sheets, outlook, quorum, keeps_viewing, ties_href)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let pool = &led.place.pool;
    let (by_entry, all) = by_entry(&led, &entries, &judges, (&tasks, outlook.as_ref(), &quorum), &words);
    let is_closed = pool.judging_closed_at.is_some();
    let shown = ShownErrors::new(&errors, &words);
    let page = ProgressPage {
        head: led.head("progress", &words),
        judges: by_judge(&led, &entries, &judges, (&tasks, &sheets), &words),
        outlook: outlook.as_ref().map(|outlook| outlook_words(outlook, all, &words)).unwrap_or_default(),
        entries: by_entry,
        missing: all.total - all.done,
        quorum: quorum_words(&quorum, &words),
        forgotten: forgotten_words(&led, &quorum, &words),
        has_quorum: quorum.is_reached(),
        lacks_quorum: !quorum.short().is_empty(),
        all: ShownProgress::new(all, &words),
        viewing_href: if keeps_viewing {
            format!("/manage/pools/{}/viewing", pool.id)
        } else {
            String::new()
        },
        can_open: waits_to_open(&led) && led.place.round.is_chain_shown(),
        chain_waits: waits_to_open(&led) && !led.place.round.is_chain_shown(),
        ties_href,
        can_close: pool.status == PoolStatus::Judging && !is_closed,
        can_reopen: pool.status == PoolStatus::Judging && is_closed,
        reason: reason.to_owned(),
        reason_error: shown.by_field.get("reason").cloned().unwrap_or_default(),
        errors: shown,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

fn quorum_words(quorum: &Quorum, words: &Words) -> Vec<String> {
    if quorum.needed == 0 {
        return Vec::new();
    }
    let short = quorum.short();
    let args = [
        ("needed", quorum.needed.into()),
        ("n", short.len().into()),
        ("named", named(&short).as_str().into()),
    ];
    let state = if short.is_empty() { "progress-quorum-reached" } else { "progress-quorum-short" };
    vec![words.say_with("progress-quorum", &args), words.say_with(state, &args)]
}

/// Only while the judging runs; before, nobody has anything.
fn forgotten_words(led: &Led, quorum: &Quorum, words: &Words) -> String {
    let forgotten = quorum.forgotten();
    if forgotten.is_empty() || led.place.pool.status != PoolStatus::Judging {
        return String::new();
    }
    let named = first_named(forgotten.iter().map(|count| count.code.clone()), MOST_NAMED);
    words.say_with("progress-forgotten", &[("n", forgotten.len().into()), ("named", named.into())])
}

fn waits_to_open(led: &Led) -> bool {
    led.place.pool.status == PoolStatus::Gathering && led.place.round.takes_sheets()
}

/// Where the chain is shown, for whoever may say that it was seen; empty for everybody else, and when it was.
fn ties_href(db: &mut Db, person: &Person, led: &Led) -> Result<String, DbError> {
    let waits = waits_to_open(led) && !led.place.round.is_chain_shown();
    if !waits || !contests::policy::may_run(db, person, &led.place.contest)? {
        return Ok(String::new());
    }
    Ok(format!("/manage/contests/{}/ties", led.place.contest.slug.as_str()))
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
