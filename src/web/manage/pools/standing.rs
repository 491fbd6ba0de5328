//! The standing of a pool, with each judge's score, as a table to print and as a drawing.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::head::{Led, PoolHead, pool_id};
use crate::{
    base::{ids::AccountId, seal::hex},
    features::{
        contests::RoundMethod,
        judging::{
            assigning::JudgeFacts,
            standing::{PartKind, PartWeight, Standing, StandingRow, ratio_text, standing_of, step_key},
            views,
        },
        pools::PoolStatus,
        voting,
    },
    infra::db::DbError,
    ranking::standing::{TieRecord, TieStep, commitment, lot},
    web::{error::WebError, form::AppData, render::Page, visitor::SignedIn, words::Words},
};

#[derive(Debug, Serialize)]
pub struct StandingPage {
    pub head: PoolHead,
    pub judges: Vec<JudgeHead>,
    pub rows: Vec<ShownRow>,
    pub chart: Vec<ChartRow>,
    pub has_votes: bool,
    pub has_places: bool,
    pub shows_units: bool,
    pub missing: i32,
    pub weights: Vec<String>,
    pub ties: Vec<ShownTie>,
    pub lot_seed: String,
    pub lot_commitment: String,
    pub marks_href: String,
    pub dropped: String,
    pub problem: String,
    pub hash: String,
}

#[derive(Debug, Serialize)]
pub struct JudgeHead {
    pub number: i32,
    /// Empty for judges, who know each other by number.
    pub name: String,
}

#[derive(Debug, Serialize)]
pub struct ShownRow {
    pub place: String,
    pub is_tied: bool,
    pub split_by: String,
    pub code: String,
    pub title: String,
    pub kind: String,
    pub unit: String,
    pub cells: Vec<ScoreCell>,
    pub jury: String,
    pub votes: String,
    pub score: String,
    pub sheets: String,
    pub lacks: bool,
}

#[derive(Debug, Default, Serialize)]
pub struct ScoreCell {
    pub text: String,
    pub href: String,
}

/// One use of a step of the chain.
#[derive(Debug, Serialize)]
pub struct ShownTie {
    pub step: String,
    /// Best first; in a group whoever is still tied.
    pub groups: Vec<String>,
    /// What the lot drew, by code.
    pub lots: Vec<String>,
}

/// A dot for each judge and one for the score, at places in per cent of the scale.
#[derive(Debug, Serialize)]
pub struct ChartRow {
    pub rank: String,
    pub label: String,
    pub value: String,
    pub low: String,
    pub high: String,
    pub mid: String,
    pub dots: Vec<String>,
}

impl Page for StandingPage {
    const TEMPLATE: &'static str = "manage/pools/standing.html";
}

/// Whoever leads the judging; a judge too, once it is decided and if the round is not blind.
fn may_see(led: &Led) -> bool {
    let is_decided = matches!(led.place.pool.status, PoolStatus::Decided | PoolStatus::Published);
    led.may_lead() || (led.is_judge && is_decided && !led.place.round.is_blind)
}

pub async fn show(app: AppData, signed: SignedIn, pool: Path<String>) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(&pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let (led, standing, judges) = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(led) = Led::read(db, &person, &id)?.filter(may_see) else { return Ok(None) };
            let votes = if led.place.round.takes_votes() {
                voting::views::counts_of(db, &id)?
            } else {
                HashMap::new()
            };
            let standing = standing_of(db, &led.place.pool, &votes)?;
            Ok(Some((led, standing, views::list_judges(db, &id, words.now)?)))
        })
        .await?
        .ok_or(WebError::NotFound)?;
    app.page(&signed.visitor, &shown(&led, &standing, &judges, &words))
}

fn shown(led: &Led, standing: &Standing, judges: &[JudgeFacts], words: &Words) -> StandingPage {
    // A column for whoever sits on the panel or gave a sheet that counts.
    let gave: std::collections::HashSet<&AccountId> =
        standing.rows.iter().flat_map(|row| &row.by_judge).map(|score| &score.judge_id).collect();
    let columns: Vec<&JudgeFacts> = judges
        .iter()
        .filter(|judge| judge.member.is_active() || gave.contains(&judge.member.account_id))
        .collect();
    let takes_sheets = led.place.round.takes_sheets();
    let kinds = crate::features::contests::EntryKind::ALL
        .iter()
        .map(|kind| (*kind, words.say(&format!("standing-kind-{kind}"))))
        .collect::<HashMap<_, _>>();
    let sheet_base =
        if led.may_lead() { format!("/manage/pools/{}/sheets", led.place.pool.id) } else { String::new() };
    let rows = standing.rows.iter().map(|row| {
        let of_judge: HashMap<&AccountId, _> =
            row.by_judge.iter().map(|score| (&score.judge_id, score)).collect();
        let cells = columns.iter().map(|judge| {
            let score = of_judge.get(&judge.member.account_id);
            score.map_or_else(ScoreCell::default, |score| ScoreCell {
                text: ratio_text(score.score, 2, words.lang),
                href: if sheet_base.is_empty() {
                    String::new()
                } else {
                    format!("{sheet_base}/{}", score.sheet_id)
                },
            })
        });
        ShownRow {
            place: row.place.map(|place| place.to_string()).unwrap_or_default(),
            is_tied: row.is_tied,
            split_by: row.split_by.map(|key| words.say(key)).unwrap_or_default(),
            code: row.code.clone(),
            title: led.title_of(&row.title, &row.authors, &row.unit_name),
            kind: kinds.get(&row.kind).cloned().unwrap_or_default(),
            unit: if led.is_blind() { String::new() } else { row.unit_name.clone() },
            cells: if takes_sheets { cells.collect() } else { Vec::new() },
            jury: row.jury_score.map(|score| ratio_text(score, 2, words.lang)).unwrap_or_default(),
            votes: row.votes.map(|votes| words.number(votes)).unwrap_or_default(),
            score: row.score_text(words.lang),
            sheets: format!("{} / {}", row.sheets_in, row.sheets_due),
            lacks: row.sheets_in < row.sheets_due,
        }
    });
    let head = led.head("standing", words);
    StandingPage {
        rows: rows.collect(),
        chart: if takes_sheets { chart(led, standing, words) } else { Vec::new() },
        judges: if takes_sheets {
            let name = |judge: &JudgeFacts| if led.may_run { judge.full_name.clone() } else { String::new() };
            columns.iter().map(|judge| JudgeHead { number: judge.member.number, name: name(judge) }).collect()
        } else {
            Vec::new()
        },
        has_votes: led.place.round.takes_votes(),
        has_places: standing.method != RoundMethod::Decide,
        shows_units: !led.is_blind(),
        missing: standing.sheets_missing(),
        weights: weights(standing, words),
        ties: ties(led, standing, words),
        lot_seed: standing.lot_seed.clone().unwrap_or_default(),
        lot_commitment: if led.place.round.lot_seed.is_empty() {
            String::new()
        } else {
            commitment(&led.place.round.lot_seed)
        },
        marks_href: if led.may_lead() && takes_sheets {
            format!("/manage/pools/{}/marks.zip", led.place.pool.id)
        } else {
            String::new()
        },
        dropped: standing.dropped_criteria.join(", "),
        problem: standing.problem.as_ref().map(|problem| problem.said(words.lang)).unwrap_or_default(),
        hash: standing.hash.clone(),
        head,
    }
}

/// "Điểm giám khảo 80% → 34%".
fn weights(standing: &Standing, words: &Words) -> Vec<String> {
    let part = |weight: &PartWeight| {
        let kind = match weight.kind {
            PartKind::Jury => "standing-part-jury",
            PartKind::Votes => "standing-part-votes",
            PartKind::Carried => "standing-part-carried",
        };
        let args = [
            ("part", words.say(kind).into()),
            ("declared", words.lang.decimal(weight.declared, 0).into()),
            ("effective", words.lang.decimal(weight.effective, 0).into()),
        ];
        words.say_with("standing-weight", &args)
    };
    standing.weights.iter().map(part).collect()
}

/// Which step split which tie, for anybody to check.
fn ties(led: &Led, standing: &Standing, words: &Words) -> Vec<ShownTie> {
    let codes: HashMap<&str, &str> =
        standing.rows.iter().map(|row| (row.entry_id.as_str(), row.code.as_str())).collect();
    let code = |entry: &String| codes.get(entry.as_str()).copied().unwrap_or_default();
    let tie = |record: &TieRecord| ShownTie {
        step: words.say(step_key(&record.step)),
        groups: record
            .groups
            .iter()
            .map(|group| group.iter().map(code).collect::<Vec<_>>().join(", "))
            .collect(),
        lots: match (&record.step, &standing.lot_seed) {
            (TieStep::Lot, Some(seed)) => record
                .groups
                .iter()
                .flatten()
                .map(|entry| format!("{}: {entry} → {}", code(entry), hex(&lot(seed, entry))))
                .collect(),
            _ => Vec::new(),
        },
    };
    // The ids of entries are of use to those who check the lot alone.
    if led.may_lead() { standing.ties.iter().map(tie).collect() } else { Vec::new() }
}

fn chart(led: &Led, standing: &Standing, words: &Words) -> Vec<ChartRow> {
    let ranked = standing.rows.iter().filter(|row| row.place.is_some() && !row.by_judge.is_empty());
    // Scores lie close together: the scale begins below the lowest, so that differences can be seen.
    let all: Vec<f64> =
        standing.rows.iter().flat_map(|row| &row.by_judge).map(|score| score.score.to_f64()).collect();
    let lowest = all.iter().copied().fold(100.0, f64::min);
    let from = ((lowest - 5.0) / 10.0).floor().max(0.0) * 10.0;
    let at = |score: f64| format!("{:.1}", ((score - from) / (100.0 - from) * 100.0).clamp(0.0, 100.0));
    ranked.map(|row| chart_row(led, row, &at, words)).collect()
}

fn chart_row(led: &Led, row: &StandingRow, at: &impl Fn(f64) -> String, words: &Words) -> ChartRow {
    let scores: Vec<f64> = row.by_judge.iter().map(|score| score.score.to_f64()).collect();
    let middle = row.jury_score.or(row.score).map_or(0.0, crate::ranking::standing::Ratio::to_f64);
    ChartRow {
        rank: row.place.map(|place| place.to_string()).unwrap_or_default(),
        label: led.title_of(&row.title, &row.authors, &row.unit_name),
        value: row.score_text(words.lang),
        low: at(scores.iter().copied().fold(100.0, f64::min)),
        high: at(scores.iter().copied().fold(0.0, f64::max)),
        mid: at(middle),
        dots: scores.into_iter().map(at).collect(),
    }
}
