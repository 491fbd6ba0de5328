//! What all settings' pages share: the contest that is held, the steps, and how a form is shown, saved and shown again.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

use super::form_page::{Group, StandsNow, Values, differing, fill};
use crate::{
    base::{
        clock::Moment,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            Contest, ContestStatus, Declared,
            change::{ChangeContestError, Edit},
            checklist::{Missing, Part, what_is_missing},
            policy,
            views::find_by_slug,
        },
        refusal::{Refusal, Refused},
    },
    infra::db::{Db, DbError},
    web::{
        app::App,
        error::WebError,
        form::{Form, ShownError, ShownErrors},
        render::Page,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

/// A contest as whoever runs it sees it.
pub struct Held {
    pub declared: Declared,
    pub missing: Vec<Missing>,
}

impl Held {
    pub fn contest(&self) -> &Contest {
        &self.declared.contest
    }

    pub fn base(&self) -> String {
        format!("/manage/contests/{}", self.contest().slug.as_str())
    }

    pub fn is_open(&self) -> bool {
        self.contest().status == ContestStatus::Open
    }

    pub fn href(&self, part: Part) -> String {
        match part {
            // Criteria belong to a round: the first that is scored leads to them.
            Part::Criteria => {
                let scored = self.declared.rounds.iter().find(|row| row.round.takes_sheets());
                match scored {
                    Some(row) => format!("{}/rounds/{}/criteria", self.base(), row.round.id),
                    None => format!("{}/rounds", self.base()),
                }
            }
            part => format!("{}/{part}", self.base()),
        }
    }

    /// The page after this one, and the overview after the last.
    pub fn next(&self, part: Part) -> String {
        let mut parts = Part::ALL.iter().skip_while(|other| **other != part).skip(1);
        parts.next().map_or_else(|| self.base(), |next| self.href(*next))
    }

    pub fn crumbs(&self, words: &Words) -> Vec<Crumb> {
        vec![
            Crumb { href: "/manage".into(), label: words.say("nav-manage") },
            Crumb { href: self.base(), label: self.contest().title_in(words.lang).to_owned() },
        ]
    }

    /// The steps of setting up, each with whether something is missing there.
    pub fn steps(&self, here: Option<Part>, words: &Words) -> Vec<StepLink> {
        let step = |part: &Part| {
            let lacks = self.missing.iter().any(|item| item.part == *part && !item.is_advice);
            let state = match (here == Some(*part), lacks) {
                (true, _) => "here",
                (false, true) => "",
                (false, false) => "done",
            };
            let state_word = words.say(match state {
                "here" => "setup-step-here",
                "done" => "setup-step-done",
                _ => "setup-step-missing",
            });
            StepLink {
                href: self.href(*part),
                label: words.say(&format!("setup-part-{part}")),
                state,
                state_word,
            }
        };
        Part::ALL.iter().map(step).collect()
    }
}

#[derive(Debug, Serialize)]
pub struct Crumb {
    pub href: String,
    pub label: String,
}

#[derive(Debug, Serialize)]
pub struct StepLink {
    pub href: String,
    pub label: String,
    pub state: &'static str,
    pub state_word: String,
}

/// The contest of the address, for whoever may run it; for everybody else there is none.
pub async fn hold(app: &App, signed: &SignedIn, slug: &str) -> Result<Held, WebError> {
    let (person, slug) = (Arc::clone(&signed.person), slug.to_owned());
    let declared = app.db.read(move |db| load(db, &person, &slug)).await?.ok_or(WebError::NotFound)?;
    let missing = what_is_missing(&declared, app.clock.now());
    Ok(Held { declared, missing })
}

/// Before a form is looked at: for whoever may not run the contest there is none.
pub async fn ask_who(app: &App, signed: &SignedIn, slug: &str) -> Result<(), WebError> {
    let (person, slug) = (Arc::clone(&signed.person), slug.to_owned());
    let may = app
        .db
        .read(move |db| match find_by_slug(db, &slug)? {
            Some(contest) => policy::may_run(db, &person, &contest),
            None => Ok(false),
        })
        .await?;
    if may { Ok(()) } else { Err(WebError::NotFound) }
}

fn load(db: &mut Db, person: &Person, slug: &str) -> Result<Option<Declared>, DbError> {
    match find_by_slug(db, slug)? {
        Some(contest) if policy::may_run(db, person, &contest)? => Declared::load(db, contest),
        _ => Ok(None),
    }
}

/// One form of the settings: its words, its controls, and what stands stored.
pub struct FormSpec {
    pub part: Part,
    pub title: String,
    pub lead: String,
    pub action: String,
    /// The list that the row belongs to, when it is a row.
    pub back: Option<Crumb>,
    pub groups: Vec<Group>,
    pub stored: Values,
}

#[derive(Debug, Serialize)]
pub struct FormPage {
    pub title: String,
    pub lead: String,
    pub action: String,
    pub crumbs: Vec<Crumb>,
    pub steps: Vec<StepLink>,
    pub edition: i32,
    pub errors: Vec<ShownError>,
    pub notice: String,
    pub stands_now: Vec<StandsNow>,
    pub groups: Vec<Group>,
    pub asks_reason: bool,
    pub reason: String,
    pub reason_error: String,
    pub is_ended: bool,
    pub save_word: String,
    pub cancel: String,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "manage/contests/form.html";
}

pub fn show_form(
    app: &App,
    visitor: &Visitor,
    held: &Held,
    spec: FormSpec,
) -> Result<HttpResponse, WebError> {
    let stored = spec.stored.clone();
    let page = form_page(visitor, held, spec, &stored, &FieldErrors::default());
    app.page(visitor, &page)
}

fn form_page(
    visitor: &Visitor,
    held: &Held,
    mut spec: FormSpec,
    values: &Values,
    errors: &FieldErrors,
) -> FormPage {
    let words = &visitor.words;
    fill(&mut spec.groups, values, errors, words);
    let shown = ShownErrors::new(errors, words);
    let mut crumbs = held.crumbs(words);
    let cancel = spec.back.as_ref().map_or_else(|| held.base(), |back| back.href.clone());
    crumbs.extend(spec.back);
    let is_draft = held.contest().status == ContestStatus::Draft;
    FormPage {
        title: spec.title,
        lead: spec.lead,
        action: spec.action,
        crumbs,
        steps: held.steps(Some(spec.part), words),
        edition: held.contest().edition,
        reason_error: shown.by_field.get("reason").cloned().unwrap_or_default(),
        errors: shown.summary,
        notice: String::new(),
        stands_now: Vec::new(),
        groups: spec.groups,
        asks_reason: held.is_open(),
        reason: values
            .iter()
            .find(|(name, _)| name == "reason")
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
        is_ended: held.contest().status == ContestStatus::Ended,
        save_word: words.say(if is_draft { "setup-save-and-next" } else { "setup-save" }),
        cancel,
    }
}

/// How saving went.
pub enum Saved {
    Done(Box<Contest>),
    Wrong(FieldErrors),
    Refused { sentence: Sentence, is_stale: bool },
}

/// Runs the act with what was read, on the contest of the address.
pub async fn save<T: Send + 'static>(
    app: &App,
    signed: &SignedIn,
    slug: &str,
    form: &Form,
    read: Result<T, FieldErrors>,
    act: impl Fn(&mut Db, &Person, &Edit, &T, Moment) -> Result<Contest, ChangeContestError> + Send + 'static,
) -> Result<Saved, WebError> {
    ask_who(app, signed, slug).await?;
    let input = match read {
        Ok(input) => input,
        Err(errors) => return Ok(Saved::Wrong(errors)),
    };
    let edition = edition_of(form)?;
    let (person, slug, reason) = (Arc::clone(&signed.person), slug.to_owned(), form.get("reason").to_owned());
    let now = app.clock.now();
    let saved = app
        .db
        .write(move |db| {
            let contest = find_by_slug(db, &slug)?.ok_or(ChangeContestError::NotFound)?;
            let edit = Edit { contest_id: contest.id, edition, reason: reason.clone() };
            act(db, &person, &edit, &input, now)
        })
        .await;
    match saved {
        Ok(contest) => Ok(Saved::Done(Box::new(contest))),
        Err(error) => {
            let is_stale = matches!(error, ChangeContestError::Stale);
            match error.refusal() {
                Refusal::Invalid(errors) => Ok(Saved::Wrong(errors)),
                Refusal::Said(sentence) => Ok(Saved::Refused { sentence, is_stale }),
                Refusal::NotFound => Err(WebError::NotFound),
                Refusal::Database(error) => Err(error.into()),
            }
        }
    }
}

pub fn edition_of(form: &Form) -> Result<i32, WebError> {
    form.get("edition").parse().map_err(|_| WebError::Refused(Sentence::new("web-error-invalid")))
}

/// After saving goes on; after a refusal shows the form with what was typed and, when somebody else was faster, beside
/// what stands now.
pub fn answer(
    app: &App,
    visitor: &Visitor,
    held: &Held,
    spec: FormSpec,
    form: &Form,
    saved: Saved,
    to: &str,
) -> Result<HttpResponse, WebError> {
    let words = &visitor.words;
    let typed: Values = form.pairs().to_vec();
    match saved {
        Saved::Done(_) => Ok(visitor.redirect(app, to, Some(("ok", Sentence::new("setup-saved"))))),
        Saved::Wrong(errors) => {
            let page = form_page(visitor, held, spec, &typed, &errors);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        Saved::Refused { sentence, is_stale } => {
            let stored = spec.stored.clone();
            let mut page = form_page(visitor, held, spec, &typed, &FieldErrors::default());
            page.notice = sentence.said(words.lang);
            if is_stale {
                page.stands_now = differing(&page.groups, &typed, &stored, words);
            }
            app.page_with(StatusCode::CONFLICT, visitor, &page)
        }
    }
}

/// For plain buttons: a refusal is said on the page where the button stood, everything else has a page of its own.
pub fn or_said<T, E: Refused>(result: Result<T, E>) -> Result<Result<T, Sentence>, WebError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(error) => match error.refusal() {
            Refusal::Said(sentence) => Ok(Err(sentence)),
            Refusal::Invalid(errors) => Ok(Err(WebError::Invalid(errors).sentence())),
            Refusal::NotFound => Err(WebError::NotFound),
            Refusal::Database(error) => Err(error.into()),
        },
    }
}
