//! The award list as files, and the text that was hashed.

use actix_web::{HttpResponse, web::Path};

use super::{show::find_contest, spreadsheet};
use crate::{
    features::publication::content::Content,
    web::{
        error::WebError,
        form::AppData,
        spreadsheet::{Form, answer},
        visitor::Visitor,
    },
};

/// Exactly what the hash is of.
pub async fn content(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, version) = path.into_inner();
    let version = version.parse().map_err(|_| WebError::NotFound)?;
    let person = visitor.person.clone();
    let found = app.db.read(move |db| find_contest(db, person.as_deref(), &slug, Some(version))).await?;
    let publication = found.publication.ok_or(WebError::NotFound)?;
    Ok(HttpResponse::Ok().content_type("application/json; charset=utf-8").body(publication.content))
}

pub async fn xlsx(app: AppData, visitor: Visitor, slug: Path<String>) -> Result<HttpResponse, WebError> {
    list(&app, &visitor, &slug, Form::Xlsx).await
}

pub async fn csv(app: AppData, visitor: Visitor, slug: Path<String>) -> Result<HttpResponse, WebError> {
    list(&app, &visitor, &slug, Form::Csv).await
}

async fn list(app: &AppData, visitor: &Visitor, slug: &str, form: Form) -> Result<HttpResponse, WebError> {
    let (person, slug) = (visitor.person.clone(), slug.to_owned());
    let mut found = app.db.read(move |db| find_contest(db, person.as_deref(), &slug, None)).await?;
    let publication = found.publication.take().ok_or(WebError::NotFound)?;
    let content = Content::read(&publication).map_err(|error| WebError::Internal(error.into()))?;
    let name = format!("{}-{}", found.contest.slug.as_str(), publication.version);
    answer(&name, form, spreadsheet::table(&visitor.words, &content)).await
}
