//! Somebody takes the place of a judge: who, and why.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde::{Deserialize, Serialize};

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        contact::Phone,
        ids::AccountId,
        sentence::{FieldErrors, Sentence},
    },
    features::judging::{
        replace_judge,
        views::{self, Candidate},
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors, query},
        render::Page,
        visitor::SignedIn,
    },
};

#[derive(Debug, Serialize)]
pub struct ReplacePage {
    pub head: PoolHead,
    pub action: String,
    pub number: i32,
    pub name: String,
    pub q: String,
    pub people: Vec<Replacement>,
    pub reason: String,
    pub reason_error: String,
    pub errors: ShownErrors,
}

/// Somebody who could take the place: found by name, or on the panel already.
#[derive(Debug, Serialize)]
pub struct Replacement {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Page for ReplacePage {
    const TEMPLATE: &'static str = "manage/pools/replace.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
}

pub async fn show(
    request: HttpRequest,
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let Search { q } = query(&request);
    page(&app, &signed, &path, &Form::from_pairs(vec![("q".into(), q)]), FieldErrors::default()).await
}

pub async fn replace(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, leaving) = place(&path)?;
    let Ok(newcomer) = form.get("account").parse::<AccountId>() else {
        let wrong = FieldErrors::one("account", Sentence::new("panel-replace-error-nobody"));
        return page(&app, &signed, &path, &form, wrong).await;
    };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let (reason, to) = (form.get("reason").to_owned(), format!("/manage/pools/{id}/panel"));
    let done =
        app.db.write(move |db| replace_judge(db, &person, &id, &leaving, &newcomer, &reason, now)).await;
    let errors = match done.map_err(WebError::from) {
        Ok(done) => {
            let key = if done.left_open.is_empty() { "panel-replaced" } else { "panel-replaced-open" };
            let said = Sentence::new(key)
                .with("number", done.number)
                .with("n", done.taken_over)
                .with("open", done.left_open.join(", "));
            return Ok(signed.visitor.redirect(&app, &to, Some(("ok", said))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("account", sentence),
        Err(error) => return Err(error),
    };
    page(&app, &signed, &path, &form, errors).await
}

fn place(path: &(String, String)) -> Result<(crate::base::ids::PoolId, AccountId), WebError> {
    Ok((pool_id(&path.0)?, path.1.parse().map_err(|_| WebError::NotFound)?))
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    path: &(String, String),
    form: &Form,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let (id, leaving) = place(path)?;
    let (person, words) = (Arc::clone(&signed.person), signed.visitor.words);
    let q = form.get("q").to_owned();
    let (led, judges, candidates) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(|led| led.may_run) else { return Ok(None) };
            let judges = views::list_judges(db, &id, words.now)?;
            Ok(Some((led, judges, views::search_candidates(db, &id, &q, words.now)?)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let active = || judges.iter().filter(|judge| judge.member.is_active());
    let judge = active().find(|judge| judge.member.account_id == leaving).ok_or(WebError::NotFound)?;
    let chosen = form.get("account");
    let option = |account: &AccountId, label: String| Replacement {
        chosen: account.as_str() == chosen,
        value: account.to_string(),
        label,
    };
    let seated = active().filter(|other| other.member.account_id != leaving).map(|other| {
        let seat = words.say_with("judge-seat", &[("n", other.member.number.into())]);
        option(&other.member.account_id, format!("{} ({seat})", other.full_name))
    });
    let found = candidates.iter().map(|found| option(&found.id, described(found)));
    let shown = ShownErrors::new(&errors, &words);
    let page = ReplacePage {
        action: format!("/manage/pools/{}/panel/{leaving}/replace", led.place.pool.id),
        number: judge.member.number,
        name: judge.full_name.clone(),
        people: found.chain(seated).collect(),
        q: form.get("q").to_owned(),
        reason: form.get("reason").to_owned(),
        reason_error: shown.by_field.get("reason").cloned().unwrap_or_default(),
        errors: shown,
        head: led.head("panel", &words),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}

fn described(found: &Candidate) -> String {
    let phone = found.phone.as_ref().map(Phone::masked);
    let facts: Vec<String> = found.units.iter().cloned().chain(phone).collect();
    if facts.is_empty() {
        found.full_name.clone()
    } else {
        format!("{} · {}", found.full_name, facts.join(" · "))
    }
}
