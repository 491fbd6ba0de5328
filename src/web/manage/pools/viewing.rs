//! What judges looked at, for whoever leads the judging, and letting a sheet be given without it.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    head::{Led, PoolHead, pool_id},
    viewing_rows::{JudgeLooks, ViewingFacts},
};
use crate::{
    base::{
        ids::{AccountId, EntryId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        attachments::{self, renditions::views::count_pages},
        contests,
        judging::{
            store,
            viewing::{WaiveViewingError, waive_viewing},
            views,
        },
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::SignedIn,
    },
};

#[derive(Debug, Serialize)]
pub struct ViewingPage {
    pub head: PoolHead,
    /// By the judges' numbers.
    pub groups: Vec<JudgeLooks>,
    pub judges: Vec<ViewingJudge>,
    /// Whether the round notes it at all.
    pub is_kept: bool,
    pub code: String,
    pub reason: String,
    pub errors: ShownErrors,
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
            let facts = ViewingFacts {
                desk: contests::store::find_round_desk(db, &led.place.round.id)?,
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
        is_kept: facts.desk.keeps_viewing,
        groups: if facts.desk.keeps_viewing { facts.by_judge(&led, &words) } else { Vec::new() },
        judges: judges.collect(),
        code: form.get("code").to_owned(),
        reason: form.get("reason").to_owned(),
        errors: ShownErrors::new(&errors, &words),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}
