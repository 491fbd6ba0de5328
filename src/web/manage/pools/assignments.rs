//! Who judges what in a pool: the draw, single assignments, and the whole table.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use serde::Serialize;

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        ids::{AccountId, EntryId, PoolId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        judging::{
            NewDraw, SheetStatus, assign,
            assigning::{AssignError, DeclareConflictError, PoolFacts},
            calibrating::{CalibrateError, mark_calibration, unmark_calibration},
            declare_conflict, draw_assignments, end_assignment, views,
        },
        pools::PoolStatus,
    },
    infra::db::{Db, DbError},
    ranking::assignment::measure,
    web::{
        error::WebError,
        form::{AppData, Form, ShownErrors},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct AssignmentsPage {
    pub head: PoolHead,
    pub judges: Vec<JudgeColumn>,
    pub rows: Vec<EntryRow>,
    pub judges_per_entry: String,
    pub seed: String,
    pub code: String,
    pub reason: String,
    /// Codes and titles of the entries that everybody scores first.
    pub calibrations: Vec<String>,
    pub may_run: bool,
    /// How good the design is for comparing entries; empty without assignments.
    pub quality: Vec<String>,
    pub errors: ShownErrors,
    pub can_change: bool,
}

#[derive(Debug, Serialize)]
pub struct JudgeColumn {
    pub number: i32,
    pub account: String,
    pub name: String,
    pub load: usize,
    pub max: String,
    pub chosen: bool,
}

#[derive(Debug, Serialize)]
pub struct EntryRow {
    pub code: String,
    pub title: String,
    /// Empty for a head of a blind round.
    pub unit: String,
    pub n_judges: usize,
    pub lacks: bool,
    /// One for each judge: `done`, `draft`, `assigned`, `conflict` or nothing.
    pub cells: Vec<&'static str>,
}

impl Page for AssignmentsPage {
    const TEMPLATE: &'static str = "manage/pools/assignments.html";
}

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

async fn page(
    app: &AppData,
    signed: &SignedIn,
    pool: &str,
    typed: Option<&Form>,
    errors: FieldErrors,
) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let (led, facts) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            let facts = PoolFacts::read(db, &led.place.pool, words.now)?;
            Ok(Some((led, facts)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &signed.visitor, &shown(&led, &facts, typed, &errors, &words))
}

fn shown(
    led: &Led,
    facts: &PoolFacts,
    typed: Option<&Form>,
    errors: &FieldErrors,
    words: &Words,
) -> AssignmentsPage {
    let pool = &led.place.pool;
    let each = led.place.round.judges_per_entry;
    let typed_or = |name: &str, or: String| {
        typed.filter(|form| form.has(name)).map_or(or, |form| form.get(name).to_owned())
    };
    let active: Vec<_> = facts.judges.iter().filter(|judge| judge.member.is_active()).collect();
    let mut by_pair: HashMap<(&EntryId, &AccountId), &'static str> = HashMap::new();
    for row in &facts.assignments {
        by_pair.insert((&row.entry_id, &row.judge_id), "assigned");
    }
    for ((entry, judge), sheet) in &facts.sheets {
        match sheet.status {
            SheetStatus::Submitted => {
                by_pair.insert((entry, judge), "done");
            }
            SheetStatus::Draft if by_pair.contains_key(&(entry, judge)) => {
                by_pair.insert((entry, judge), "draft");
            }
            SheetStatus::Draft | SheetStatus::Voided => {}
        }
    }
    let is_wanted = usize::try_from(each).unwrap_or(0);
    let rows = facts.entries.iter().map(|entry| {
        let n_judges = facts
            .judges
            .iter()
            .filter(|judge| by_pair.contains_key(&(&entry.id, &judge.member.account_id)))
            .count();
        let cell = |judge: &&crate::features::judging::assigning::JudgeFacts| match by_pair
            .get(&(&entry.id, &judge.member.account_id))
        {
            Some(state) => state,
            None if facts.why_not(entry, judge).is_some() => "conflict",
            None => "",
        };
        EntryRow {
            code: entry.code.clone(),
            title: led.title_of(&entry.title, &entry.authors, &entry.unit_name),
            unit: if led.is_blind() { String::new() } else { entry.unit_name.clone() },
            n_judges,
            lacks: n_judges < is_wanted,
            cells: active.iter().map(cell).collect(),
        }
    });
    let chosen = typed.map_or("", |form| form.get("judge"));
    AssignmentsPage {
        head: led.head("assignments", words),
        rows: rows.collect(),
        judges: active
            .iter()
            .map(|judge| JudgeColumn {
                number: judge.member.number,
                account: judge.member.account_id.to_string(),
                name: judge.full_name.clone(),
                load: facts.load_of(&judge.member.account_id),
                max: judge.member.max_entries.map(|max| max.to_string()).unwrap_or_default(),
                chosen: judge.member.account_id.as_str() == chosen,
            })
            .collect(),
        judges_per_entry: typed_or("judges_per_entry", each.to_string()),
        seed: typed_or("seed", pool.draw_seed.clone().unwrap_or_default()),
        code: typed_or("code", String::new()),
        reason: typed_or("reason", String::new()),
        calibrations: facts
            .entries
            .iter()
            .filter(|entry| facts.calibrations.contains(&entry.id))
            .map(|entry| {
                let title = led.title_of(&entry.title, &entry.authors, &entry.unit_name);
                format!("{} · {title}", entry.code)
            })
            .collect(),
        may_run: led.may_run,
        quality: quality_words(facts, words),
        errors: ShownErrors::new(errors, words),
        can_change: matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging)
            && pool.judging_closed_at.is_none(),
    }
}

/// Against the ideal: no design can do better than judges who are all equally severe.
fn quality_words(facts: &PoolFacts, words: &Words) -> Vec<String> {
    let given = facts.sheets.iter().filter(|(_, sheet)| sheet.status == SheetStatus::Submitted);
    let given = given.map(|((entry, judge), _)| (entry.as_str(), judge.as_str()));
    let assigned = facts.assignments.iter().map(|row| (row.entry_id.as_str(), row.judge_id.as_str()));
    let pairs: Vec<(&str, &str)> = assigned.chain(given).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let active = facts.judges.iter().filter(|judge| judge.member.is_active());
    let active = active.map(|judge| judge.member.account_id.as_str()).collect();
    let quality = measure(pairs, &active);
    let load = if quality.min_load == quality.max_load {
        "assignments-quality-load-same"
    } else {
        "assignments-quality-load"
    };
    let loads = [("min", quality.min_load.into()), ("max", quality.max_load.into())];
    let mut said = vec![words.say_with(load, &loads)];
    if quality.single_judged > 0 {
        said.push(words.say_with("assignments-quality-single", &[("n", quality.single_judged.into())]));
    }
    if quality.components > 1 {
        said.push(words.say_with("assignments-quality-apart", &[("n", quality.components.into())]));
    }
    // With one judge nobody's generosity can differ, and there is no error of that sort.
    if let (Some(mean), Some(bound), Some(_)) =
        (quality.mean_variance, quality.bound, quality.algebraic_connectivity)
        && bound > 0.0
    {
        // For reading only; nothing is decided by it.
        let above = format!("{:.1}", (((mean / bound).sqrt() - 1.0) * 100.0).max(0.0));
        let percent = words.either(&above.replace('.', ","), &above).to_owned();
        said.push(match above.as_str() {
            "0.0" => words.say("assignments-quality-best"),
            _ => words.say_with("assignments-quality-ideal", &[("percent", percent.into())]),
        });
    }
    if quality.bridges > 0 && quality.components == 1 {
        said.push(words.say_with("assignments-quality-bridges", &[("n", quality.bridges.into())]));
    }
    said
}
