//! The balanced draw: so many judges for each entry, equal loads, no conflicts; sheets that were begun or given stay.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::json;

use super::{Assignment, JudgeFacts, PoolFacts};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AccountId, AssignmentId, EntryId, PoolId, random_token},
        seal::hash_hex,
        text::first_named,
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests::{self, AssignmentWay},
        judging::{SheetStatus, policy::may_lead, store},
        pools::{self, Pool, PoolStatus},
    },
    infra::db::Db,
    ranking::assignment::{Drawn, Impossible, JudgeOffer, Quality, Request, draw},
};

/// What may be asked for; what is not is taken from the round and from the draw before.
#[derive(Debug, Clone, Default)]
pub struct NewDraw {
    pub judges_per_entry: Option<usize>,
    /// The same seed draws the same. Without one: the pool's, or a new one.
    pub seed: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DrawOutcome {
    pub added: usize,
    pub ended: usize,
    pub seed: String,
    pub quality: Quality,
}

act_error! {
    /// Why judges could not be drawn.
    pub enum DrawError {
        PoolDecided => "judging-refused-pool-decided",
        NoSheetsInRound => "judging-refused-no-sheets-in-round",
        NoEntries => "judging-refused-no-entries",
        NoJudges => "judging-refused-no-judges",
        Pulled => "judging-refused-pulled",
        LackJudges {
            entries: String, n: usize, wanted: usize, possible: usize, full: String, n_full: usize,
            barred: String, n_barred: usize,
        } => "judging-refused-lack-judges",
    }
}

pub fn draw_assignments(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    new: &NewDraw,
    now: Moment,
) -> Result<DrawOutcome, DrawError> {
    let pool = pools::store::find(db, pool)?.ok_or(DrawError::NotFound)?;
    if !may_lead(db, by, &pool)? {
        return Err(DrawError::NotFound);
    }
    if !matches!(pool.status, PoolStatus::Gathering | PoolStatus::Judging) || pool.judging_closed_at.is_some()
    {
        return Err(DrawError::PoolDecided);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(DrawError::NotFound)?;
    if !round.takes_sheets() {
        return Err(DrawError::NoSheetsInRound);
    }
    if contests::store::find_round_desk(db, &round.id)?.assignment == AssignmentWay::Pull {
        return Err(DrawError::Pulled);
    }
    let facts = PoolFacts::read(db, &pool, now)?;
    if facts.entries.is_empty() {
        return Err(DrawError::NoEntries);
    }
    if !facts.judges.iter().any(|judge| judge.member.is_active()) {
        return Err(DrawError::NoJudges);
    }
    let each = new.judges_per_entry.unwrap_or_else(|| usize::try_from(round.judges_per_entry).unwrap_or(0));
    let seed = new.seed.clone().or_else(|| pool.draw_seed.clone()).unwrap_or_else(random_token);
    let request = request_of(&facts, each, &seed);
    let drawn = draw(&request).map_err(|impossible| lacking(&facts, &impossible))?;

    let (added, ended) = differences(&facts, &drawn);
    let rows: Vec<Assignment> =
        added.iter().map(|(entry, judge)| assignment(&pool, entry, judge, &seed, by, now)).collect();
    store::end_assignments(db, &ended, "redraw", now)?;
    store::insert_assignments(db, &rows)?;
    pools::store::save(db, &Pool { draw_seed: Some(seed.clone()), ..pool.clone() })?;
    let outcome = DrawOutcome { added: rows.len(), ended: ended.len(), seed, quality: drawn.quality };
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "pool.draw",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({
            "seed": outcome.seed, "judges_per_entry": each, "added": outcome.added, "ended": outcome.ended,
        }),
    };
    append(db, &happening, now)?;
    Ok(outcome)
}

/// One more judge for each of these entries; every assignment that stands stays.
pub fn draw_more(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    entries: &[EntryId],
    now: Moment,
) -> Result<usize, DrawError> {
    let facts = PoolFacts::read(db, pool, now)?;
    let seed = pool.draw_seed.clone().unwrap_or_else(random_token);
    let mut request = request_of(&facts, 0, &seed);
    for row in &facts.assignments {
        request.given.insert((row.entry_id.to_string(), row.judge_id.to_string()));
    }
    for (entry, judges) in &mut request.entries {
        let given = request.given.iter().filter(|(of, _)| of == entry).count();
        *judges = given + usize::from(entries.iter().any(|border| border.as_str() == entry));
    }
    let drawn = draw(&request).map_err(|impossible| lacking(&facts, &impossible))?;
    let (added, _) = differences(&facts, &drawn);
    let rows: Vec<Assignment> =
        added.iter().map(|(entry, judge)| assignment(pool, entry, judge, &seed, by, now)).collect();
    store::insert_assignments(db, &rows)?;
    if pool.draw_seed.is_none() {
        pools::store::save(db, &Pool { draw_seed: Some(seed), ..pool.clone() })?;
    }
    Ok(rows.len())
}

/// A judge's place for an entry is a lot of seed, judge and entry: every judge has an own order, and an entry that joins
/// later does not move the others.
pub(super) fn position(seed: &str, judge: &AccountId, entry: &EntryId) -> i32 {
    let hash = hash_hex(format!("{seed}\0{judge}\0{entry}").as_bytes());
    hash.get(..7).and_then(|digits| i32::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

/// A judge's task, at the judge's own place.
pub fn assignment(
    pool: &Pool,
    entry: &EntryId,
    judge: &AccountId,
    seed: &str,
    by: &Person,
    now: Moment,
) -> Assignment {
    Assignment {
        id: AssignmentId::generate(),
        pool_id: pool.id.clone(),
        entry_id: entry.clone(),
        judge_id: judge.clone(),
        position: position(seed, judge, entry),
        assigned_by: by.id.clone(),
        assigned_at: now,
        ended_at: None,
        end_reason: None,
    }
}

fn request_of(facts: &PoolFacts, each: usize, seed: &str) -> Request {
    let pair = |entry: &EntryId, judge: &AccountId| (entry.to_string(), judge.to_string());
    let mut request = Request { seed: seed.to_owned(), ..Request::default() };
    request.entries = facts.entries.iter().map(|entry| (entry.id.to_string(), each)).collect();
    for judge in &facts.judges {
        let account = &judge.member.account_id;
        if judge.member.is_active() {
            let capacity =
                judge.member.max_entries.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(0));
            request.judges.insert(account.to_string(), JudgeOffer { capacity });
        }
        for entry in &facts.entries {
            match facts.status_of(&entry.id, account) {
                Some(SheetStatus::Submitted) => {
                    request.given.insert(pair(&entry.id, account));
                }
                // A sheet that was begun stays with its judge while the judge and the assignment stay.
                Some(SheetStatus::Draft) if is_assigned(facts, &entry.id, account) => {
                    request.given.insert(pair(&entry.id, account));
                }
                Some(SheetStatus::Voided) => {
                    request.forbidden.insert(pair(&entry.id, account));
                }
                _ => {}
            }
            if facts.why_not(entry, judge).is_some() {
                request.forbidden.insert(pair(&entry.id, account));
            } else if judge.member.is_active()
                && facts.calibrations.contains(&entry.id)
                && facts.status_of(&entry.id, account) != Some(SheetStatus::Voided)
            {
                // Everybody has it, those who joined later too.
                request.given.insert(pair(&entry.id, account));
            }
        }
    }
    request
}

fn is_assigned(facts: &PoolFacts, entry: &EntryId, judge: &AccountId) -> bool {
    facts.seated(judge).is_some()
        && facts.assignments.iter().any(|row| row.entry_id == *entry && row.judge_id == *judge)
}

/// Pairs to assign, and assignments to end. A sheet of somebody who left counts, but is nobody's task any more.
fn differences(facts: &PoolFacts, drawn: &Drawn) -> (Vec<(EntryId, AccountId)>, Vec<AssignmentId>) {
    let wanted: HashSet<(&str, &str)> = drawn.pairs().collect();
    let had: HashSet<(&str, &str)> =
        facts.assignments.iter().map(|row| (row.entry_id.as_str(), row.judge_id.as_str())).collect();
    let judges: BTreeMap<&str, &AccountId> = facts
        .judges
        .iter()
        .filter(|judge| judge.member.is_active())
        .map(|judge| (judge.member.account_id.as_str(), &judge.member.account_id))
        .collect();
    let entries: BTreeMap<&str, &EntryId> =
        facts.entries.iter().map(|entry| (entry.id.as_str(), &entry.id)).collect();
    let new_pairs: BTreeSet<(&str, &str)> = wanted.difference(&had).copied().collect();
    let added = new_pairs
        .into_iter()
        .filter_map(|(entry, judge)| Some(((*entries.get(entry)?).clone(), (*judges.get(judge)?).clone())))
        .collect();
    let ended = facts
        .assignments
        .iter()
        .filter(|row| !wanted.contains(&(row.entry_id.as_str(), row.judge_id.as_str())))
        .map(|row| row.id.clone())
        .collect();
    (added, ended)
}

/// The refusal names entries and judges as people know them: who has no room left, and who may not have some of the entries.
fn lacking(facts: &PoolFacts, impossible: &Impossible) -> DrawError {
    let lacking: Vec<_> = facts
        .entries
        .iter()
        .filter(|entry| impossible.entries.iter().any(|id| id == entry.id.as_str()))
        .collect();
    let active: Vec<_> = facts.judges.iter().filter(|judge| judge.member.is_active()).collect();
    let name = |judge: &JudgeFacts| format!("{} ({})", judge.member.number, judge.full_name);
    let is_full =
        |judge: &JudgeFacts| impossible.full_judges.iter().any(|id| id == judge.member.account_id.as_str());
    let is_barred = |judge: &JudgeFacts| lacking.iter().any(|entry| facts.why_not(entry, judge).is_some());
    let codes: Vec<String> = lacking.iter().map(|entry| entry.code.clone()).collect();
    let full: Vec<String> = active.iter().filter(|judge| is_full(judge)).map(|judge| name(judge)).collect();
    let barred: Vec<String> =
        active.iter().filter(|judge| is_barred(judge)).map(|judge| name(judge)).collect();
    DrawError::LackJudges {
        entries: some(&codes),
        n: codes.len(),
        wanted: impossible.wanted,
        possible: impossible.possible,
        full: some(&full),
        n_full: full.len(),
        barred: some(&barred),
        n_barred: barred.len(),
    }
}

fn some(names: &[String]) -> String {
    const MOST_NAMED: usize = 12;
    first_named(names.iter().cloned(), MOST_NAMED)
}
