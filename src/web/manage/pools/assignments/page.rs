//! What the page of the assignments shows: the whole table, and how good it is for comparing.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

use super::super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{
        ids::{AccountId, EntryId},
        sentence::FieldErrors,
    },
    features::{
        judging::{SheetStatus, assigning::PoolFacts},
        pools::PoolStatus,
    },
    infra::db::DbError,
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

pub(super) async fn page(
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
