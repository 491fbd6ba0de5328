//! The chair's word on a tie, where the declared chain gives it to the chair.

use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use super::{Ruling, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, RulingId},
        json::Json,
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests::{self, Round, TieStep},
        judging::{
            policy::may_lead,
            sheets::reason_of,
            standing::{StandingRow, standing_before_chair},
        },
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

act_error! {
    /// Why the chair's order was not taken.
    pub enum RuleError {
        NotDeclared => "deliberation-refused-chair-not-declared",
        StillMarking => "deliberation-refused-still-marking",
        PoolDecided => "judging-refused-pool-decided",
        NotTied => "deliberation-refused-not-tied",
    }
}

/// The groups that are tied when the chain comes to the chair, each by code. Empty where the chain does not name the chair.
pub fn list_open_ties(
    db: &mut Db,
    pool: &Pool,
    round: &Round,
    votes: &HashMap<EntryId, i64>,
) -> Result<Vec<Vec<StandingRow>>, DbError> {
    if !round.tie_chain.contains(&TieStep::Chair) {
        return Ok(Vec::new());
    }
    let standing = standing_before_chair(db, pool, votes)?;
    let groups = standing.rows.chunk_by(|left, right| left.place.is_some() && left.place == right.place);
    Ok(groups.filter(|group| group.len() > 1).map(<[StandingRow]>::to_vec).collect())
}

/// By whoever leads the judging, after it was closed: no mark can move under a ruling. All who are tied are put in order.
pub fn rule_on_tie(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    votes: &HashMap<EntryId, i64>,
    order: &[EntryId],
    reason: &str,
    now: Moment,
) -> Result<Ruling, RuleError> {
    let pool = pools::store::find(db, pool)?.ok_or(RuleError::NotFound)?;
    if !may_lead(db, by, &pool)? {
        return Err(RuleError::NotFound);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(RuleError::NotFound)?;
    if !round.tie_chain.contains(&TieStep::Chair) {
        return Err(RuleError::NotDeclared);
    }
    match pool.status {
        PoolStatus::Decided | PoolStatus::Published => return Err(RuleError::PoolDecided),
        PoolStatus::Judging if pool.judging_closed_at.is_some() => {}
        PoolStatus::Judging | PoolStatus::Gathering => return Err(RuleError::StillMarking),
    }
    let named: BTreeSet<&EntryId> = order.iter().collect();
    let ties = list_open_ties(db, &pool, &round, votes)?;
    let is_tie = |group: &Vec<StandingRow>| {
        group.len() == order.len() && group.iter().all(|row| named.contains(&row.entry_id))
    };
    if named.len() != order.len() || !ties.iter().any(is_tie) {
        return Err(RuleError::NotTied);
    }
    let ruling = Ruling {
        id: RulingId::generate(),
        pool_id: pool.id.clone(),
        entries: Json(order.to_vec()),
        reason: reason_of(reason)?,
        ruled_by: by.id.clone(),
        ruled_at: now,
    };
    store::insert_ruling(db, &ruling)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "deliberation.rule",
        subject: ("ruling", ruling.id.as_str()),
        before: None,
        after: Some(json!({ "order": order })),
        details: json!({ "pool": pool.id, "reason": ruling.reason }),
    };
    append(db, &happening, now)?;
    Ok(ruling)
}
