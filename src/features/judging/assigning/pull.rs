//! Pull mode: a judge who is ready asks for the next entry and gets one that was judged least.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{PoolFacts, draw::assignment};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, random_token},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests::{self, AssignmentWay},
        judging::{store, views},
        pools::{self, Pool, PoolStatus},
    },
    infra::db::Db,
    ranking::assignment::next_entry,
};

act_error! {
    /// Why there is no next entry.
    pub enum PullError {
        NotPulled => "judging-refused-not-pulled",
        JudgingNotOpen => "judging-refused-not-open",
        JudgingClosed => "judging-refused-closed",
        AtOwnCapacity { max: i32 } => "judging-refused-at-own-capacity",
        NothingLeft => "judging-refused-nothing-left",
        OnlyAsideLeft { n: usize } => "judging-refused-only-aside-left",
    }
}

/// Whoever asks with an entry at hand that is neither given nor put aside gets that one: asking twice takes no second
/// entry. Two judges who ask at the same moment are served one after the other, as all writes are.
pub fn pull_next(db: &mut Db, judge: &Person, pool: &PoolId, now: Moment) -> Result<EntryId, PullError> {
    let seat = store::find_seat(db, pool, &judge.id)?.ok_or(PullError::NotFound)?;
    let pool = pools::store::find(db, pool)?.ok_or(PullError::NotFound)?;
    if contests::store::find_round_desk(db, &pool.round_id)?.assignment != AssignmentWay::Pull {
        return Err(PullError::NotPulled);
    }
    match pool.status {
        PoolStatus::Judging if pool.judging_closed_at.is_none() => {}
        PoolStatus::Gathering => return Err(PullError::JudgingNotOpen),
        _ => return Err(PullError::JudgingClosed),
    }
    let places = views::list_places(db, &pool.id, &judge.id)?;
    if let Some(place) = places.iter().find(|place| !place.is_done() && !place.is_skipped) {
        return Ok(place.entry_id.clone());
    }
    let facts = PoolFacts::read(db, &pool, now)?;
    if let Some(max) = seat.max_entries
        && facts.load_of(&judge.id) >= usize::try_from(max).unwrap_or(0)
    {
        return Err(PullError::AtOwnCapacity { max });
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(PullError::NotFound)?;
    let each = usize::try_from(round.judges_per_entry).unwrap_or(0);
    let seed = pool.draw_seed.clone().unwrap_or_else(random_token);
    let aside = places.iter().filter(|place| !place.is_done()).count();
    let entry = least_judged(&facts, judge, each, &seed).ok_or(match aside {
        0 => PullError::NothingLeft,
        n => PullError::OnlyAsideLeft { n },
    })?;
    if pool.draw_seed.is_none() {
        pools::store::save(db, &Pool { draw_seed: Some(seed.clone()), ..pool.clone() })?;
    }
    store::insert_assignment(db, &assignment(&pool, &entry, &judge.id, &seed, judge, now))?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&judge.id),
        action: "pool.pull",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({ "entry": entry, "judge": judge.id }),
    };
    append(db, &happening, now)?;
    Ok(entry)
}

fn least_judged(facts: &PoolFacts, judge: &Person, each: usize, seed: &str) -> Option<EntryId> {
    let seated = facts.seated(&judge.id)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut not_mine: BTreeSet<&str> = BTreeSet::new();
    for entry in &facts.entries {
        let count = facts.n_judges_of(&entry.id);
        let is_full = count >= each;
        let had = facts.status_of(&entry.id, &judge.id).is_some()
            || facts.assignments.iter().any(|row| row.entry_id == entry.id && row.judge_id == judge.id);
        if is_full || had || facts.why_not(entry, seated).is_some() {
            not_mine.insert(entry.id.as_str());
        }
        counts.insert(entry.id.as_str(), count);
    }
    let next = next_entry(seed, judge.id.as_str(), &counts, &not_mine)?;
    facts.entries.iter().find(|entry| entry.id.as_str() == next).map(|entry| entry.id.clone())
}
