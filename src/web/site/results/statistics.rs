//! The figures of a contest as charts and tables.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web::Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    features::{
        accounts::Person,
        contests::{self, Contest, Round},
        publication::statistics::{self, FunnelStep, Statistics},
        units::{Level, views::list_levels},
    },
    infra::db::Db,
    web::{
        error::WebError,
        form::{AppData, query},
        render::Page,
        result_words::kind_word,
        visitor::Visitor,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct StatisticsPage {
    pub slug: String,
    pub contest: String,
    pub total: String,
    pub units: String,
    pub coverage: String,
    /// The day whose tree is counted; empty for today's.
    pub date: String,
    pub by_level: Vec<Bar>,
    /// That the parts add up to the total, with the sum written out.
    pub level_sum: String,
    pub by_kind: Vec<Bar>,
    pub kind_sum: String,
    pub by_tool: Vec<Bar>,
    pub funnel: Vec<FunnelView>,
}

impl Page for StatisticsPage {
    const TEMPLATE: &'static str = "site/results/statistics.html";
}

#[derive(Debug, Serialize)]
pub struct Bar {
    pub label: String,
    pub value: String,
    pub share: i64,
}

#[derive(Debug, Serialize)]
pub struct FunnelView {
    pub name: String,
    pub level: String,
    pub counts: Vec<Bar>,
}

struct Found {
    contest: Contest,
    statistics: Statistics,
    levels: Vec<Level>,
    rounds: Vec<Round>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    date: String,
}

pub async fn show(
    app: AppData,
    visitor: Visitor,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let date: Option<NaiveDate> = asked.date.parse().ok();
    let person = visitor.person.clone();
    let found = app.db.read(move |db| find(db, person.as_deref(), &slug, date)).await?;
    let date = date.map(|date| date.to_string()).unwrap_or_default();
    app.page(&visitor, &StatisticsPage { date, ..page(&visitor.words, &found) })
}

fn find(
    db: &mut Db,
    person: Option<&Person>,
    slug: &str,
    date: Option<NaiveDate>,
) -> Result<Found, WebError> {
    let contest = contests::views::find_by_slug(db, slug)?.ok_or(WebError::NotFound)?;
    if !contests::policy::may_see(db, person, &contest)? {
        return Err(WebError::NotFound);
    }
    let statistics = statistics::of_contest_on(db, &contest, date)?;
    let rounds = contests::views::list_rounds(db, &contest.id)?;
    Ok(Found { statistics, levels: list_levels(db)?, rounds, contest })
}

fn page(words: &Words, found: &Found) -> StatisticsPage {
    let figures = &found.statistics;
    let by_level: Vec<(String, i64)> = found
        .levels
        .iter()
        .filter_map(|level| {
            let count = figures.entries.by_level.get(level.code.as_str())?;
            Some((level.name_in(words.lang).to_owned(), *count))
        })
        .collect();
    let by_kind: Vec<(String, i64)> =
        figures.entries.by_kind.iter().map(|(kind, count)| (kind_word(words, *kind), *count)).collect();
    let mut by_tool: Vec<(String, i64)> =
        figures.entries.by_tool.iter().map(|(tool, count)| (tool.clone(), *count)).collect();
    by_tool.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let units = [("taking_part", figures.units.taking_part.into()), ("total", figures.units.total.into())];
    StatisticsPage {
        slug: found.contest.slug.as_str().to_owned(),
        contest: found.contest.title_in(words.lang).to_owned(),
        total: words.number(figures.entries.total),
        units: format!("{} / {}", words.number(figures.units.taking_part), words.number(figures.units.total)),
        coverage: words.say_with("statistics-coverage", &units),
        date: String::new(),
        level_sum: sum(words, &by_level, figures.entries.total),
        by_level: bars(words, &by_level, figures.entries.total),
        kind_sum: sum(words, &by_kind, figures.entries.total),
        by_kind: bars(words, &by_kind, figures.entries.total),
        by_tool: bars(words, &by_tool, figures.entries.total),
        funnel: funnel(words, found),
    }
}

fn bars(words: &Words, parts: &[(String, i64)], whole: i64) -> Vec<Bar> {
    let bar = |(label, count): &(String, i64)| Bar {
        label: label.clone(),
        value: words.number(*count),
        share: share(*count, whole),
    };
    parts.iter().map(bar).collect()
}

/// A percentage; what is there at all is at least a line.
fn share(count: i64, whole: i64) -> i64 {
    if count == 0 || whole == 0 { 0 } else { (count * 100 / whole).clamp(1, 100) }
}

/// "6 + 161 + 16 = 183".
fn sum(words: &Words, parts: &[(String, i64)], total: i64) -> String {
    let written: Vec<String> = parts.iter().map(|(_, count)| words.number(*count)).collect();
    if written.is_empty() {
        return String::new();
    }
    let sum: i64 = parts.iter().map(|(_, count)| count).sum();
    let key = if sum == total { "statistics-sum-right" } else { "statistics-sum-wrong" };
    let args = [("parts", written.join(" + ").into()), ("total", words.number(total).into())];
    words.say_with(key, &args)
}

fn funnel(words: &Words, found: &Found) -> Vec<FunnelView> {
    let rounds: HashMap<i32, &Round> = found.rounds.iter().map(|round| (round.position, round)).collect();
    let levels: HashMap<&str, &Level> =
        found.levels.iter().map(|level| (level.code.as_str(), level)).collect();
    let widest = found.statistics.funnel.iter().map(|step| step.received).max().unwrap_or_default();
    let view = |step: &FunnelStep| {
        let counts = [
            ("statistics-received", step.received),
            ("statistics-chosen", step.chosen),
            ("statistics-nominated", step.nominated),
        ];
        let level = levels.get(step.pool_level.as_str());
        FunnelView {
            name: rounds
                .get(&step.round)
                .map_or_else(|| step.name.clone(), |round| round.name_in(words.lang).to_owned()),
            level: level.map(|level| level.name_in(words.lang).to_owned()).unwrap_or_default(),
            counts: counts
                .into_iter()
                .map(|(key, count)| Bar {
                    label: words.say(key),
                    value: words.number(count),
                    share: share(count, widest),
                })
                .collect(),
        }
    };
    found.statistics.funnel.iter().map(view).collect()
}
