//! The award list as files, and the text that was hashed.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::{self, Path},
};

use super::{
    show::{Found, find_contest},
    spreadsheet,
};
use crate::{
    features::publication::{Publication, content::Content},
    web::{error::WebError, form::AppData, visitor::Visitor, words::Words},
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
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let (found, publication) = find(&app, &visitor, &slug).await?;
    let bytes = write(&publication, visitor.words, |words, content| {
        spreadsheet::xlsx(words, content).map_err(|error| WebError::Internal(error.into()))
    })
    .await?;
    Ok(file(&found, &publication, TYPE, "xlsx", bytes))
}

pub async fn csv(app: AppData, visitor: Visitor, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let (found, publication) = find(&app, &visitor, &slug).await?;
    let bytes = write(&publication, visitor.words, |words, content| {
        spreadsheet::csv(words, content).map_err(|error| WebError::Internal(error.into()))
    })
    .await?;
    Ok(file(&found, &publication, "text/csv; charset=utf-8", "csv", bytes))
}

async fn find(app: &AppData, visitor: &Visitor, slug: &str) -> Result<(Found, Publication), WebError> {
    let (person, slug) = (visitor.person.clone(), slug.to_owned());
    let mut found = app.db.read(move |db| find_contest(db, person.as_deref(), &slug, None)).await?;
    let publication = found.publication.take().ok_or(WebError::NotFound)?;
    Ok((found, publication))
}

/// Off the threads that answer requests: a long list takes a while to pack.
async fn write(
    publication: &Publication,
    words: Words,
    write: fn(&Words, &Content) -> Result<Vec<u8>, WebError>,
) -> Result<Vec<u8>, WebError> {
    let content = Content::read(publication).map_err(|error| WebError::Internal(error.into()))?;
    let written = web::block(move || write(&words, &content)).await;
    written.map_err(|error| WebError::Internal(error.into()))?
}

fn file(
    found: &Found,
    publication: &Publication,
    media_type: &str,
    ending: &str,
    bytes: Vec<u8>,
) -> HttpResponse {
    let name = format!("{}-{}.{ending}", found.contest.slug.as_str(), publication.version);
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes)
}
