//! The QR code of an entry: on a page to print, and alone.

use actix_web::{HttpResponse, http::header, web::Path};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;

use crate::{
    features::{
        accounts::Person,
        entries::{
            Entry, policy,
            views::{PublicEntry, find_by_code},
        },
        judging,
    },
    infra::db::{Db, DbError},
    web::{app::App, error::WebError, form::AppData, render::Page, visitor::Visitor},
};

#[derive(Debug, Serialize)]
struct QrPage {
    href: String,
    title: String,
    code: String,
    unit: String,
    /// What the code says.
    address: String,
}

impl Page for QrPage {
    const TEMPLATE: &'static str = "site/entries/qr.html";
}

pub async fn show(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let found = find(&app, &visitor, path).await?;
    let href = href_of(&found);
    let page = QrPage {
        address: format!("{}{href}", app.base_url),
        href,
        title: found.entry.title,
        code: found.entry.code.unwrap_or_default(),
        unit: found.entry.unit_name,
    };
    app.page(&visitor, &page)
}

pub async fn picture(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let found = find(&app, &visitor, path).await?;
    let drawing = draw(&app, &href_of(&found))?;
    let mut response = HttpResponse::Ok();
    response.content_type("image/svg+xml");
    response.insert_header((header::CACHE_CONTROL, "private, max-age=3600"));
    response.insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"));
    Ok(response.body(drawing))
}

/// A quarter of it may be lost: posters get wet and torn.
fn draw(app: &App, href: &str) -> Result<String, WebError> {
    let words = format!("{}{href}", app.base_url);
    let code = QrCode::with_error_correction_level(words, EcLevel::Q)
        .map_err(|error| WebError::Internal(anyhow::anyhow!("a QR code was not made: {error}")))?;
    Ok(code.render::<svg::Color>().min_dimensions(320, 320).build())
}

fn href_of(found: &PublicEntry) -> String {
    let code = found.entry.code.as_deref().unwrap_or_default();
    format!("/contests/{}/entries/{code}", found.contest.slug.as_str())
}

async fn find(
    app: &AppData,
    visitor: &Visitor,
    path: Path<(String, String)>,
) -> Result<PublicEntry, WebError> {
    let (slug, code) = path.into_inner();
    let person = visitor.person.clone();
    let found = app.db.read(move |db| {
        let Some(found) = find_by_code(db, &slug, &code)? else { return Ok(None) };
        Ok::<_, DbError>(sees(db, person.as_deref(), &found.entry)?.then_some(found))
    });
    found.await?.ok_or(WebError::NotFound)
}

/// As the entry's own page is seen.
fn sees(db: &mut Db, person: Option<&Person>, entry: &Entry) -> Result<bool, DbError> {
    Ok(policy::may_see(db, person, entry.access())?
        && !judging::policy::is_veiled_from(db, person, &entry.id)?)
}
