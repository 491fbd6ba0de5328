//! A judge reopens a sheet that was submitted, with a reason.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::{Veil, place, sheet_href};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::judging::{
        reopen_sheet,
        sheets::ReopenSheetError,
        store,
        views::{Desk, find_desk},
    },
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

/// A step that asks for a reason: declaring a conflict, reopening a sheet.
#[derive(Debug, Serialize)]
pub struct ReasonPage {
    /// `conflict` or `reopen`: the last part of the address and of the texts' keys.
    pub step: &'static str,
    pub action: String,
    pub back_href: String,
    pub code: String,
    pub title: String,
    pub reason: String,
    pub errors: ShownErrors,
    pub reason_error: String,
}

impl ReasonPage {
    pub fn new(desk: &Desk, step: &'static str, typed: &str, errors: &FieldErrors, words: &Words) -> Self {
        let errors = ShownErrors::new(errors, words);
        let back_href = sheet_href(&desk.pool.id, &desk.entry.id);
        Self {
            step,
            action: format!("{back_href}/{step}"),
            back_href,
            code: desk.entry.code.clone().unwrap_or_default(),
            title: Veil::new(desk.round.is_blind, &desk.entry.authors, &desk.makers, &desk.entry.unit_name)
                .cover(&desk.entry.title),
            reason: typed.to_owned(),
            reason_error: errors.by_field.get("reason").cloned().unwrap_or_default(),
            errors,
        }
    }
}

impl Page for ReasonPage {
    const TEMPLATE: &'static str = "judge/reason.html";
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &path, "", FieldErrors::default()).await
}

pub async fn reopen(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let to = sheet_href(&pool, &entry);
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    let reopened = app
        .db
        .write(move |db| {
            let sheet = store::find_sheet_of(db, &pool, &entry, &person.id)?;
            let sheet = sheet.ok_or(ReopenSheetError::NotFound)?;
            reopen_sheet(db, &person, &sheet.id, &reason, now)
        })
        .await
        .map_err(WebError::from);
    match reopened {
        Ok(_) => Ok(signed.visitor.redirect(&app, &to, Some(("ok", Sentence::new("judge-reopen-done"))))),
        Err(WebError::Invalid(errors)) => page(&app, &signed, &path, form.get("reason"), errors).await,
        Err(error) => Err(error),
    }
}

async fn page(
    app: &AppData,
    signed: &SignedIn,
    path: &(String, String),
    typed: &str,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(path)?;
    let judge = signed.person.id.clone();
    let desk = app.db.read(move |db| find_desk(db, &pool, &entry, &judge)).await?;
    let desk = desk.filter(Desk::is_submitted).ok_or(WebError::NotFound)?;
    let page = ReasonPage::new(&desk, "reopen", typed, &errors, &signed.visitor.words);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}
