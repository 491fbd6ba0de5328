//! The panel's deliberation: remarks on entries, the chair's word on ties, and the whole record to print.

mod page;

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, web::Path};

use self::page::{Typed, page};
use super::head::{Led, pool_id};
use crate::{
    base::{
        ids::EntryId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        judging::deliberation::{add_remark, rule_on_tie},
        voting,
    },
    infra::db::DbError,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &pool, &Typed::default(), FieldErrors::default()).await
}

pub async fn remark(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let typed =
        Typed { entry: form.get("entry").to_owned(), body: form.get("body").to_owned(), ..Typed::default() };
    let Ok(entry) = form.get("entry").parse::<EntryId>() else {
        let errors = FieldErrors::one("entry", Sentence::new("deliberation-error-entry"));
        return page(&app, &signed, &pool, &typed, errors).await;
    };
    let body = typed.body.clone();
    let done = app.db.write(move |db| add_remark(db, &person, &id, &entry, &body, now)).await;
    answer(
        &app,
        &signed,
        &pool,
        done.map(drop).map_err(WebError::from),
        (&typed, "body"),
        "deliberation-said",
    )
    .await
}

pub async fn rule(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let (asked, of) = (id.clone(), Arc::clone(&person));
    let leads = app.db.read(move |db| -> Result<_, DbError> {
        Ok(Led::read(db, &of, &asked)?.is_some_and(|led| led.may_lead()))
    });
    if !leads.await? {
        return Err(WebError::NotFound);
    }
    let orders: HashMap<String, String> =
        form.pairs().iter().filter(|(name, _)| name.starts_with("order-")).cloned().collect();
    let reason = form.get("reason").to_owned();
    let typed = Typed { reason: reason.clone(), orders, ..Typed::default() };
    let Some(order) = order_of(&typed.orders) else {
        let errors = FieldErrors::one("ties", Sentence::new("deliberation-error-order"));
        return page(&app, &signed, &pool, &typed, errors).await;
    };
    let done = app
        .db
        .write(move |db| {
            let votes = voting::views::counts_of(db, &id)?;
            rule_on_tie(db, &person, &id, &votes, &order, &reason, now)
        })
        .await;
    answer(
        &app,
        &signed,
        &pool,
        done.map(drop).map_err(WebError::from),
        (&typed, "ties"),
        "deliberation-ruled",
    )
    .await
}

/// The entries by the numbers typed, when these are 1, 2, 3 and so on without a gap or a double.
fn order_of(orders: &HashMap<String, String>) -> Option<Vec<EntryId>> {
    let mut placed: Vec<(usize, EntryId)> = orders
        .iter()
        .map(|(name, number)| Some((number.trim().parse().ok()?, name.strip_prefix("order-")?.parse().ok()?)))
        .collect::<Option<_>>()?;
    placed.sort();
    let is_whole = placed.iter().enumerate().all(|(at, (number, _))| *number == at + 1);
    (is_whole && placed.len() > 1).then(|| placed.into_iter().map(|(_, entry)| entry).collect())
}

async fn answer(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    done: Result<(), WebError>,
    (typed, field): (&Typed, &str),
    key: &'static str,
) -> Result<HttpResponse, WebError> {
    let errors = match done {
        Ok(()) => {
            let to = format!("/manage/pools/{}/deliberation", pool_id(pool)?);
            return Ok(signed.visitor.redirect(app, &to, Some(("ok", Sentence::new(key)))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one(field, sentence),
        Err(error) => return Err(error),
    };
    page(app, signed, pool, typed, errors).await
}
