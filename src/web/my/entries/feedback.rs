//! The marks and comments that the rules let the makers of an entry see.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::overview::read_own;
use crate::{
    features::judging::deliberation::{PoolFeedback, feedback_of},
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn, words::Words},
};

#[derive(Debug, Serialize)]
pub struct FeedbackPage {
    pub title: String,
    pub href: String,
    pub pools: Vec<ShownFeedback>,
}

#[derive(Debug, Serialize)]
pub struct ShownFeedback {
    pub name: String,
    pub judges: Vec<String>,
    pub rows: Vec<FeedbackRow>,
    pub comments: Vec<ShownComment>,
}

#[derive(Debug, Serialize)]
pub struct FeedbackRow {
    pub criterion: String,
    pub max: String,
    pub marks: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct ShownComment {
    pub judge: String,
    pub text: String,
}

impl Page for FeedbackPage {
    const TEMPLATE: &'static str = "my/entries/feedback.html";
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    let (own, pools) = read_own(&app, &signed.person, &id, |db, own| feedback_of(db, &own.entry.id)).await?;
    let words = signed.visitor.words;
    let page = FeedbackPage {
        title: own.entry.title.clone(),
        href: format!("/my/entries/{}", own.entry.id),
        pools: pools.iter().map(|pool| shown(pool, &words)).collect(),
    };
    app.page(&signed.visitor, &page)
}

fn shown(pool: &PoolFeedback, words: &Words) -> ShownFeedback {
    let judge = |number: usize| words.say_with("judge-seat", &[("n", number.into())]);
    let rows = pool.criteria.iter().map(|criterion| FeedbackRow {
        criterion: criterion.name_in(words.lang).to_owned(),
        max: words.points(criterion.max_mark),
        marks: pool
            .sheets
            .iter()
            .map(|sheet| sheet.marks.get(&criterion.id).map(|mark| words.points(*mark)).unwrap_or_default())
            .collect(),
    });
    let comments = pool
        .sheets
        .iter()
        .filter_map(|sheet| Some(ShownComment { judge: judge(sheet.number), text: sheet.comment.clone()? }));
    ShownFeedback {
        name: format!("{} · {}", pool.round.name_in(words.lang), pool.unit_name),
        judges: pool.sheets.iter().map(|sheet| judge(sheet.number)).collect(),
        rows: rows.collect(),
        comments: comments.collect(),
    }
}
