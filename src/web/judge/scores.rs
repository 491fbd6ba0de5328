//! A judge's own marks as a table: one row for each entry, one column for each criterion.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::{Deserialize, Serialize};

use super::{
    list::{AtPool, PoolHeading, state_of},
    pool_id, sheet_href,
};
use crate::{
    base::{
        ids::{CriterionId, EntryId},
        points::Points,
    },
    features::{
        contests::{Criterion, views::list_criteria},
        judging::views::{self, NamedPlace},
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, query},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct JudgeScoresPage {
    pub head: PoolHeading,
    pub columns: Vec<ScoresColumn>,
    pub rows: Vec<ScoresRow>,
}

/// A heading that sorts by its column when it is followed.
#[derive(Debug, Serialize)]
pub struct ScoresColumn {
    pub label: String,
    pub href: String,
    /// `ascending`, `descending` or nothing.
    pub sorted: &'static str,
    pub is_number: bool,
}

/// `sort` is `code`, `score`, `state` or the number of a criterion from 1; a minus before it turns the order round.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SortQuery {
    pub sort: String,
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

pub async fn show(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: SortQuery = query(&request);
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
    let mut places: Vec<&NamedPlace> = at.places.iter().collect();
    sort(&mut places, &asked.sort, &criteria, &marks, &at);
    let rows = places.into_iter().map(|place| {
        let own = marks.get(&place.entry_id);
        let mark = |criterion| own.and_then(|own| own.get(criterion)).map(|mark| words.points(*mark));
        ScoresRow {
            href: sheet_href(&at.place.pool.id, &place.entry_id),
            code: place.code.clone(),
            title: at.title_of(place),
            state: state_of(place),
            marks: criteria.iter().map(|criterion| mark(&criterion.id).unwrap_or_default()).collect(),
            score: at.scores.get(&place.entry_id).cloned().unwrap_or_default(),
        }
    });
    let page = JudgeScoresPage {
        rows: rows.collect(),
        columns: columns(&asked.sort, &criteria, &words),
        head: at.heading(&words),
    };
    app.page(&signed.visitor, &page)
}

/// What is not marked comes last, whichever way round; equals stay in the judge's own order.
fn sort(
    places: &mut [&NamedPlace],
    asked: &str,
    criteria: &[Criterion],
    marks: &HashMap<EntryId, HashMap<CriterionId, Points>>,
    at: &AtPool,
) {
    let (is_turned, by) = asked.strip_prefix('-').map_or((false, asked), |by| (true, by));
    let number = |place: &NamedPlace| -> Option<f64> {
        if by == "score" {
            return at.scores.get(&place.entry_id)?.replace(',', ".").parse().ok();
        }
        let criterion = criteria.get(by.parse::<usize>().ok()?.checked_sub(1)?)?;
        let mark = marks.get(&place.entry_id)?.get(&criterion.id)?;
        i32::try_from(mark.ten_thousandths()).ok().map(f64::from)
    };
    match by {
        "code" => places.sort_by(|one, other| one.code.cmp(&other.code)),
        "state" => places.sort_by_key(|place| (state_of(place) == "done", state_of(place))),
        _ => places.sort_by(|one, other| match (number(one), number(other)) {
            (Some(one), Some(other)) if is_turned => other.total_cmp(&one),
            (Some(one), Some(other)) => one.total_cmp(&other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        }),
    }
    if is_turned && matches!(by, "code" | "state") {
        places.reverse();
    }
}

fn columns(asked: &str, criteria: &[Criterion], words: &Words) -> Vec<ScoresColumn> {
    let column = |label: String, by: String, is_number: bool| {
        let turned = format!("-{by}");
        // Marks are asked for from the best down.
        let (first, second) = if is_number { (&turned, &by) } else { (&by, &turned) };
        ScoresColumn {
            href: format!("?sort={}", if asked == first { second } else { first }),
            sorted: if asked == by {
                "ascending"
            } else if asked == turned {
                "descending"
            } else {
                ""
            },
            label,
            is_number,
        }
    };
    let mut columns = vec![column(words.say("judge-column-entry"), "code".into(), false)];
    columns.extend(
        criteria.iter().enumerate().map(|(at, criterion)| {
            column(criterion.name_in(words.lang).to_owned(), (at + 1).to_string(), true)
        }),
    );
    columns.push(column(words.say("judge-column-score"), "score".into(), true));
    columns.push(column(words.say("judge-column-state"), "state".into(), false));
    columns
}
