//! The organiser has seen on made-up scores how the declared chains tell ties apart.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Contest, ContestStatus, Declared, chain_run::run_chain, policy, store};
use crate::{
    base::{
        clock::Moment,
        ids::{ContestId, RoundId},
    },
    features::{accounts::Person, audit},
    infra::db::Db,
};

crate::act_error! {
    /// Why it was not written down.
    pub enum ShowChainError {
        Ended => "contests-refused-ended",
        ChainChanged => "contests-refused-chain-changed",
    }
}

/// By round the hash of the chain that was before somebody's eyes.
pub type SeenChains = BTreeMap<RoundId, String>;

/// The chains that can be tried as the contest is declared: a round without a form has nothing to be told apart by.
pub fn chains_to_see(declared: &Declared) -> SeenChains {
    let scored = declared.rounds.iter().filter(|row| row.round.takes_sheets());
    scored
        .filter(|row| run_chain(&row.round, &row.criteria).is_some())
        .map(|row| (row.round.id.clone(), row.round.chain_hash()))
        .collect()
}

/// Written down per round with the chain's hash: a chain that is changed afterwards was not shown, and neither was one that
/// somebody else changed while this one was looked at.
pub fn show_chains(
    db: &mut Db,
    person: &Person,
    id: &ContestId,
    seen: &SeenChains,
    now: Moment,
) -> Result<Contest, ShowChainError> {
    let contest = store::find(db, id)?.ok_or(ShowChainError::NotFound)?;
    if !policy::may_run(db, person, &contest)? {
        return Err(ShowChainError::NotFound);
    }
    if contest.status == ContestStatus::Ended {
        return Err(ShowChainError::Ended);
    }
    let declared = Declared::load(db, contest)?.ok_or(ShowChainError::NotFound)?;
    let stand = chains_to_see(&declared);
    if seen.is_empty() || seen.iter().any(|(round, chain)| stand.get(round) != Some(chain)) {
        return Err(ShowChainError::ChainChanged);
    }
    let mut shown = Vec::new();
    for row in declared.rounds.iter().filter(|row| seen.contains_key(&row.round.id)) {
        let mut round = row.round.clone();
        round.shown_chain = round.chain_hash();
        if round != row.round {
            store::save_round(db, &round)?;
            shown.push(json!({ "round": round.id, "chain": round.shown_chain }));
        }
    }
    if !shown.is_empty() {
        let happening = audit::Happening {
            contest: Some(id),
            by: Some(&person.id),
            action: "contest.chains_shown",
            subject: ("contest", id.as_str()),
            before: None,
            after: None,
            details: json!({ "rounds": shown }),
        };
        audit::append(db, &happening, now)?;
    }
    Ok(declared.contest)
}
