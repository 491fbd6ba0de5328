//! Sending entries up: each with its dossier, into the pool of the next round on the pool's way upwards.

use super::{
    Candidate, Nomination, NominationStatus,
    dossier::{From, dossiers},
    store,
};
use crate::{
    base::{canonical::canonical_json, clock::Moment, ids::NominationId, seal::hash_hex},
    features::{accounts::Person, pools::Pool},
    infra::db::{Db, DbError},
};

pub fn nominate(
    db: &mut Db,
    person: &Person,
    from: &From<'_>,
    to: &Pool,
    candidates: &[&Candidate],
    now: Moment,
) -> Result<(), DbError> {
    for (entry_id, dossier) in dossiers(db, from, candidates)? {
        let snapshot = canonical_json(&dossier);
        let nomination = Nomination {
            id: NominationId::generate(),
            contest_id: from.pool.contest_id.clone(),
            entry_id,
            decision_id: from.decision.id.clone(),
            from_pool_id: from.pool.id.clone(),
            to_pool_id: to.id.clone(),
            status: NominationStatus::Proposed,
            dossier_hash: hash_hex(snapshot.as_bytes()),
            snapshot,
            proposed_by: person.id.clone(),
            proposed_at: now,
            answered_by: None,
            answered_at: None,
            answer_reason: None,
        };
        store::insert_nomination(db, &nomination)?;
    }
    Ok(())
}
