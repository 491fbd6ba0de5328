//! What waits for the person who is signed in.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde::Serialize;

use super::entries::{
    list::{OwnLine, lines},
    new::{deadline, takes_new},
};
use crate::{
    features::{contests, entries},
    infra::db::DbError,
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn},
};

#[derive(Debug, Serialize)]
struct MyPage {
    name: String,
    open: Vec<OwnLine>,
    sent: Vec<OwnLine>,
    contests: Vec<OpenContest>,
    is_officer: bool,
}

impl Page for MyPage {
    const TEMPLATE: &'static str = "my/home.html";
}

#[derive(Debug, Serialize)]
struct OpenContest {
    href: String,
    title: String,
    deadline: String,
}

pub async fn show(app: AppData, signed: SignedIn) -> Result<HttpResponse, WebError> {
    let words = signed.visitor.words;
    let person = Arc::clone(&signed.person);
    let (own, contests) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let own = entries::views::list_of_person(db, &person.id)?;
            Ok((own, contests::views::list_public(db)?))
        })
        .await?;
    let (open, sent) = lines(&own, &words).into_iter().partition(|line| line.is_open);
    let page = MyPage {
        name: signed.person.full_name.clone(),
        open,
        sent,
        contests: contests
            .iter()
            .filter(|contest| takes_new(contest, words.now))
            .map(|contest| OpenContest {
                href: format!("/my/entries/new?contest={}", contest.slug.as_str()),
                title: contest.title_in(words.lang).to_owned(),
                deadline: deadline(contest, &words),
            })
            .collect(),
        is_officer: signed.person.is_officer() || signed.person.is_administrator,
    };
    app.page(&signed.visitor, &page)
}
