use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::super::Administrator;
use crate::{
    base::{ids::UnitId, page::PageRequest},
    features::units::{
        LevelCode, Unit,
        views::{UnitFilter, path_of},
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, query},
        paging::PageLinks,
        render::Page,
        site::units::{UnitRow, listed},
    },
};

const PER_PAGE: i64 = 60;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    level: String,
    below: String,
    closed: String,
    page: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct UnitsPage {
    pub q: String,
    pub below: String,
    pub below_name: String,
    pub closed: bool,
    pub levels: Vec<Choice>,
    pub path: Vec<Crumb>,
    pub found: String,
    pub units: Vec<UnitRow>,
    pub pages: PageLinks,
}

#[derive(Debug, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Debug, Serialize)]
pub struct Crumb {
    pub href: String,
    pub name: String,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "admin/units/list.html";
}

pub async fn show(
    app: AppData,
    administrator: Administrator,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let q: String = asked.q.chars().take(200).collect();
    let below: Option<UnitId> = asked.below.parse().ok();
    let filter = UnitFilter {
        words: q.clone(),
        level: (!asked.level.is_empty()).then(|| LevelCode::new(&asked.level)),
        parent: below.clone(),
        with_closed: !asked.closed.is_empty(),
    };
    let page = PageRequest::new(asked.page, PER_PAGE);
    let (top, closed) = (below.clone(), filter.with_closed);
    let (listed, path) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let path = match &top {
                Some(top) => path_of(db, top)?,
                None => Vec::new(),
            };
            Ok((listed(db, &filter, page)?, path))
        })
        .await?;
    let words = administrator.visitor.words;
    let crumb =
        |unit: &Unit| Crumb { href: format!("/admin/units?below={}", unit.id), name: unit.name.clone() };
    let below = below.map(|below| below.to_string()).unwrap_or_default();
    let any = Choice {
        value: String::new(),
        label: words.say("admin-units-any-level"),
        chosen: asked.level.is_empty(),
    };
    let levels = listed.levels.iter().map(|level| Choice {
        value: level.code.as_str().to_owned(),
        label: level.name_in(words.lang).to_owned(),
        chosen: level.code.as_str() == asked.level,
    });
    let pairs = [
        ("q", q.as_str()),
        ("level", &asked.level),
        ("below", &below),
        ("closed", if closed { "1" } else { "" }),
    ];
    let page = UnitsPage {
        levels: std::iter::once(any).chain(levels).collect(),
        below_name: path.first().map(|unit| unit.name.clone()).unwrap_or_default(),
        path: path.iter().rev().map(crumb).collect(),
        found: words.say_with("units-found", &[("count", listed.found.total.into())]),
        units: listed.rows("/admin/units", &words),
        pages: PageLinks::new(&listed.found, "/admin/units", &pairs, &words),
        q,
        below,
        closed,
    };
    app.page(&administrator.visitor, &page)
}
