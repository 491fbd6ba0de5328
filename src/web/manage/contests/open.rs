//! Opening a contest, ending it, discarding it: each asked first on a page of its own.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::frame::{Crumb, Held, hold, or_said};
use crate::{
    base::{clock::Moment, sentence::Sentence},
    features::{
        accounts::Person,
        contests::{
            Contest, ContestStatus,
            change::{discard_contest, end_contest},
            checklist::can_open,
            open_contest,
        },
        refusal::Refused,
    },
    infra::db::{ActError, Db},
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        site::contests::card::moment,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct AskPage {
    pub title: String,
    pub text: String,
    pub crumbs: Vec<Crumb>,
    pub action: String,
    pub cancel: String,
    pub yes: String,
    pub points: Vec<String>,
    pub missing: Vec<Missed>,
    pub is_ready: bool,
}

#[derive(Debug, Serialize)]
pub struct Missed {
    pub href: String,
    pub text: String,
    pub is_advice: bool,
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "manage/contests/ask.html";
}

pub fn missed(held: &Held, words: &Words) -> Vec<Missed> {
    let missed = held.missing.iter().map(|item| Missed {
        href: held.href(item.part),
        text: item.what.said(words.lang),
        is_advice: item.is_advice,
    });
    missed.collect()
}

pub async fn ask(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let contest = held.contest();
    let mut points = Vec::new();
    points.push(match contest.opens_at.filter(|opens| *opens > words.now) {
        Some(opens) => words.say_with("setup-open-later", &[("date", moment(opens, words).into())]),
        None => words.say("setup-open-now"),
    });
    if let Some(closes) = contest.closes_at {
        points.push(words.say_with("setup-open-until", &[("date", moment(closes, words).into())]));
    }
    points.push(words.say("setup-open-changes"));
    let page = AskPage {
        title: words.say("setup-open-title"),
        text: words.say("setup-open-text"),
        crumbs: held.crumbs(words),
        action: format!("{}/open", held.base()),
        cancel: held.base(),
        yes: words.say("setup-open-yes"),
        points,
        missing: missed(&held, words),
        is_ready: can_open(&held.missing),
    };
    app.page(&signed.visitor, &page)
}

pub async fn open(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let act = |db: &mut Db, person: &Person, contest: &Contest, now: Moment| {
        open_contest(db, person, &contest.id, now)
    };
    run(&app, &signed, &slug, act, "setup-opened").await
}

pub async fn ask_end(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let page = AskPage {
        title: words.say("setup-end-title"),
        text: words.say("setup-end-text"),
        crumbs: held.crumbs(words),
        action: format!("{}/end", held.base()),
        cancel: held.base(),
        yes: words.say("setup-end-yes"),
        points: Vec::new(),
        missing: Vec::new(),
        is_ready: true,
    };
    app.page(&signed.visitor, &page)
}

pub async fn end(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let act = |db: &mut Db, person: &Person, contest: &Contest, now: Moment| {
        end_contest(db, person, &contest.id, now)
    };
    run(&app, &signed, &slug, act, "setup-ended").await
}

pub async fn ask_discard(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let is_draft = held.contest().status == ContestStatus::Draft;
    let text = if is_draft { "setup-discard-text" } else { "contests-discard-refused-not-draft" };
    let page = AskPage {
        title: words.say("setup-discard-title"),
        text: words.say(text),
        crumbs: held.crumbs(words),
        action: format!("{}/discard", held.base()),
        cancel: held.base(),
        yes: words.say("setup-discard-yes"),
        points: Vec::new(),
        missing: Vec::new(),
        is_ready: is_draft,
    };
    app.page(&signed.visitor, &page)
}

pub async fn discard(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let back = held.base();
    let (person, contest, now) = (Arc::clone(&signed.person), held.declared.contest, app.clock.now());
    let result = app.db.write(move |db| discard_contest(db, &person, &contest.id, now)).await;
    Ok(match or_said(result)? {
        Ok(_) => signed.visitor.redirect(&app, "/manage", Some(("ok", Sentence::new("setup-discarded")))),
        Err(sentence) => signed.visitor.redirect(&app, &back, Some(("no", sentence))),
    })
}

async fn run<E: ActError + Refused>(
    app: &AppData,
    signed: &SignedIn,
    slug: &str,
    act: impl Fn(&mut Db, &Person, &Contest, Moment) -> Result<Contest, E> + Send + 'static,
    done: &'static str,
) -> Result<HttpResponse, WebError> {
    let held = hold(app, signed, slug).await?;
    let to = held.base();
    let (person, contest, now) = (Arc::clone(&signed.person), held.declared.contest, app.clock.now());
    let result = app.db.write(move |db| act(db, &person, &contest, now)).await;
    let said = match or_said(result)? {
        Ok(_) => ("ok", Sentence::new(done)),
        Err(sentence) => ("no", sentence),
    };
    Ok(signed.visitor.redirect(app, &to, Some(said)))
}
