//! Giving a pool more time, with the reason on record.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use crate::{
    base::{ids::PoolId, sentence::Sentence},
    features::{
        contests::Round,
        pools::{self, Pool, PoolExtension, extend_deadline},
        units::Unit,
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        manage::entries::due::end_of_day,
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct ExtendPage {
    pool_href: String,
    unit: String,
    round: String,
    deadline: String,
    moved: Vec<Moved>,
    typed_deadline: String,
    typed_reason: String,
    errors: ShownErrors,
    notice: String,
}

impl Page for ExtendPage {
    const TEMPLATE: &'static str = "manage/pools/extend.html";
}

#[derive(Debug, Serialize)]
struct Moved {
    at: String,
    text: String,
    reason: String,
}

struct Read {
    pool: Pool,
    round: Round,
    unit: Unit,
    moved: Vec<PoolExtension>,
}

pub async fn show(app: AppData, signed: SignedIn, id: Path<String>) -> Result<HttpResponse, WebError> {
    let read = read(&app, &signed, &id).await?;
    app.page(&signed.visitor, &page(&read, &Form::default(), &signed.visitor.words))
}

pub async fn extend(
    app: AppData,
    signed: SignedIn,
    id: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let visitor = &signed.visitor;
    let read = read(&app, &signed, &id).await?;
    let deadline = end_of_day(form.get("deadline"), &visitor.words);
    let (person, pool, reason, now) =
        (Arc::clone(&signed.person), read.pool.id.clone(), form.get("reason").to_owned(), visitor.words.now);
    let extended = app.db.write(move |db| extend_deadline(db, &person, &pool, deadline, &reason, now)).await;
    let mut page = page(&read, &form, &visitor.words);
    match extended.map_err(WebError::from) {
        Ok(pool) => {
            let said = Sentence::new("pools-said-extended");
            Ok(visitor.redirect(&app, &format!("/manage/pools/{}/extend", pool.id), Some(("ok", said))))
        }
        Err(WebError::Invalid(errors)) => {
            page.errors = ShownErrors::new(&errors, &visitor.words);
            app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
        }
        Err(WebError::Refused(sentence)) => {
            page.notice = sentence.said(visitor.words.lang);
            app.page_with(StatusCode::CONFLICT, visitor, &page)
        }
        Err(error) => Err(error),
    }
}

async fn read(app: &AppData, signed: &SignedIn, id: &str) -> Result<Read, WebError> {
    let id: PoolId = id.parse().map_err(|_| WebError::NotFound)?;
    let person = Arc::clone(&signed.person);
    let read = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some((pool, round, unit)) = pools::views::find_with_place(db, &id)? else { return Ok(None) };
            if !pools::policy::may_run(db, &person, &pool)? {
                return Ok(None);
            }
            let moved = pools::views::list_extensions(db, &pool.id)?;
            Ok(Some(Read { pool, round, unit, moved }))
        })
        .await?;
    read.ok_or(WebError::NotFound)
}

fn page(read: &Read, form: &Form, words: &Words) -> ExtendPage {
    let when = |at: Option<crate::base::clock::Moment>| {
        at.map_or_else(|| words.say("pools-no-deadline"), |at| words.date_time(at))
    };
    let moved = read.moved.iter().map(|moved| {
        let args = [
            ("old", when(moved.old_deadline_at).into()),
            ("new", words.date_time(moved.new_deadline_at).into()),
        ];
        Moved {
            at: words.date_time(moved.extended_at),
            text: words.say_with("pools-moved", &args),
            reason: moved.reason.clone(),
        }
    });
    ExtendPage {
        pool_href: format!("/manage/pools/{}", read.pool.id),
        unit: read.unit.name.clone(),
        round: read.round.name_in(words.lang).to_owned(),
        deadline: when(read.pool.deadline_at),
        moved: moved.collect(),
        typed_deadline: form.get("deadline").to_owned(),
        typed_reason: form.get("reason").to_owned(),
        errors: ShownErrors::default(),
        notice: String::new(),
    }
}
