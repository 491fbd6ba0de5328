//! Units and where they stand.

use actix_web::web::{Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use crate::{
    features::units::views,
    infra::db::DbError,
    web::{error::WebError, form::AppData},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct UnitAnswer {
    pub code: String,
    pub name: String,
    pub level: String,
    /// `territorial`, or the sector.
    pub kind: String,
    /// The names of the units above, the nearest first.
    pub above: Vec<String>,
    pub children: Vec<ChildUnit>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ChildUnit {
    pub code: String,
    pub name: String,
    pub level: String,
}

#[utoipa::path(get, path = "/api/v1/units/{code}", params(("code" = String, Path)),
    responses((status = 200, body = UnitAnswer), (status = 404)))]
pub async fn show(app: AppData, _caller: Caller, code: Path<String>) -> Result<Json<UnitAnswer>, WebError> {
    let answer = app
        .db
        .read(move |db| -> Result<Option<UnitAnswer>, DbError> {
            let Some(unit) = views::find_by_code(db, &code)? else { return Ok(None) };
            let above = views::path_of(db, &unit.id)?.into_iter().skip(1).map(|unit| unit.name).collect();
            let children = views::list_children(db, &unit.id)?
                .into_iter()
                .map(|child| ChildUnit {
                    code: child.code,
                    name: child.name,
                    level: child.level.as_str().to_owned(),
                })
                .collect();
            Ok(Some(UnitAnswer {
                code: unit.code,
                name: unit.name,
                level: unit.level.as_str().to_owned(),
                kind: unit.kind.to_string(),
                above,
                children,
            }))
        })
        .await?;
    answer.map(Json).ok_or(WebError::NotFound)
}
