//! All contests that everyone may see.

use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::card::CardView;
use crate::{
    base::page::PageRequest,
    features::contests::{
        Phase,
        listing::{ContestSearch, views::list_public},
    },
    web::{
        error::WebError,
        form::{AppData, query},
        render::Page,
        visitor::Visitor,
    },
};

const PER_PAGE: i64 = 24;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    phase: String,
    page: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct ListPage {
    pub q: String,
    pub phase: String,
    pub tabs: Vec<Tab>,
    pub found: String,
    pub contests: Vec<CardView>,
    pub prev: String,
    pub next: String,
    pub place: String,
}

#[derive(Debug, Serialize)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "site/contests/list.html";
}

pub async fn list(app: AppData, visitor: Visitor, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let phase: Option<Phase> = asked
        .phase
        .parse()
        .ok()
        .filter(|phase| matches!(phase, Phase::Coming | Phase::Taking | Phase::Ended));
    let search = ContestSearch {
        words: asked.q.chars().take(200).collect(),
        phase,
        page: PageRequest::new(asked.page, PER_PAGE),
    };
    let now = app.clock.now();
    let q = search.words.clone();
    let found = app.db.read(move |db| list_public(db, &search, now)).await?;
    let words = visitor.words;
    let href = |phase: Option<Phase>, page: i64| {
        let page = page.to_string();
        let mut pairs: Vec<(&str, &str)> = vec![("q", &q)];
        pairs.extend(phase.map(|phase| ("phase", phase.as_str())));
        pairs.push(("page", &page));
        pairs.retain(|(name, value)| !value.is_empty() && (*name, *value) != ("page", "1"));
        let text = serde_html_form::to_string(&pairs).unwrap_or_default();
        if text.is_empty() { "/contests".to_owned() } else { format!("/contests?{text}") }
    };
    let number = found.request.number;
    let last = found.last_page();
    let tab =
        |of: Option<Phase>, key: &str| Tab { href: href(of, 1), label: words.say(key), current: of == phase };
    let page = ListPage {
        tabs: vec![
            tab(None, "contests-list-all"),
            tab(Some(Phase::Taking), "contests-list-running"),
            tab(Some(Phase::Coming), "contests-list-coming"),
            tab(Some(Phase::Ended), "contests-list-ended"),
        ],
        found: words.say_with("contests-list-found", &[("count", found.total.into())]),
        contests: found.rows.iter().map(|card| CardView::new(card, &words)).collect(),
        prev: if number > 1 { href(phase, number - 1) } else { String::new() },
        next: if number < last { href(phase, number + 1) } else { String::new() },
        place: words.say_with("contests-list-place", &[("page", number.into()), ("pages", last.into())]),
        phase: phase.map(|phase| phase.to_string()).unwrap_or_default(),
        q,
    };
    app.page(&visitor, &page)
}
