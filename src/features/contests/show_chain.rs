//! The organiser has seen on made-up scores how the declared chains tell ties apart.

use serde_json::json;

use super::{Contest, ContestStatus, Declared, policy, store};
use crate::{
    base::{clock::Moment, ids::ContestId},
    features::{accounts::Person, audit},
    infra::db::Db,
};

crate::act_error! {
    /// Why it was not written down.
    pub enum ShowChainError {
        NotADraft => "contests-open-refused-not-a-draft",
    }
}

/// Written down per round with the chain's hash: a chain that is changed afterwards was not shown.
pub fn show_chains(
    db: &mut Db,
    person: &Person,
    id: &ContestId,
    now: Moment,
) -> Result<Contest, ShowChainError> {
    let contest = store::find(db, id)?.ok_or(ShowChainError::NotFound)?;
    if !policy::may_run(db, person, &contest)? {
        return Err(ShowChainError::NotFound);
    }
    if contest.status != ContestStatus::Draft {
        return Err(ShowChainError::NotADraft);
    }
    let declared = Declared::load(db, contest)?.ok_or(ShowChainError::NotFound)?;
    let mut shown = Vec::new();
    for row in &declared.rounds {
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
