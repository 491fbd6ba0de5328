//! The judges' comments, for an officer to read and to let entrants read.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{ids::SheetId, sentence::Sentence},
    features::{
        contests::Feedback,
        judging::{
            deliberation::{release_comments, store},
            views,
        },
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::SignedIn,
    },
};

#[derive(Debug, Serialize)]
pub struct CommentsPage {
    pub head: PoolHead,
    pub rows: Vec<CommentRow>,
    pub waiting: usize,
}

#[derive(Debug, Serialize)]
pub struct CommentRow {
    pub sheet: String,
    pub entry: String,
    pub judge: String,
    pub comment: String,
    pub is_released: bool,
    /// Released as it stood before, and changed since.
    pub is_changed: bool,
}

impl Page for CommentsPage {
    const TEMPLATE: &'static str = "manage/pools/comments.html";
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(&pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let (led, entries, comments) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let led = Led::read(db, &person, &id)?.filter(|led| led.may_run);
            let Some(led) = led.filter(|led| led.place.round.feedback != Feedback::None) else {
                return Ok(None);
            };
            Ok(Some((led, views::list_standing_entries(db, &id)?, store::list_comments(db, &id)?)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    // Whoever runs the pool and judges in it is blind too until it is decided.
    let titles: HashMap<_, String> = entries
        .iter()
        .map(|entry| {
            let title = led.title_of(&entry.title, &entry.authors, &entry.unit_name);
            (&entry.id, format!("{} · {title}", entry.code))
        })
        .collect();
    let rows: Vec<CommentRow> = comments
        .iter()
        .filter_map(|(sheet, number, released)| {
            Some(CommentRow {
                sheet: sheet.id.to_string(),
                entry: titles.get(&sheet.entry_id)?.clone(),
                judge: words.say_with("judge-seat", &[("n", (*number).into())]),
                comment: sheet.comment.clone(),
                is_released: *released == Some(sheet.edition),
                is_changed: released.is_some_and(|edition| edition != sheet.edition),
            })
        })
        .collect();
    let page = CommentsPage {
        head: led.head("comments", &words),
        waiting: rows.iter().filter(|row| !row.is_released).count(),
        rows,
    };
    app.page(&signed.visitor, &page)
}

/// Without a sheet in the form: all.
pub async fn release(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let to = format!("/manage/pools/{id}/comments");
    let sheets: Option<Vec<SheetId>> =
        form.has("sheet").then(|| form.all("sheet").iter().filter_map(|sheet| sheet.parse().ok()).collect());
    let done = app.db.write(move |db| release_comments(db, &person, &id, sheets.as_deref(), now)).await;
    let said = match done.map_err(WebError::from) {
        Ok(count) => ("ok", Sentence::new("comments-released").with("n", count)),
        Err(WebError::Refused(sentence)) => ("no", sentence),
        Err(error) => return Err(error),
    };
    Ok(signed.visitor.redirect(&app, &to, Some(said)))
}
