//! The judges' marks seen from all sides, in words: what is worth a look, for whoever leads the judging alone.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    certainty::votes_of,
    head::{Led, PoolHead, pool_id},
    ranking_words::{JudgeNames, finding, signed_ratio},
};
use crate::{
    base::ids::EntryId,
    features::judging::{
        assigning::JudgeFacts,
        standing::{Standing, WithoutOne, certainty_of, diagnosis_of, seats_of, standing_of, without_each},
        views,
    },
    infra::db::DbError,
    ranking::diagnostics::Diagnosis,
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn, words::Words},
};

#[derive(Debug, Serialize)]
pub struct JudgesPage {
    pub head: PoolHead,
    pub judges: Vec<JudgeRow>,
    pub pairs: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct JudgeRow {
    pub number: i32,
    pub name: String,
    pub sheets: usize,
    pub generosity: String,
    pub error: String,
    pub look_at: Vec<String>,
    pub ordinary: Vec<String>,
    /// Fewer marks than say anything.
    pub is_few: bool,
    pub without: String,
    /// Whether the entries above the line would be others without this judge; empty for a panel of one.
    pub decides: String,
}

impl Page for JudgesPage {
    const TEMPLATE: &'static str = "manage/pools/judges.html";
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(&pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let (led, standing, judges, diagnosis, seats) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(Led::may_lead) else { return Ok(None) };
            if !led.place.round.takes_sheets() {
                return Ok(None);
            }
            let votes = votes_of(db, &led)?;
            let standing = standing_of(db, &led.place.pool, &votes)?;
            let diagnosis = diagnosis_of(db, &led.place.pool, &led.place.round, &standing, words.now)?;
            let judges = views::list_judges(db, &id, words.now)?;
            let seats = seats_of(db, &led.place.pool, &led.place.round)?.unwrap_or(1);
            Ok(Some((led, standing, judges, diagnosis, seats)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    // A fit for each judge: off the threads that answer requests.
    let (standing, certainty, without) = actix_web::web::block(move || {
        let (certainty, without) = (certainty_of(&standing, None, None), without_each(&standing, seats));
        (standing, certainty, without)
    })
    .await
    .map_err(|error| WebError::Internal(error.into()))?;
    let names = JudgeNames::of(&judges);
    let rows = certainty.map(|certainty| certainty.judges).unwrap_or_default();
    let rows = rows.iter().filter_map(|judge| {
        let facts = judges.iter().find(|facts| facts.member.account_id == judge.judge_id)?;
        let generosity = (signed_ratio(judge.generosity, &words), judge.error, judge.sheets);
        let mut row = row(&led, facts, generosity, &diagnosis, &names, &words);
        let without = without.iter().find(|without| without.judge_id == judge.judge_id);
        row.decides = without.map(|without| decides(without, &standing, seats, &words)).unwrap_or_default();
        Some(row)
    });
    let mut rows: Vec<JudgeRow> = rows.collect();
    rows.sort_by_key(|row| row.number);
    let page = JudgesPage {
        judges: rows,
        pairs: diagnosis.pairs.iter().map(|pair| finding(pair, &names, &words)).collect(),
        head: led.head("judges", &words),
    };
    app.page(&signed.visitor, &page)
}

fn row(
    led: &Led,
    facts: &JudgeFacts,
    (generosity, error, sheets): (String, Option<f64>, usize),
    diagnosis: &Diagnosis,
    names: &JudgeNames,
    words: &Words,
) -> JudgeRow {
    let account = facts.member.account_id.as_str();
    let profile = diagnosis.judges.iter().find(|profile| profile.judge == account);
    let findings = profile.map(|profile| profile.findings.as_slice()).unwrap_or_default();
    let said = |looked: bool| {
        let own = findings.iter().filter(move |finding| finding.look_at == looked);
        own.map(|found| finding(found, names, words)).collect()
    };
    JudgeRow {
        number: facts.member.number,
        // Judges know each other by number.
        name: if led.may_run { facts.full_name.clone() } else { String::new() },
        sheets,
        generosity,
        error: error.map(|error| format!("±{}", words.lang.decimal(error, 1))).unwrap_or_default(),
        look_at: said(true),
        ordinary: said(false),
        is_few: findings.is_empty(),
        decides: String::new(),
        without: format!("/manage/pools/{}/certainty?without={}", led.place.pool.id, facts.member.number),
    }
}

/// "Không có giám khảo này thì BT-0004 vào 3 bài đầu thay cho BT-0009".
fn decides(without: &WithoutOne, standing: &Standing, seats: usize, words: &Words) -> String {
    let codes = |entries: &[EntryId]| -> String {
        let codes = entries.iter().filter_map(|entry| Some(standing.row(entry)?.code.as_str()));
        codes.collect::<Vec<_>>().join(", ")
    };
    let key = match (without.up.is_empty(), without.down.is_empty()) {
        (true, true) => "judges-without-same",
        // Nobody else scored what goes down.
        (true, false) => "judges-without-fewer",
        (false, _) => "judges-without-other",
    };
    let args =
        [("seats", seats.into()), ("up", codes(&without.up).into()), ("down", codes(&without.down).into())];
    words.say_with(key, &args)
}
