//! Who judges what in a pool: the draw, single assignments, and the whole table.

mod page;

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};

use self::page::page;
use super::head::pool_id;
use crate::{
    base::{
        ids::{AccountId, EntryId, PoolId},
        sentence::{FieldErrors, Sentence},
    },
    features::judging::{
        NewDraw, assign,
        assigning::{AssignError, DeclareConflictError},
        calibrating::{CalibrateError, mark_calibration, unmark_calibration},
        declare_conflict, draw_assignments, end_assignment, views,
    },
    infra::db::{Db, DbError},
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    page(&app, &signed, &pool, None, FieldErrors::default()).await
}

pub async fn draw(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let judges_per_entry = match form.get("judges_per_entry").trim() {
        "" => None,
        typed => {
            let each = typed.parse::<usize>().ok().filter(|each| (1..=50).contains(each));
            if each.is_none() {
                let wrong =
                    FieldErrors::one("judges_per_entry", Sentence::new("assignments-error-judges-per-entry"));
                return page(&app, &signed, &pool, Some(&form), wrong).await;
            }
            each
        }
    };
    let seed = Some(form.get("seed").trim().to_owned()).filter(|seed| !seed.is_empty());
    let new = NewDraw { judges_per_entry, seed };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let drawn = app.db.write(move |db| draw_assignments(db, &person, &id, &new, now)).await;
    let said = drawn.map(|drawn| {
        Sentence::new("assignments-drawn").with("added", drawn.added).with("ended", drawn.ended)
    });
    answer(&app, &signed, &pool, &form, said.map_err(WebError::from)).await
}

pub async fn assign_one(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let (code, judge) = (form.get("code").trim().to_owned(), judge_of(&form));
    let Ok(judge) = judge else {
        let wrong = FieldErrors::one("judge", Sentence::new("assignments-error-judge"));
        return page(&app, &signed, &pool, Some(&form), wrong).await;
    };
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app
        .db
        .write(move |db| {
            let entry = entry_by_code(db, &id, &code)?;
            assign(db, &person, &id, &entry, &judge, now)
        })
        .await;
    answer(
        &app,
        &signed,
        &pool,
        &form,
        done.map(|_| Sentence::new("assignments-assigned")).map_err(WebError::from),
    )
    .await
}

pub async fn end(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let (code, judge) = (form.get("code").trim().to_owned(), judge_of(&form));
    let Ok(judge) = judge else {
        let wrong = FieldErrors::one("judge", Sentence::new("assignments-error-judge"));
        return page(&app, &signed, &pool, Some(&form), wrong).await;
    };
    let reason = form.get("reason").to_owned();
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app
        .db
        .write(move |db| {
            let entry = entry_by_code(db, &id, &code)?;
            end_assignment(db, &person, &id, &entry, &judge, &reason, now)
        })
        .await;
    answer(
        &app,
        &signed,
        &pool,
        &form,
        done.map(|()| Sentence::new("assignments-ended")).map_err(WebError::from),
    )
    .await
}

/// Notes a conflict of interest that the judge did not declare.
pub async fn conflict(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let (code, judge) = (form.get("code").trim().to_owned(), judge_of(&form));
    let Ok(judge) = judge else {
        let wrong = FieldErrors::one("judge", Sentence::new("assignments-error-judge"));
        return page(&app, &signed, &pool, Some(&form), wrong).await;
    };
    let reason = form.get("reason").to_owned();
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app
        .db
        .write(move |db| -> Result<_, DeclareConflictError> {
            let unknown = || FieldErrors::one("code", Sentence::new("assignments-error-code"));
            let entry = find_by_code(db, &id, &code)?.ok_or_else(unknown)?;
            declare_conflict(db, &person, &id, &entry, &judge, &reason, now)
        })
        .await;
    let said = done.map(|_| Sentence::new("assignments-conflict-noted")).map_err(WebError::from);
    answer(&app, &signed, &pool, &form, said).await
}

/// Everybody on the panel scores this entry before all others; or no longer.
pub async fn calibrate(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let id = pool_id(&pool)?;
    let (code, reason) = (form.get("code").trim().to_owned(), form.get("reason").to_owned());
    let (is_sample, is_over) = (form.get("is_sample") == "1", form.get("act") == "unmark");
    let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
    let done = app
        .db
        .write(move |db| -> Result<_, CalibrateError> {
            let unknown = || FieldErrors::one("code", Sentence::new("assignments-error-code"));
            let entry = find_by_code(db, &id, &code)?.ok_or_else(unknown)?;
            if is_over {
                unmark_calibration(db, &person, &id, &entry, &reason, now)?;
                return Ok(Sentence::new("calibration-unmarked"));
            }
            let n = mark_calibration(db, &person, &id, &entry, is_sample, &reason, now)?;
            Ok(Sentence::new("calibration-marked").with("n", n))
        })
        .await;
    answer(&app, &signed, &pool, &form, done.map_err(WebError::from)).await
}

fn judge_of(form: &Form) -> Result<AccountId, WebError> {
    form.get("judge").parse().map_err(|_| WebError::NotFound)
}

fn entry_by_code(db: &mut Db, pool: &PoolId, code: &str) -> Result<EntryId, AssignError> {
    find_by_code(db, pool, code)?.ok_or_else(|| {
        AssignError::Invalid(FieldErrors::one("code", Sentence::new("assignments-error-code")))
    })
}

fn find_by_code(db: &mut Db, pool: &PoolId, code: &str) -> Result<Option<EntryId>, DbError> {
    let entries = views::list_standing_entries(db, pool)?;
    let found = entries.into_iter().find(|entry| entry.code.eq_ignore_ascii_case(code));
    Ok(found.map(|entry| entry.id))
}

async fn answer(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    form: &Form,
    done: Result<Sentence, WebError>,
) -> Result<HttpResponse, WebError> {
    let errors = match done {
        Ok(said) => {
            let to = format!("/manage/pools/{}/assignments", pool_id(pool)?);
            return Ok(signed.visitor.redirect(app, &to, Some(("ok", said))));
        }
        Err(WebError::Invalid(errors)) => errors,
        Err(WebError::Refused(sentence)) => FieldErrors::one("assignments", sentence),
        Err(error) => return Err(error),
    };
    page(app, signed, pool, Some(form), errors).await
}
