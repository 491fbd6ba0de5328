//! The front page: what this is, the contests that take entries, and the one thing to do.

use actix_web::HttpResponse;
use serde::Serialize;

use super::{
    contests::{card::CardView, show::Action},
    results::lists::{ResultLink, recent},
};
use crate::{
    base::page::PageRequest,
    features::{
        contests::{
            Phase,
            listing::{ContestSearch, views::list_public},
        },
        publication::views::latest_published,
    },
    infra::db::DbError,
    web::{error::WebError, form::AppData, render::Page, visitor::Visitor},
};

const MAX_CONTESTS: i64 = 6;
const MAX_RESULTS: i64 = 3;

#[derive(Debug, Serialize)]
pub struct HomePage {
    /// The contest that closes next, large.
    pub first: Option<CardView>,
    pub others: Vec<CardView>,
    /// What was published last.
    pub results: Vec<ResultLink>,
    pub action: Action,
    pub doors: Vec<Door>,
}

/// A way further for somebody who is signed in.
#[derive(Debug, Serialize)]
pub struct Door {
    pub href: &'static str,
    pub label: String,
    pub text: String,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "site/home.html";
}

pub async fn show(app: AppData, visitor: Visitor) -> Result<HttpResponse, WebError> {
    let now = app.clock.now();
    let search =
        ContestSearch { words: String::new(), phase: None, page: PageRequest::new(None, MAX_CONTESTS) };
    let (found, results) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            Ok((list_public(db, &search, now)?, latest_published(db, MAX_RESULTS)?))
        })
        .await?;
    let mut cards = found.rows;
    let words = &visitor.words;
    // What takes entries comes first, and of these what closes first.
    cards.sort_by_key(|card| (card.phase(now) != Phase::Taking, card.closes_at));
    let mut cards = cards.iter().map(|card| CardView::new(card, words));
    let first = cards.next();
    let action = match (&first, &visitor.person) {
        (Some(card), _) => Action { href: card.href.clone(), label: words.say("home-action-contest") },
        (None, Some(_)) => Action { href: "/contests".into(), label: words.say("home-action-contests") },
        (None, None) => Action { href: "/sign-in".into(), label: words.say("home-action-sign-in") },
    };
    let page = HomePage {
        first,
        others: cards.collect(),
        results: recent(words, &results),
        action,
        doors: doors(&visitor),
    };
    app.page(&visitor, &page)
}

fn doors(visitor: &Visitor) -> Vec<Door> {
    let Some(person) = &visitor.person else { return Vec::new() };
    let door =
        |href, label, text| Door { href, label: visitor.words.say(label), text: visitor.words.say(text) };
    let mut doors = vec![door("/my/entries", "nav-my-entries", "home-door-my-entries")];
    if person.is_officer() || person.is_administrator {
        doors.push(door("/manage", "nav-manage", "home-door-manage"));
    }
    doors.push(door("/judge", "nav-judge", "home-door-judge"));
    doors
}
