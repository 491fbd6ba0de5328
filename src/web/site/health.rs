//! For whoever watches the server: is it alive, can it work?

use actix_web::HttpResponse;

use crate::{
    features::units,
    infra::db::DbError,
    web::{app::App, error::WebError},
};

pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Ready means that the database answers.
pub async fn ready(app: actix_web::web::Data<App>) -> Result<HttpResponse, WebError> {
    app.db
        .read(|db| -> Result<_, DbError> { units::store::count_levels(db) })
        .await
        .map_err(|_| WebError::Unavailable)?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
