//! From the rows of a pool to its standing.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use super::{
    JudgeScore, Standing, StandingRow,
    combine::{Part, PartKind, combined, vote_weight, weights},
    form::{form_of, marks_in_order},
};
use crate::{
    base::{
        ids::{AccountId, EntryId},
        seal::hash_hex,
        sentence::Sentence,
    },
    features::{
        contests::{
            self, Aggregation, Criterion, Round, RoundMethod, TieStep, chain_run::exact_step,
            views::list_criteria,
        },
        judging::{
            assigning::StandingEntry,
            deliberation, store,
            views::{CountingSheet, carried_scores, list_counting_sheets, list_standing_entries},
        },
        pools::Pool,
    },
    infra::db::{Db, DbError},
    ranking::standing::{self as exact, Form, Ratio, Rules},
};

/// The standing as it is now. `votes` are the counts that were recorded for the pool; other rounds than vote and combined
/// ones do not look at them. A round that only decides has a list and no places.
#[expect(clippy::implicit_hasher, reason = "one kind of map goes through the house")]
pub fn standing_of(db: &mut Db, pool: &Pool, votes: &HashMap<EntryId, i64>) -> Result<Standing, DbError> {
    computed(db, pool, votes, |rules| rules)
}

/// The same as far as the chain goes before it comes to the chair: who still shares a place is for the chair to order.
#[expect(clippy::implicit_hasher, reason = "one kind of map goes through the house")]
pub fn standing_before_chair(
    db: &mut Db,
    pool: &Pool,
    votes: &HashMap<EntryId, i64>,
) -> Result<Standing, DbError> {
    computed(db, pool, votes, |mut rules| {
        let chair = rules.chain.iter().position(|step| *step == exact::TieStep::Chair);
        rules.chain.truncate(chair.unwrap_or(rules.chain.len()));
        rules
    })
}

fn computed(
    db: &mut Db,
    pool: &Pool,
    votes: &HashMap<EntryId, i64>,
    under: impl FnOnce(Rules) -> Rules,
) -> Result<Standing, DbError> {
    let Some(round) = contests::store::find_round(db, &pool.round_id)? else {
        return Err(diesel::result::Error::NotFound.into());
    };
    // What was put in to be practised on competes with nobody.
    let samples: HashSet<EntryId> = store::list_calibrations(db, &pool.id)?
        .into_iter()
        .filter(|calibration| calibration.is_sample)
        .map(|calibration| calibration.entry_id)
        .collect();
    let mut entries = list_standing_entries(db, &pool.id)?;
    entries.retain(|entry| !samples.contains(&entry.id));
    let takes_sheets = round.takes_sheets();
    let criteria = if takes_sheets { list_criteria(db, &round.id)? } else { Vec::new() };
    let mut sheets = if takes_sheets { list_counting_sheets(db, &pool.id)? } else { Vec::new() };
    let assigned = if takes_sheets { store::list_assignments(db, &pool.id)? } else { Vec::new() };
    let standing_ids: HashSet<&EntryId> = entries.iter().map(|entry| &entry.id).collect();
    sheets.retain(|sheet| standing_ids.contains(&sheet.entry_id));

    let mut due: HashMap<&EntryId, HashSet<&AccountId>> = HashMap::new();
    for row in &assigned {
        due.entry(&row.entry_id).or_default().insert(&row.judge_id);
    }
    for sheet in &sheets {
        due.entry(&sheet.entry_id).or_default().insert(&sheet.judge_id);
    }
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let mut standing = Standing {
        method: round.method,
        rows: entries
            .iter()
            .map(|entry| bare_row(entry, count(due.get(&entry.id).map_or(0, HashSet::len))))
            .collect(),
        hash: String::new(),
        weights: Vec::new(),
        ties: Vec::new(),
        lot_seed: None,
        dropped_criteria: Vec::new(),
        problem: None,
    };
    if round.takes_votes() {
        for row in &mut standing.rows {
            row.votes = votes.get(&row.entry_id).copied();
        }
    }
    // The seed of the lot is revealed when no sheet can change any more; until then it splits nothing.
    let lot_seed = pool.judging_closed_at.is_some() || !takes_sheets;
    let mut rules = under(rules_of(&round, lot_seed));
    if round.tie_chain.contains(&TieStep::Chair) {
        rules.rulings = deliberation::store::list_rulings(db, &pool.id)?.iter().map(Into::into).collect();
    }
    standing.lot_seed.clone_from(&rules.lot_seed);
    let carried = if round.carry_weight > 0 { carried_scores(db, &pool.id)? } else { HashMap::new() };
    if place(&mut standing, &round, &criteria, &sheets, (&rules, &carried)).is_none() {
        standing.problem = Some(Sentence::new("judging-standing-problem"));
    }
    sort(&mut standing.rows);
    standing.hash = hash_of(pool, &standing.rows);
    Ok(standing)
}

fn bare_row(entry: &StandingEntry, sheets_due: i32) -> StandingRow {
    StandingRow {
        entry_id: entry.id.clone(),
        code: entry.code.clone(),
        title: entry.title.clone(),
        kind: entry.kind,
        unit_id: entry.unit_id.clone(),
        unit_name: entry.unit_name.clone(),
        authors: entry.authors.clone(),
        place: None,
        score: None,
        jury_score: None,
        carried: None,
        votes: None,
        sheets_in: 0,
        sheets_due,
        is_tied: false,
        split_by: None,
        by_judge: Vec::new(),
    }
}

pub(in crate::features::judging) fn rules_of(round: &Round, lot_is_revealed: bool) -> Rules {
    Rules {
        aggregation: match round.aggregation {
            Aggregation::Mean => exact::Aggregation::Mean,
            Aggregation::Median => exact::Aggregation::Median,
        },
        chain: round.tie_chain.iter().map(exact_step).collect(),
        lot_seed: (lot_is_revealed && !round.lot_seed.is_empty()).then(|| round.lot_seed.clone()),
        ..Rules::default()
    }
}

/// None when the form or the numbers cannot be ranked.
fn place(
    standing: &mut Standing,
    round: &Round,
    criteria: &[Criterion],
    sheets: &[CountingSheet],
    (rules, carried): (&Rules, &HashMap<EntryId, Ratio>),
) -> Option<()> {
    let entries: Vec<String> = standing.rows.iter().map(|row| row.entry_id.to_string()).collect();
    match round.method {
        RoundMethod::Decide => Some(()),
        RoundMethod::Vote => {
            let scores = standing
                .rows
                .iter()
                .filter_map(|row| Some((row.entry_id.to_string(), Ratio::whole(row.votes?))));
            let scores: BTreeMap<String, Ratio> = scores.collect();
            // Votes have no form: the chain can only draw lots.
            let pool = exact::Pool {
                form: votes_form()?,
                entries,
                sheets: Vec::new(),
                judge_weights: BTreeMap::new(),
            };
            let rules = Rules {
                chain: rules.chain.iter().filter(|step| **step == exact::TieStep::Lot).cloned().collect(),
                ..rules.clone()
            };
            apply(standing, &exact::standing_of(&scores, &pool, &rules).ok()?)
        }
        RoundMethod::Score | RoundMethod::Combined => {
            let form = form_of(criteria).ok()?;
            let pool = exact::Pool {
                entries,
                sheets: sheets
                    .iter()
                    .map(|sheet| exact::Sheet {
                        entry: sheet.entry_id.to_string(),
                        judge: sheet.judge_id.to_string(),
                        marks: marks_in_order(criteria, &sheet.marks),
                    })
                    .collect(),
                form,
                judge_weights: BTreeMap::new(),
            };
            let by_sheets = exact::standing(&pool, rules).ok()?;
            note_sheets(standing, sheets, &pool, &by_sheets);
            standing.dropped_criteria = names_of(criteria, &by_sheets.dropped_criteria);
            if round.method == RoundMethod::Score && round.carry_weight == 0 {
                return apply(standing, &by_sheets);
            }
            let scores = combine(standing, &by_sheets, round, carried)?;
            apply(standing, &exact::standing_of(&scores, &pool, rules).ok()?)
        }
    }
}

fn votes_form() -> Option<Form> {
    let line = exact::Criterion { name: "votes".into(), min: 0, max: 1, weight: 1, required: true };
    Form::new(vec![line]).ok()
}

fn names_of(criteria: &[Criterion], ids: &[String]) -> Vec<String> {
    let named = criteria.iter().filter(|criterion| ids.iter().any(|id| id == criterion.id.as_str()));
    named.map(|criterion| criterion.name.clone()).collect()
}

/// Writes beside every entry what its sheets come to, without the criteria that count for nobody.
fn note_sheets(
    standing: &mut Standing,
    sheets: &[CountingSheet],
    pool: &exact::Pool,
    by_sheets: &exact::Standing,
) {
    let kept: Vec<exact::Criterion> = pool
        .form
        .criteria()
        .iter()
        .filter(|criterion| !by_sheets.dropped_criteria.contains(&criterion.name))
        .cloned()
        .collect();
    let is_kept: Vec<bool> = pool.form.criteria().iter().map(|criterion| kept.contains(criterion)).collect();
    let Ok(form) = Form::new(kept) else { return };
    let at: HashMap<EntryId, usize> =
        standing.rows.iter().enumerate().map(|(at, row)| (row.entry_id.clone(), at)).collect();
    for (counting, sheet) in sheets.iter().zip(&pool.sheets) {
        let marks: Vec<Option<i64>> =
            sheet.marks.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(mark, _)| *mark).collect();
        let row = at.get(&counting.entry_id).and_then(|at| standing.rows.get_mut(*at));
        if let (Some(row), Ok(score)) = (row, form.score(&marks)) {
            row.sheets_in += 1;
            row.by_judge.push(JudgeScore {
                sheet_id: counting.id.clone(),
                judge_id: counting.judge_id.clone(),
                score,
            });
        }
    }
}

/// The combined scores; an entry without a sheet that counts has none. An entry that comes straight into this round brings
/// nothing along, so this round's own score stands for both.
fn combine(
    standing: &mut Standing,
    by_sheets: &exact::Standing,
    round: &Round,
    carried: &HashMap<EntryId, Ratio>,
) -> Option<BTreeMap<String, Ratio>> {
    let jury: HashMap<&str, Ratio> =
        by_sheets.rows.iter().map(|row| (row.entry.as_str(), row.score)).collect();
    let most = standing.rows.iter().filter_map(|row| row.votes).max().unwrap_or(0);
    let vote_weight = vote_weight(round);
    let carry_weight = round.carry_weight.clamp(0, 100);
    let own = 100 - carry_weight;
    let part = |kind, weight| Part { kind, weight, scores: Vec::new() };
    let mut parts = [
        part(PartKind::Jury, own * (100 - vote_weight)),
        part(PartKind::Votes, own * vote_weight),
        part(PartKind::Carried, carry_weight * 100),
    ];
    let mut entries = Vec::new();
    for row in &mut standing.rows {
        let Some(score) = jury.get(row.entry_id.as_str()).copied() else { continue };
        row.jury_score = Some(score);
        row.carried = carried.get(&row.entry_id).copied();
        let votes = i128::from(row.votes.unwrap_or(0)) * 100;
        let share = if most > 0 { Ratio::new(votes, most.into())? } else { Ratio::ZERO };
        for (part, score) in parts.iter_mut().zip([score, share, row.carried.unwrap_or(score)]) {
            part.scores.push(score);
        }
        entries.push(row.entry_id.to_string());
    }
    let parts: Vec<Part> = parts.into_iter().filter(|part| part.weight > 0).collect();
    standing.weights = weights(&parts, round.is_standardised);
    Some(entries.into_iter().zip(combined(&parts, round.is_standardised)?).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "the last step of a chain of steps that may fail")]
fn apply(standing: &mut Standing, ranked: &exact::Standing) -> Option<()> {
    let by_entry: HashMap<&str, &exact::Row> =
        ranked.rows.iter().map(|row| (row.entry.as_str(), row)).collect();
    standing.ties.clone_from(&ranked.ties);
    for row in &mut standing.rows {
        let Some(ranked) = by_entry.get(row.entry_id.as_str()) else { continue };
        row.place = i32::try_from(ranked.place.first).ok();
        row.score = Some(ranked.score);
        row.is_tied = ranked.place.is_shared();
        row.split_by = ranked.split_by.as_ref().map(step_key);
    }
    Some(())
}

/// The Fluent key of the step's words.
pub fn step_key(step: &exact::TieStep) -> &'static str {
    match step {
        exact::TieStep::Criterion(_) => "judging-split-criterion",
        exact::TieStep::HeadToHead => "judging-split-head-to-head",
        exact::TieStep::Median => "judging-split-median",
        exact::TieStep::Chair => "judging-split-chair",
        exact::TieStep::Lot => "judging-split-lot",
    }
}

fn sort(rows: &mut [StandingRow]) {
    rows.sort_by(|a, b| {
        let place = |row: &StandingRow| row.place.unwrap_or(i32::MAX);
        (place(a), &a.code, &a.entry_id).cmp(&(place(b), &b.code, &b.entry_id))
    });
}

fn hash_of(pool: &Pool, rows: &[StandingRow]) -> String {
    let lines: Vec<_> = rows
        .iter()
        .map(|row| json!([row.entry_id, row.place, row.score.map(|score| score.to_string()), row.sheets_in]))
        .collect();
    hash_hex(json!({ "pool": pool.id, "rows": lines }).to_string().as_bytes())
}
