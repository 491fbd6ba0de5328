//! The decision of a pool: taking it, reading it, replacing it.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde::{Deserialize, Serialize};

use super::{
    decision_form::{self, DecisionForm},
    frame::{OpenedPool, PoolHead, open_pool},
    meters::{QuotaMeter, quota_meters},
};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::{
        contests::EntryKind,
        entries::Entry,
        pools::next_pool_place,
        refusal::{Refusal, Refused},
        selection::{self, Candidate, Decision, DecisionEntry, Outcome, list_candidates, quota::Quota},
    },
    infra::db::Db,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        markdown,
        render::Page,
        result_words::{Chip, outcome_chip, score_word},
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct DecisionPage {
    pub head: PoolHead,
    pub meters: Vec<QuotaMeter>,
    /// The decision in force.
    pub current: Option<ShownDecision>,
    pub earlier: Vec<ShownDecision>,
    /// Absent while a decision is only read.
    pub form: Option<DecisionForm>,
    /// Why the form was not taken, when it is not one field's fault.
    pub refused: String,
    /// How many entries wait to be accepted, and how many sheets are missing.
    pub not_accepted: usize,
    pub sheets_missing: i32,
}

impl Page for DecisionPage {
    const TEMPLATE: &'static str = "manage/pools/decision.html";
}

#[derive(Debug, Serialize)]
pub struct ShownDecision {
    pub number: i32,
    pub body: String,
    pub members: Vec<String>,
    pub minutes: String,
    pub document: String,
    pub by: String,
    pub at: String,
    pub change_reason: String,
    pub standing_hash: String,
    /// Only of the decision in force.
    pub rows: Vec<OutcomeRow>,
}

#[derive(Debug, Serialize)]
pub struct OutcomeRow {
    pub title: String,
    pub href: String,
    pub code: String,
    pub unit: String,
    pub place: String,
    pub score: String,
    pub outcome: Chip,
    pub reason: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    change: String,
}

/// Everything the page is made of, read at once.
struct Found {
    opened: OpenedPool,
    candidates: Vec<Candidate>,
    can_nominate: bool,
    decisions: Vec<(Decision, String)>,
    outcomes: Vec<(DecisionEntry, Entry)>,
}

fn find(db: &mut Db, person: &crate::features::accounts::Person, id: &str) -> Result<Found, WebError> {
    let opened = open_pool(db, person, id)?;
    let (candidates, _) = list_candidates(db, &opened.pool, &opened.round)?;
    let can_nominate = next_pool_place(db, &opened.round, &opened.pool.unit_id)?.is_some();
    let decisions = selection::views::list_decisions(db, &opened.pool.id)?;
    let outcomes = match decisions.first() {
        Some((decision, _)) => selection::views::list_outcomes(db, &decision.id)?,
        None => Vec::new(),
    };
    Ok(Found { opened, candidates, can_nominate, decisions, outcomes })
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let person = signed.person.clone();
    let found = app.db.read(move |db| find(db, &person, &path)).await?;
    let words = signed.visitor.words;
    let form = (found.decisions.is_empty() || !asked.change.is_empty()).then(|| {
        let rows: Vec<DecisionEntry> = found.outcomes.iter().map(|(row, _)| row.clone()).collect();
        let current = found.decisions.first().map(|(decision, _)| (decision, rows.as_slice()));
        form(&words, &found, &decision_form::filled(current), ShownErrors::default())
    });
    app.page(&signed.visitor, &page(&words, &found, form, String::new()))
}

pub async fn decide(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = path.into_inner();
    let (person, of) = (signed.person.clone(), id.clone());
    app.db.read(move |db| open_pool(db, &person, &of).map(drop)).await?;
    let (new, mut errors) = decision_form::read(&form);
    if !errors.is_empty() {
        // The act is asked too, so that everything that is wrong is said at once; nothing it would do is kept.
        errors.0.extend(form_errors(&new));
        return again(&app, &signed, &id, &form, Err(errors)).await;
    }
    let (person, pool, now) = (signed.person.clone(), id.clone(), app.clock.now());
    let pool = pool.parse().map_err(|_| WebError::NotFound)?;
    let outcome = app.db.write(move |db| selection::decide(db, &person, &pool, &new, now)).await;
    match outcome.map_err(Refused::refusal) {
        Ok(decision) => {
            let said = Sentence::new("decision-taken").with("number", decision.number);
            Ok(signed.visitor.redirect(&app, &format!("/manage/pools/{id}"), Some(("ok", said))))
        }
        Err(Refusal::Invalid(errors)) => again(&app, &signed, &id, &form, Err(errors)).await,
        Err(Refusal::Said(sentence)) => again(&app, &signed, &id, &form, Ok(sentence)).await,
        Err(Refusal::NotFound) => Err(WebError::NotFound),
        Err(Refusal::Database(error)) => Err(error.into()),
    }
}

/// What can be said of the texts without the database.
fn form_errors(new: &selection::NewDecision) -> Vec<(String, Sentence)> {
    selection::text_errors(new).0
}

/// The page again, with all that was typed: either fields are wrong, or it cannot be done as things stand.
async fn again(
    app: &App,
    signed: &SignedIn,
    id: &str,
    form_in: &Form,
    why: Result<Sentence, FieldErrors>,
) -> Result<HttpResponse, WebError> {
    let (person, id) = (signed.person.clone(), id.to_owned());
    let found = app.db.read(move |db| find(db, &person, &id)).await?;
    let words = signed.visitor.words;
    let (status, errors, refused) = match why {
        Ok(sentence) => (StatusCode::CONFLICT, ShownErrors::default(), sentence.said(words.lang)),
        Err(errors) => (StatusCode::UNPROCESSABLE_ENTITY, ShownErrors::new(&errors, &words), String::new()),
    };
    let form = form(&words, &found, &form_in.kept(), errors);
    app.page_with(status, &signed.visitor, &page(&words, &found, Some(form), refused))
}

fn form(
    words: &Words,
    found: &Found,
    values: &BTreeMap<String, String>,
    errors: ShownErrors,
) -> DecisionForm {
    let replaces = found.decisions.first().map_or(0, |(decision, _)| decision.number);
    decision_form::shown(words, &found.candidates, replaces, found.can_nominate, values, errors)
}

fn page(words: &Words, found: &Found, form: Option<DecisionForm>, refused: String) -> DecisionPage {
    let quota = Quota::of(&found.opened.round.quota, found.opened.unit.kind);
    let mut decisions = found.decisions.iter().map(|(decision, by)| shown(words, decision, by));
    let current = decisions.next().map(|decision| ShownDecision {
        rows: found.outcomes.iter().map(|(row, entry)| outcome_row(words, row, entry)).collect(),
        ..decision
    });
    DecisionPage {
        head: found.opened.head(words, "decision"),
        meters: if found.can_nominate {
            quota_meters(words, &quota, &nominated(found, form.as_ref()))
        } else {
            Vec::new()
        },
        current,
        earlier: decisions.collect(),
        form,
        refused,
        not_accepted: found
            .candidates
            .iter()
            .filter(|candidate| candidate.status != crate::features::entries::EntryStatus::Accepted)
            .count(),
        sheets_missing: found
            .candidates
            .iter()
            .map(|candidate| (candidate.sheets_due - candidate.sheets_in).max(0))
            .sum(),
    }
}

/// The kinds of what is nominated: in the form while there is one, else by the decision in force.
fn nominated(found: &Found, form: Option<&DecisionForm>) -> Vec<EntryKind> {
    let Some(form) = form else {
        let rows = found.outcomes.iter().filter(|(row, _)| row.outcome == Outcome::Nominated);
        return rows.map(|(_, entry)| entry.kind).collect();
    };
    let is_nominated = |row: &&decision_form::CandidateRow| {
        row.options.iter().any(|option| option.chosen && option.value == Outcome::Nominated.as_str())
    };
    form.rows.iter().filter(is_nominated).filter_map(|row| row.kind.parse().ok()).collect()
}

fn shown(words: &Words, decision: &Decision, by: &str) -> ShownDecision {
    let date = decision.document_date.map(|date| words.date(date));
    let parts = [Some(decision.document_number.clone()), date];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    ShownDecision {
        number: decision.number,
        body: decision.body_name.clone(),
        members: decision.members_present.0.clone(),
        minutes: markdown::html(&decision.minutes),
        document: parts.join(" · "),
        by: by.to_owned(),
        at: words.date_time(decision.decided_at),
        change_reason: decision.change_reason.clone(),
        standing_hash: decision.standing_hash.clone(),
        rows: Vec::new(),
    }
}

fn outcome_row(words: &Words, row: &DecisionEntry, entry: &Entry) -> OutcomeRow {
    OutcomeRow {
        title: entry.title.clone(),
        href: format!("/manage/entries/{}", entry.id),
        code: entry.code.clone().unwrap_or_default(),
        unit: entry.unit_name.clone(),
        place: row.place.map(|place| place.to_string()).unwrap_or_default(),
        score: score_word(words, &row.score_text),
        outcome: outcome_chip(words, row.outcome),
        reason: row.deviation_reason.clone(),
    }
}
