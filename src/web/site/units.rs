//! The public pages of units: found by name, each with where it stands and what hangs below it.

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::{Deserialize, Serialize};

use super::results::lists::{ResultLink, of_unit};
use crate::{
    base::{
        ids::UnitId,
        page::{PageOf, PageRequest},
    },
    features::{
        accounts::{Person, views::covers},
        judging,
        publication::views::{WonByUnit, awards_of_unit},
        units::{
            Level, LevelCode, Unit, UnitKind, store,
            views::{
                self, PathStep, UnitFilter, count_children_of, find_by_code, list_levels, list_merged_into,
                path_of, paths_of,
            },
        },
    },
    infra::db::{Db, DbError},
    web::{
        error::WebError,
        form::{AppData, query},
        paging::PageLinks,
        render::Page,
        visitor::Visitor,
        words::Words,
    },
};

const PER_PAGE: i64 = 60;
const MAX_AWARDS: i64 = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    page: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct UnitsPage {
    pub q: String,
    pub found: String,
    pub units: Vec<UnitRow>,
    pub pages: PageLinks,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "site/units/list.html";
}

#[derive(Debug, Serialize)]
pub struct UnitRow {
    pub href: String,
    pub name: String,
    /// Where it stands: names repeat, so the way up is always said.
    pub above: String,
    pub level: String,
    pub children: i64,
    pub is_closed: bool,
}

#[derive(Debug, Serialize)]
pub struct UnitPage {
    pub name: String,
    pub level: String,
    pub kind: String,
    pub code: String,
    pub above: Vec<Above>,
    pub page_url: String,
    pub since: String,
    pub closed: String,
    pub successor: Option<Above>,
    pub predecessors: Vec<Above>,
    pub q: String,
    pub found: String,
    pub children: Vec<UnitRow>,
    pub has_children: bool,
    pub pages: PageLinks,
    /// What it has won, itself or by entries from it and from below.
    pub awards: Vec<ResultLink>,
    /// For officers who cover it; empty for others.
    pub manage_href: String,
    pub admin_href: String,
    pub self_href: String,
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "site/units/show.html";
}

#[derive(Debug, Serialize)]
pub struct Above {
    pub href: String,
    pub name: String,
}

impl Above {
    fn of(unit: &Unit) -> Self {
        Self { href: format!("/units/{}", unit.id), name: unit.name.clone() }
    }
}

/// A page of units with all that their rows say: a fixed number of queries.
pub struct Listed {
    pub found: PageOf<Unit>,
    pub paths: std::collections::HashMap<UnitId, Vec<PathStep>>,
    pub children: std::collections::HashMap<UnitId, i64>,
    pub levels: Vec<Level>,
}

pub fn listed(db: &mut Db, filter: &UnitFilter, page: PageRequest) -> Result<Listed, DbError> {
    let found = views::list(db, filter, page)?;
    let ids: Vec<UnitId> = found.rows.iter().map(|unit| unit.id.clone()).collect();
    Ok(Listed {
        paths: paths_of(db, &ids)?,
        children: count_children_of(db, &ids)?,
        levels: list_levels(db)?,
        found,
    })
}

impl Listed {
    pub fn rows(&self, base: &str, words: &Words) -> Vec<UnitRow> {
        self.found.rows.iter().map(|unit| self.row(unit, base, words)).collect()
    }

    fn row(&self, unit: &Unit, base: &str, words: &Words) -> UnitRow {
        let path = self.paths.get(&unit.id).map(Vec::as_slice).unwrap_or_default();
        let above: Vec<&str> = path.iter().skip(1).map(|step| step.name.as_str()).collect();
        UnitRow {
            href: format!("{base}/{}", unit.id),
            name: unit.name.clone(),
            above: above.join(", "),
            level: level_name(&self.levels, &unit.level, words),
            children: self.children.get(&unit.id).copied().unwrap_or(0),
            is_closed: unit.valid_to.is_some(),
        }
    }
}

pub fn level_name(levels: &[Level], code: &LevelCode, words: &Words) -> String {
    let level = levels.iter().find(|level| level.code == *code);
    level.map_or_else(|| code.as_str().to_owned(), |level| level.name_in(words.lang).to_owned())
}

pub fn kind_key(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Territorial => "units-kind-territorial",
        UnitKind::Police => "units-kind-police",
        UnitKind::Army => "units-kind-army",
        UnitKind::Enterprise => "units-kind-enterprise",
        UnitKind::School => "units-kind-school",
        UnitKind::Club => "units-kind-club",
        UnitKind::OtherSector => "units-kind-other-sector",
    }
}

pub async fn list(app: AppData, visitor: Visitor, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let q: String = asked.q.chars().take(200).collect();
    let filter = UnitFilter { words: q.clone(), ..UnitFilter::default() };
    let page = PageRequest::new(asked.page, PER_PAGE);
    let listed = app.db.read(move |db| listed(db, &filter, page)).await?;
    let words = visitor.words;
    let page = UnitsPage {
        found: words.say_with("units-found", &[("count", listed.found.total.into())]),
        units: listed.rows("/units", &words),
        pages: PageLinks::new(&listed.found, "/units", &[("q", &q)], &words),
        q,
    };
    app.page(&visitor, &page)
}

struct Read {
    unit: Unit,
    path: Vec<Unit>,
    successor: Option<Unit>,
    predecessors: Vec<Unit>,
    below: Listed,
    has_children: bool,
    awards: Vec<WonByUnit>,
    is_covered: bool,
}

/// By id for good, by code for people who type it.
pub async fn show(
    app: AppData,
    visitor: Visitor,
    request: HttpRequest,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let q: String = asked.q.chars().take(200).collect();
    let (words_asked, page) = (q.clone(), PageRequest::new(asked.page, PER_PAGE));
    let person = visitor.person.clone();
    let found = app.db.read(move |db| read(db, &unit, &words_asked, page, person.as_deref())).await?;
    let read = found.ok_or(WebError::NotFound)?;
    app.page(&visitor, &page_of(read, q, &visitor))
}

fn read(
    db: &mut Db,
    unit: &str,
    words: &str,
    page: PageRequest,
    person: Option<&Person>,
) -> Result<Option<Read>, DbError> {
    let found = match unit.parse::<UnitId>() {
        Ok(id) => store::find(db, &id)?,
        Err(_) => find_by_code(db, unit)?,
    };
    let Some(unit) = found else { return Ok(None) };
    let filter =
        UnitFilter { words: words.to_owned(), parent: Some(unit.id.clone()), ..UnitFilter::default() };
    let below = listed(db, &filter, page)?;
    let successor = match &unit.merged_into {
        Some(successor) => store::find(db, successor)?,
        None => None,
    };
    Ok(Some(Read {
        path: path_of(db, &unit.id)?,
        successor,
        predecessors: list_merged_into(db, &unit.id)?,
        has_children: !words.is_empty() || below.found.total > 0,
        awards: awards_for(db, person, &unit.id)?,
        below,
        is_covered: match person {
            Some(person) => covers(db, person, &unit.id)?,
            None => false,
        },
        unit,
    }))
}

/// What the unit has won, without what this reader judges blindly.
fn awards_for(db: &mut Db, person: Option<&Person>, unit: &UnitId) -> Result<Vec<WonByUnit>, DbError> {
    let veiled = judging::policy::veiled_from(db, person)?;
    let mut awards = awards_of_unit(db, unit, MAX_AWARDS)?;
    awards.retain(|(_, _, _, entry)| entry.as_ref().is_none_or(|entry| !veiled.contains(&entry.id)));
    Ok(awards)
}

fn page_of(read: Read, q: String, visitor: &Visitor) -> UnitPage {
    let words = visitor.words;
    let Read { unit, path, successor, predecessors, below, has_children, awards, is_covered } = read;
    let self_href = format!("/units/{}", unit.id);
    let is_administrator = visitor.person.as_ref().is_some_and(|person| person.is_administrator);
    UnitPage {
        level: level_name(&below.levels, &unit.level, &words),
        kind: words.say(kind_key(unit.kind)),
        above: path.iter().skip(1).rev().map(Above::of).collect(),
        page_url: unit.page_url.clone().unwrap_or_default(),
        since: words.date(unit.valid_from),
        closed: unit.valid_to.map(|day| words.date(day)).unwrap_or_default(),
        successor: successor.as_ref().map(Above::of),
        predecessors: predecessors.iter().map(Above::of).collect(),
        found: words.say_with("units-found", &[("count", below.found.total.into())]),
        children: below.rows("/units", &words),
        awards: of_unit(&words, &awards),
        has_children,
        pages: PageLinks::new(&below.found, &self_href, &[("q", &q)], &words),
        manage_href: if is_covered || is_administrator {
            format!("/manage/units/{}/people", unit.id)
        } else {
            String::new()
        },
        admin_href: if is_administrator { format!("/admin/units/{}", unit.id) } else { String::new() },
        name: unit.name,
        code: unit.code,
        q,
        self_href,
    }
}
