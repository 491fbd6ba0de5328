//! The officer's first page: their units, the contests they run, the pools and what each waits for.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::{
    base::{ids::UnitId, page::PageRequest},
    features::{
        accounts::Person,
        contests::listing::{ContestCard, views::list_run_by},
        pools::{
            PoolStatus,
            glance::{PoolGlance, views::list_covered},
        },
        units::{self, Unit, views::list_roots},
    },
    infra::db::{Db, DbError},
    web::{
        error::WebError,
        form::{AppData, query},
        render::Page,
        site::contests::card::{CardView, Chip},
        visitor::SignedIn,
        words::Words,
    },
};

const MAX_CONTESTS: i64 = 50;
const POOLS_PER_PAGE: i64 = 30;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    page: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct HomePage {
    pub units: Vec<UnitView>,
    pub contests: Vec<CardView>,
    pub may_create: bool,
    pub pools: Vec<PoolView>,
    pub pools_found: String,
    pub prev: String,
    pub next: String,
    pub place: String,
}

#[derive(Debug, Serialize)]
pub struct UnitView {
    pub name: String,
    pub href: String,
    pub entries: String,
    pub people: String,
}

#[derive(Debug, Serialize)]
pub struct PoolView {
    pub href: String,
    pub name: String,
    pub contest: String,
    pub unit: String,
    pub chip: Chip,
    pub entries: String,
    pub next: String,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "manage/home.html";
}

pub async fn show(app: AppData, signed: SignedIn, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let pages = PageRequest::new(asked.page, POOLS_PER_PAGE);
    let person = Arc::clone(&signed.person);
    let (units, contests, pools) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let units = list_units(db, &person)?;
            let ids: Vec<UnitId> = units.iter().map(|unit| unit.id.clone()).collect();
            Ok((units, list_run_by(db, &person.id, &ids, MAX_CONTESTS)?, list_covered(db, &ids, pages)?))
        })
        .await?;
    if units.is_empty() && contests.is_empty() {
        return Err(WebError::Forbidden);
    }
    let words = &signed.visitor.words;
    let (number, last) = (pools.request.number, pools.last_page());
    let page = HomePage {
        may_create: !units.is_empty(),
        units: units.iter().map(unit_view).collect(),
        contests: contests.iter().map(|card| contest_view(card, words)).collect(),
        pools_found: words.say_with("office-pools-found", &[("count", pools.total.into())]),
        prev: if number > 1 { format!("/manage?page={}", number - 1) } else { String::new() },
        next: if number < last { format!("/manage?page={}", number + 1) } else { String::new() },
        place: words.say_with("contests-list-place", &[("page", number.into()), ("pages", last.into())]),
        pools: pools.rows.iter().map(|pool| pool_view(pool, words)).collect(),
    };
    app.page(&signed.visitor, &page)
}

/// An administrator without an office looks after the whole tree.
fn list_units(db: &mut Db, person: &Person) -> Result<Vec<Unit>, DbError> {
    let mut units = Vec::new();
    for id in person.officer_units() {
        units.extend(units::store::find(db, id)?);
    }
    if units.is_empty() && person.is_administrator { list_roots(db) } else { Ok(units) }
}

fn unit_view(unit: &Unit) -> UnitView {
    UnitView {
        name: unit.name.clone(),
        href: format!("/units/{}", unit.id),
        entries: format!("/manage/units/{}/entries", unit.id),
        people: format!("/manage/units/{}/people", unit.id),
    }
}

fn contest_view(card: &ContestCard, words: &Words) -> CardView {
    CardView { href: format!("/manage/contests/{}", card.slug.as_str()), ..CardView::new(card, words) }
}

pub fn pool_view(pool: &PoolGlance, words: &Words) -> PoolView {
    let next = match pool.status {
        PoolStatus::Gathering if pool.n_waiting > 0 => "office-next-check",
        PoolStatus::Gathering => "office-next-gather",
        PoolStatus::Judging => "office-next-judge",
        PoolStatus::Decided => "office-next-publish",
        PoolStatus::Published => "office-next-see",
    };
    let (class, state) = match pool.status {
        PoolStatus::Gathering => ("gathering", "office-pool-gathering"),
        PoolStatus::Judging => ("judging", "office-pool-judging"),
        PoolStatus::Decided => ("decided", "office-pool-decided"),
        PoolStatus::Published => ("published", "office-pool-published"),
    };
    PoolView {
        href: format!("/manage/pools/{}", pool.id),
        name: words.either(&pool.round_name, &pool.round_name_en).to_owned(),
        contest: words.either(&pool.contest_title, &pool.contest_title_en).to_owned(),
        unit: pool.unit_name.clone(),
        chip: Chip { class, word: words.say(state) },
        entries: words.number(pool.n_entries),
        next: words.say_with(next, &[("count", pool.n_waiting.into())]),
    }
}
