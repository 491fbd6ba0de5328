//! A judge's own marks as a table: one row for each entry, one column for each criterion.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    list::{AtPool, PoolHeading, state_of},
    pool_id, sheet_href,
};
use crate::{
    features::{contests::views::list_criteria, judging::views},
    infra::db::DbError,
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn},
};

#[derive(Debug, Serialize)]
pub struct JudgeScoresPage {
    pub head: PoolHeading,
    pub criteria: Vec<String>,
    pub rows: Vec<ScoresRow>,
}

#[derive(Debug, Serialize)]
pub struct ScoresRow {
    pub href: String,
    pub code: String,
    pub title: String,
    pub state: &'static str,
    pub marks: Vec<String>,
    pub score: String,
}

impl Page for JudgeScoresPage {
    const TEMPLATE: &'static str = "judge/scores.html";
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let (pool, judge) = (pool_id(&pool)?, signed.person.id.clone());
    let words = signed.visitor.words;
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(at) = AtPool::read(db, &pool, &judge, words.lang)? else { return Ok(None) };
            let criteria = list_criteria(db, &at.place.round.id)?;
            let marks = views::marks_of_judge(db, &pool, &judge)?;
            Ok(Some((at, criteria, marks)))
        })
        .await?;
    let (at, criteria, marks) = found.ok_or(WebError::NotFound)?;
    let rows = at.places.iter().map(|place| {
        let own = marks.get(&place.entry_id);
        let mark = |criterion| own.and_then(|own| own.get(criterion)).map(|mark| words.points(*mark));
        ScoresRow {
            href: sheet_href(&at.place.pool.id, &place.entry_id),
            code: place.code.clone(),
            title: at.title_of(place),
            state: state_of(place.status),
            marks: criteria.iter().map(|criterion| mark(&criterion.id).unwrap_or_default()).collect(),
            score: at.scores.get(&place.entry_id).cloned().unwrap_or_default(),
        }
    });
    let page = JudgeScoresPage {
        rows: rows.collect(),
        criteria: criteria.iter().map(|criterion| criterion.name_in(words.lang).to_owned()).collect(),
        head: at.heading(&words),
    };
    app.page(&signed.visitor, &page)
}
