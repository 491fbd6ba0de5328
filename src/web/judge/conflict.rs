//! A judge declares a conflict of interest; afterwards the entry is gone for this judge.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};

use super::{list_href, place, reopen::ReasonPage};
use crate::{
    base::sentence::{FieldErrors, Sentence},
    features::judging::{declare_conflict, views::find_desk},
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &path, "", FieldErrors::default()).await
}

pub async fn declare(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let reason = form.get("reason").to_owned();
    let to = list_href(&pool);
    let declared = app
        .db
        .write(move |db| declare_conflict(db, &person, &pool, &entry, &person.id, &reason, now))
        .await
        .map_err(WebError::from);
    match declared {
        Ok(_) => Ok(signed.visitor.redirect(&app, &to, Some(("ok", Sentence::new("judge-conflict-done"))))),
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
    let desk = desk.ok_or(WebError::NotFound)?;
    let page = ReasonPage::new(&desk, "conflict", typed, &errors, &signed.visitor.words);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &page)
}
