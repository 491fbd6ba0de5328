//! What a judge takes along to work without a network: one entry as data, and the page that draws it.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{place, sheet::SheetFacts};
use crate::web::{
    assets,
    error::WebError,
    form::AppData,
    render::Page,
    visitor::{SignedIn, Visitor},
};

/// Nobody's page: it names nobody, and draws from what the device keeps.
#[derive(Debug, Serialize)]
pub struct OfflinePage {
    pub script: String,
}

impl Page for OfflinePage {
    const TEMPLATE: &'static str = "judge/offline.html";
}

pub async fn offline(app: AppData, visitor: Visitor) -> Result<HttpResponse, WebError> {
    app.page(&visitor, &OfflinePage { script: assets::offline_js() })
}

/// The entry as the page of its sheet shows it, as data.
pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let judge = signed.person.id.clone();
    let kept = app.viewings.clone();
    let facts = app.db.read(move |db| SheetFacts::read(db, &kept, &pool, &entry, &judge)).await?;
    let facts = facts.ok_or(WebError::NotFound)?;
    let mut page = serde_json::to_value(facts.page(None, &signed.visitor.words))
        .map_err(|error| WebError::Internal(error.into()))?;
    if let Some(fields) = page.as_object_mut() {
        fields.insert("csrf".into(), signed.visitor.csrf.clone().into());
        fields.insert("small".into(), serde_json::json!(facts.small_files(&signed.visitor.words)));
    }
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(page))
}
