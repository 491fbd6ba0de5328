//! What is typed is saved at every pause. Answers JSON: the page shows it beside the main action.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde_json::json;

use super::overview::entry_id;
use crate::{
    features::entries::save_draft,
    web::{
        entry_parts::raw_draft,
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn save(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let entry = entry_id(&id)?;
    let raw = raw_draft(&form);
    let edition = form.get("version").parse().unwrap_or(0);
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let entry = app.db.write(move |db| save_draft(db, &person, &entry, edition, &raw, now)).await?;
    let saved_at = signed.visitor.words.clock_time(entry.saved_at);
    Ok(HttpResponse::Ok().json(json!({ "saved_at": saved_at, "version": entry.edition })))
}
