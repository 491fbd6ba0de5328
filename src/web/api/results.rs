//! What a contest counted and published.

use actix_web::{
    HttpResponse,
    http::header::ContentType,
    web::{Json, Path},
};

use super::{caller::Caller, contests::visible_contest};
use crate::{
    features::publication::{self, Scope, policy::names_veiled, statistics},
    infra::db::DbError,
    web::{error::WebError, form::AppData},
};

#[utoipa::path(get, path = "/api/v1/contests/{slug}/statistics", params(("slug" = String, Path)),
    responses((status = 200, description = "Entries by level, kind and tool; units; received, chosen and nominated in each round"), (status = 404)))]
pub async fn statistics(
    app: AppData,
    caller: Caller,
    slug: Path<String>,
) -> Result<Json<statistics::Statistics>, WebError> {
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            match visible_contest(db, &slug, caller.person.as_deref())? {
                Some(contest) => Ok(Some(statistics::of_contest(db, &contest)?)),
                None => Ok(None),
            }
        })
        .await?;
    found.map(Json).ok_or(WebError::NotFound)
}

#[utoipa::path(get, path = "/api/v1/contests/{slug}/results", params(("slug" = String, Path)),
    responses((status = 200, description = "The newest published award list, byte for byte as it was published"), (status = 404)))]
pub async fn results(app: AppData, caller: Caller, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            match visible_contest(db, &slug, caller.person.as_deref())? {
                Some(contest) => {
                    let latest = publication::views::latest(db, &Scope::Contest(contest.id.clone()))?;
                    let person = caller.person.as_deref();
                    Ok(match latest {
                        Some(found) if names_veiled(db, person, &contest.id, &found)? => None,
                        latest => latest,
                    })
                }
                None => Ok(None),
            }
        })
        .await?;
    let publication = found.ok_or(WebError::NotFound)?;
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(publication.content))
}
