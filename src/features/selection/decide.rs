//! A body decides about the entries of a pool.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::{
    Candidate, Decision, DecisionEntry, NominationStatus, Outcome,
    dossier::From as Origin,
    list_candidates,
    nominate::nominate,
    paper::check_paper,
    store,
    weighing::{check_departures, check_quota, outcomes},
};
use crate::{
    base::{
        canonical::canonical_json,
        clock::Moment,
        ids::{DecisionId, EntryId, PoolId},
        json::Json,
        lang::Arg,
        seal::hash_hex,
        sentence::FieldErrors,
    },
    features::{
        accounts::Person,
        audit,
        contests::{self, Round},
        judging::quorum::{Quorum, named},
        pools::{self, Pool, PoolStatus},
        units,
    },
    infra::db::{Db, DbError},
};

/// A decision as somebody types it. Entries that are not named are not chosen.
#[derive(Debug, Clone, Default)]
pub struct NewDecision {
    pub body_name: String,
    pub members_present: Vec<String>,
    pub minutes: String,
    pub document_number: String,
    pub document_date: Option<NaiveDate>,
    /// With the reason where the decision departs from the standing.
    pub entries: Vec<(EntryId, Outcome, String)>,
    /// The reason of all departures that have none of their own.
    pub departure_reason: String,
    /// Why an earlier decision is replaced.
    pub change_reason: String,
    /// The number of the decision that the person saw and means to replace; 0 for none.
    pub replaces: i32,
}

crate::act_error! {
    /// Why a decision was not taken.
    pub enum DecideError {
        DecidedMeanwhile { number: i32 } => "selection-refused-decided-meanwhile",
        EntryNotHere => "selection-refused-entry-not-here",
        NotAccepted { title: String } => "selection-refused-not-accepted",
        QuotaTotal { max: i32, count: i32 } => "selection-refused-quota-total",
        QuotaUnitKind { unit_kind: Arg, max: i32, count: i32 } => "selection-refused-quota-unit-kind",
        QuotaKind { kind: Arg, max: i32, count: i32 } => "selection-refused-quota-kind",
        NoRoundAbove => "selection-refused-no-round-above",
        PoolAboveDecided => "selection-refused-pool-above-decided",
        NominationAccepted { title: String } => "selection-refused-nomination-accepted",
        BelowQuorum { n: usize, needed: i32, named: String } => "judging-refused-below-quorum",
    }
}

/// The first decision of a pool, or one that replaces the one in force. What it nominates is on its way at once.
pub fn decide(
    db: &mut Db,
    person: &Person,
    pool: &PoolId,
    new: &NewDecision,
    now: Moment,
) -> Result<Decision, DecideError> {
    let pool = pools::store::find(db, pool)?.ok_or(DecideError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(DecideError::NotFound);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(DecideError::NotFound)?;
    let unit = units::store::find(db, &pool.unit_id)?.ok_or(DecideError::NotFound)?;
    let current = store::find_current(db, &pool.id)?;
    let number = current.as_ref().map_or(0, |decision| decision.number);
    if number != new.replaces {
        return Err(DecideError::DecidedMeanwhile { number });
    }
    has_quorum(db, &pool, &round)?;
    let (candidates, standing_hash) = list_candidates(db, &pool, &round)?;
    let mut errors = FieldErrors::default();
    let paper = check_paper(new, current.is_some(), &mut errors);
    let outcomes = outcomes(&candidates, &new.entries)?;
    let full = check_quota(&candidates, &outcomes, &round, &unit)?;
    let reasons = check_departures(new, &candidates, &outcomes, &full, &mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let nominated: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| outcomes.get(&candidate.entry_id) == Some(&Outcome::Nominated))
        .collect();
    let to = if nominated.is_empty() { None } else { Some(pool_above(db, &round, &pool, now)?) };
    let arrived =
        recall_what_is_replaced(db, person, &pool, &candidates, &outcomes, &paper.change_reason, now)?;

    let standing = freeze_standing(&candidates);
    let decision = Decision {
        id: DecisionId::generate(),
        pool_id: pool.id.clone(),
        number: number + 1,
        body_name: paper.body_name,
        members_present: Json(paper.members_present),
        minutes: paper.minutes,
        document_number: paper.document_number,
        document_date: new.document_date,
        // A round that only decides has no hash of its own: what was there to choose from is hashed.
        standing_hash: if standing_hash.is_empty() { hash_hex(standing.as_bytes()) } else { standing_hash },
        standing,
        change_reason: paper.change_reason,
        decided_by: person.id.clone(),
        decided_at: now,
    };
    insert(db, &decision)?;
    for candidate in &candidates {
        let row = DecisionEntry {
            decision_id: decision.id.clone(),
            entry_id: candidate.entry_id.clone(),
            outcome: outcomes.get(&candidate.entry_id).copied().unwrap_or(Outcome::NotChosen),
            place: candidate.place,
            score_text: candidate.score_text.clone(),
            deviation_reason: reasons.get(&candidate.entry_id).cloned().unwrap_or_default(),
        };
        store::insert_decision_entry(db, &row)?;
    }
    if let Some(to) = to {
        let from = Origin { pool: &pool, unit: &unit, round: &round, decision: &decision };
        let on_their_way: Vec<&Candidate> =
            nominated.into_iter().filter(|candidate| !arrived.contains(&candidate.entry_id)).collect();
        nominate(db, person, &from, &to, &on_their_way, now)?;
    }
    store::save_pool_status(db, &pool, PoolStatus::Decided)?;
    append_to_audit(db, person, &pool, &decision, &outcomes, now)?;
    Ok(decision)
}

/// A decision ends the judging too, so it waits for the same sheets.
fn has_quorum(db: &mut Db, pool: &Pool, round: &Round) -> Result<(), DecideError> {
    if !round.takes_sheets() {
        return Ok(());
    }
    let quorum = Quorum::of(db, pool)?;
    match quorum.short() {
        short if short.is_empty() => Ok(()),
        short => {
            let (n, named) = (short.len(), named(&short));
            Err(DecideError::BelowQuorum { n, needed: quorum.needed, named })
        }
    }
}

/// The database's word that somebody else was first.
fn insert(db: &mut Db, decision: &Decision) -> Result<(), DecideError> {
    store::insert(db, decision).map_err(|error| {
        if error.is_unique_violation() {
            DecideError::DecidedMeanwhile { number: decision.number }
        } else {
            error.into()
        }
    })
}

fn pool_above(db: &mut Db, round: &Round, pool: &Pool, now: Moment) -> Result<Pool, DecideError> {
    let place = pools::next_pool_place(db, round, &pool.unit_id)?.ok_or(DecideError::NoRoundAbove)?;
    let above = pools::find_or_make(db, &place.round, &place.unit_id, now)?;
    match above.status {
        PoolStatus::Gathering | PoolStatus::Judging => Ok(above),
        PoolStatus::Decided | PoolStatus::Published => Err(DecideError::PoolAboveDecided),
    }
}

/// Nominations of the replaced decision that were not accepted yet are recalled; the new decision sends its own. Those
/// that were accepted stay, and their entries with them: gives those entries.
fn recall_what_is_replaced(
    db: &mut Db,
    person: &Person,
    pool: &Pool,
    candidates: &[Candidate],
    outcomes: &HashMap<EntryId, Outcome>,
    reason: &str,
    now: Moment,
) -> Result<Vec<EntryId>, DecideError> {
    let mut arrived = Vec::new();
    for mut nomination in store::list_open_nominations(db, &pool.id)? {
        let stays = outcomes.get(&nomination.entry_id) == Some(&Outcome::Nominated);
        if nomination.status == NominationStatus::Accepted && stays {
            arrived.push(nomination.entry_id);
        } else if nomination.status == NominationStatus::Accepted {
            let title = candidates
                .iter()
                .find(|candidate| candidate.entry_id == nomination.entry_id)
                .map(|candidate| candidate.title.clone())
                .unwrap_or_default();
            return Err(DecideError::NominationAccepted { title });
        } else {
            nomination.status = NominationStatus::Recalled;
            nomination.answered_by = Some(person.id.clone());
            nomination.answered_at = Some(now);
            nomination.answer_reason = Some(reason.to_owned());
            store::save_nomination(db, &nomination)?;
        }
    }
    Ok(arrived)
}

fn freeze_standing(candidates: &[Candidate]) -> String {
    let rows: Vec<_> = candidates
        .iter()
        .map(|candidate| {
            json!({
                "entry": candidate.entry_id,
                "code": candidate.code,
                "title": candidate.title,
                "place": candidate.place,
                "score": candidate.score_text,
                "sheets": candidate.sheets_in,
            })
        })
        .collect();
    canonical_json(&json!(rows))
}

fn append_to_audit(
    db: &mut Db,
    person: &Person,
    pool: &Pool,
    decision: &Decision,
    outcomes: &HashMap<EntryId, Outcome>,
    now: Moment,
) -> Result<(), DbError> {
    let count = |outcome: Outcome| outcomes.values().filter(|other| **other == outcome).count();
    let happening = audit::Happening {
        contest: Some(&pool.contest_id),
        by: Some(&person.id),
        action: "pool.decide",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: Some(
            json!({ "decision": decision.id, "standing": decision.standing_hash, "minutes": decision.minutes }),
        ),
        details: json!({
            "number": decision.number,
            "chosen": count(Outcome::Chosen) + count(Outcome::Nominated),
            "nominated": count(Outcome::Nominated),
            "reason": decision.change_reason,
        }),
    };
    audit::append(db, &happening, now)
}
