//! Granting the awards of a round in one pool, and taking them back.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::frame::{OpenedPool, PoolHead, open_pool};
use crate::{
    base::{
        ids::{AwardId, GrantId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        awards::{self, Winner, views::ShownGrant},
        contests::{self, Award, AwardTarget},
        entries::{Entry, EntryStatus},
        refusal::{Refusal, Refused},
        selection::{self, Outcome},
        units::{Unit, views::find_by_code},
    },
    infra::db::Db,
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        result_words::kind_word,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct AwardsPage {
    pub head: PoolHead,
    pub awards: Vec<AwardCard>,
    pub entries: Vec<Choice>,
    pub units: Vec<Choice>,
    pub citation: String,
    pub unit_code: String,
    pub is_decided: bool,
    pub refused: String,
    pub errors: ShownErrors,
}

impl Page for AwardsPage {
    const TEMPLATE: &'static str = "manage/pools/awards.html";
}

#[derive(Debug, Serialize)]
pub struct AwardCard {
    pub id: String,
    pub name: String,
    pub limits: String,
    pub for_units: bool,
    pub is_full: bool,
    /// The form of this card is the one that was not taken.
    pub is_typed: bool,
    pub grants: Vec<GrantRow>,
}

#[derive(Debug, Serialize)]
pub struct GrantRow {
    pub id: String,
    pub winner: String,
    pub detail: String,
    pub citation: String,
    pub at: String,
    /// Why and when it was revoked; empty while it stands.
    pub revoked: String,
    pub typed: String,
    pub error: String,
}

#[derive(Debug, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

struct Found {
    opened: OpenedPool,
    awards: Vec<Award>,
    grants: Vec<ShownGrant>,
    chosen: Vec<Entry>,
    units: Vec<Unit>,
    is_decided: bool,
}

fn find(db: &mut Db, person: &crate::features::accounts::Person, id: &str) -> Result<Found, WebError> {
    let opened = open_pool(db, person, id)?;
    let all = contests::views::list_awards(db, &opened.contest.id)?;
    let awards = all.into_iter().filter(|award| award.round_id == opened.round.id).collect();
    let grants = awards::views::list_for_pool(db, &opened.pool.id)?;
    let decision = selection::views::find_current(db, &opened.pool.id)?;
    let chosen = match &decision {
        Some(decision) => selection::views::list_outcomes(db, &decision.id)?
            .into_iter()
            .filter(|(row, entry)| row.outcome != Outcome::NotChosen && entry.status == EntryStatus::Accepted)
            .map(|(_, entry)| entry)
            .collect(),
        None => Vec::new(),
    };
    let units = awards::views::list_units_taking_part(db, &opened.contest.id, &opened.unit.id)?;
    Ok(Found { opened, awards, grants, chosen, units, is_decided: decision.is_some() })
}

/// What was typed and not taken: for an award, or for a grant that was to be revoked.
#[derive(Default)]
struct Typed {
    form: Form,
    grant: String,
}

pub async fn show(app: AppData, signed: SignedIn, path: Path<String>) -> Result<HttpResponse, WebError> {
    let page = read(&app, &signed, &path, &Typed::default(), ShownErrors::default(), String::new()).await?;
    app.page(&signed.visitor, &page)
}

async fn read(
    app: &App,
    signed: &SignedIn,
    id: &str,
    typed: &Typed,
    errors: ShownErrors,
    refused: String,
) -> Result<AwardsPage, WebError> {
    let (person, id) = (signed.person.clone(), id.to_owned());
    let found = app.db.read(move |db| find(db, &person, &id)).await?;
    Ok(page(&signed.visitor.words, &found, typed, errors, refused))
}

fn page(words: &Words, found: &Found, typed: &Typed, errors: ShownErrors, refused: String) -> AwardsPage {
    let entry_choice = |entry: &Entry| Choice {
        value: entry.id.to_string(),
        label: format!("{} · {}", entry.code.clone().unwrap_or_default(), entry.title),
        chosen: typed.form.get("entry") == entry.id.as_str(),
    };
    let unit_choice = |unit: &Unit| Choice {
        value: unit.id.to_string(),
        label: unit.name.clone(),
        chosen: typed.form.get("unit") == unit.id.as_str(),
    };
    let error = errors.by_field.get("reason").cloned().unwrap_or_default();
    AwardsPage {
        head: found.opened.head(words, "awards"),
        awards: found.awards.iter().map(|award| card(words, award, found, typed, &error)).collect(),
        entries: found.chosen.iter().map(entry_choice).collect(),
        units: found.units.iter().map(unit_choice).collect(),
        citation: typed.form.get("citation").to_owned(),
        unit_code: typed.form.get("unit_code").to_owned(),
        is_decided: found.is_decided,
        refused,
        errors,
    }
}

fn card(words: &Words, award: &Award, found: &Found, typed: &Typed, error: &str) -> AwardCard {
    let grants: Vec<&ShownGrant> = found.grants.iter().filter(|grant| grant.award.id == award.id).collect();
    let standing = grants.iter().filter(|grant| grant.grant.revoked_at.is_none()).count();
    let max = award.max_grants.and_then(|max| usize::try_from(max).ok());
    let mut limits = vec![match max {
        Some(max) => words.say_with("award-limit", &[("granted", standing.into()), ("max", max.into())]),
        None => words.say_with("award-no-limit", &[("granted", standing.into())]),
    }];
    limits.extend(award.kind.map(|kind| kind_word(words, kind)));
    AwardCard {
        id: award.id.to_string(),
        name: words.either(&award.name, &award.name_en).to_owned(),
        limits: limits.join(" · "),
        for_units: award.goes_to == AwardTarget::Unit,
        is_full: max.is_some_and(|max| standing >= max),
        is_typed: typed.form.get("award") == award.id.as_str(),
        grants: grants.into_iter().map(|grant| row(words, grant, typed, error)).collect(),
    }
}

fn row(words: &Words, shown: &ShownGrant, typed: &Typed, error: &str) -> GrantRow {
    let grant = &shown.grant;
    let id = grant.id.to_string();
    let is_typed = typed.grant == id;
    let (winner, detail) = match (&shown.entry, &shown.unit) {
        (Some(entry), _) => {
            (entry.title.clone(), format!("{} · {}", entry.code.clone().unwrap_or_default(), entry.unit_name))
        }
        (None, Some(unit)) => (unit.name.clone(), String::new()),
        (None, None) => (String::new(), String::new()),
    };
    let revoked = grant.revoked_at.map(|at| {
        let reason = grant.revoke_reason.clone().unwrap_or_default();
        words.say_with("award-revoked-at", &[("at", words.date_time(at).into()), ("reason", reason.into())])
    });
    GrantRow {
        winner,
        detail,
        citation: grant.citation.clone(),
        at: words.date_time(grant.granted_at),
        revoked: revoked.unwrap_or_default(),
        typed: if is_typed { typed.form.get("reason").to_owned() } else { String::new() },
        error: if is_typed { error.to_owned() } else { String::new() },
        id,
    }
}

pub async fn grant(
    app: AppData,
    signed: SignedIn,
    path: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    ask_who(&app, &signed, &path, None).await?;
    let typed = Typed { form, grant: String::new() };
    let award: AwardId = typed.form.get("award").parse().map_err(|_| WebError::NotFound)?;
    let winner = match winner(&app, &typed.form).await? {
        Ok(winner) => winner,
        Err(errors) => return again(&app, &signed, &path, &typed, Refusal::Invalid(errors)).await,
    };
    let pool = path.parse().map_err(|_| WebError::NotFound)?;
    let (person, now) = (signed.person.clone(), app.clock.now());
    let citation = typed.form.get("citation").to_owned();
    let outcome = app
        .db
        .write(move |db| awards::grant_award(db, &person, &pool, &award, &winner, &citation, now))
        .await;
    match outcome {
        Ok(_) => Ok(back(&app, &signed, &path, "award-granted")),
        Err(error) => again(&app, &signed, &path, &typed, error.refusal()).await,
    }
}

/// An entry or a unit that was picked, or a unit by its code.
async fn winner(app: &App, form: &Form) -> Result<Result<Winner, FieldErrors>, WebError> {
    let missing = |field: &str| Ok(Err(FieldErrors::one(field, Sentence::new("award-invalid-winner"))));
    let code = form.get("unit_code").trim().to_owned();
    if form.has("entry") {
        return match form.get("entry").parse() {
            Ok(entry) => Ok(Ok(Winner::Entry(entry))),
            Err(_) => missing("entry"),
        };
    }
    if !code.is_empty() {
        let unit = app.db.read(move |db| find_by_code(db, &code)).await?;
        return match unit {
            Some(unit) => Ok(Ok(Winner::Unit(unit.id))),
            None => Ok(Err(FieldErrors::one("unit_code", Sentence::new("award-invalid-code")))),
        };
    }
    match form.get("unit").parse() {
        Ok(unit) => Ok(Ok(Winner::Unit(unit))),
        Err(_) => missing("unit"),
    }
}

pub async fn revoke(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, id) = path.into_inner();
    let grant: GrantId = id.parse().map_err(|_| WebError::NotFound)?;
    ask_who(&app, &signed, &pool, Some(&grant)).await?;
    let (person, reason, now) = (signed.person.clone(), form.get("reason").to_owned(), app.clock.now());
    let outcome = app.db.write(move |db| awards::revoke_grant(db, &person, &grant, &reason, now)).await;
    match outcome {
        Ok(_) => Ok(back(&app, &signed, &pool, "award-revoked")),
        Err(error) => again(&app, &signed, &pool, &Typed { form, grant: id }, error.refusal()).await,
    }
}

/// The pool of the address is theirs, and the grant is one of its own.
async fn ask_who(app: &App, signed: &SignedIn, pool: &str, grant: Option<&GrantId>) -> Result<(), WebError> {
    let (person, pool, grant) = (signed.person.clone(), pool.to_owned(), grant.cloned());
    let read = move |db: &mut Db| -> Result<_, WebError> {
        let opened = open_pool(db, &person, &pool)?;
        let Some(grant) = grant else { return Ok(()) };
        let found = awards::store::find(db, &grant)?.filter(|grant| grant.pool_id == opened.pool.id);
        found.map(drop).ok_or(WebError::NotFound)
    };
    app.db.read(read).await
}

fn back(app: &App, signed: &SignedIn, pool: &str, said: &'static str) -> HttpResponse {
    signed.visitor.redirect(app, &format!("/manage/pools/{pool}/awards"), Some(("ok", Sentence::new(said))))
}

async fn again(
    app: &App,
    signed: &SignedIn,
    pool: &str,
    typed: &Typed,
    refusal: Refusal,
) -> Result<HttpResponse, WebError> {
    let words = signed.visitor.words;
    let (status, errors, refused) = match refusal {
        Refusal::Invalid(errors) => {
            (StatusCode::UNPROCESSABLE_ENTITY, ShownErrors::new(&errors, &words), String::new())
        }
        Refusal::Said(sentence) => (StatusCode::CONFLICT, ShownErrors::default(), sentence.said(words.lang)),
        Refusal::NotFound => return Err(WebError::NotFound),
        Refusal::Database(error) => return Err(error.into()),
    };
    let page = read(app, signed, pool, typed, errors, refused).await?;
    app.page_with(status, &signed.visitor, &page)
}
