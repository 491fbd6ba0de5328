//! What a decision says about each entry, held against the quota and the standing.

use std::collections::HashMap;

use super::{
    Candidate, DecideError, NewDecision, Outcome,
    paper::MAX_TEXT,
    quota::{Exceeded, Quota},
    rules::{Judged, departures},
};
use crate::{
    base::{
        ids::EntryId,
        lang::Arg,
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::{
        contests::{EntryKind, Round},
        entries::EntryStatus,
        units::{Unit, UnitKind},
    },
};

/// By entry. Entries that are not named are not chosen.
pub fn outcomes(
    candidates: &[Candidate],
    named: &[(EntryId, Outcome, String)],
) -> Result<HashMap<EntryId, Outcome>, DecideError> {
    let by_id: HashMap<&EntryId, &Candidate> =
        candidates.iter().map(|candidate| (&candidate.entry_id, candidate)).collect();
    let mut outcomes = HashMap::new();
    for (entry, outcome, _) in named {
        let candidate = by_id.get(entry).ok_or(DecideError::EntryNotHere)?;
        if *outcome != Outcome::NotChosen && candidate.status != EntryStatus::Accepted {
            return Err(DecideError::NotAccepted { title: candidate.title.clone() });
        }
        outcomes.insert(entry.clone(), *outcome);
    }
    Ok(outcomes)
}

/// The kinds of which no more may be nominated.
pub fn check_quota(
    candidates: &[Candidate],
    outcomes: &HashMap<EntryId, Outcome>,
    round: &Round,
    unit: &Unit,
) -> Result<Vec<EntryKind>, DecideError> {
    let nominated: Vec<_> = candidates
        .iter()
        .filter(|candidate| outcomes.get(&candidate.entry_id) == Some(&Outcome::Nominated))
        .map(|candidate| candidate.kind)
        .collect();
    let quota = Quota::of(&round.quota, unit.kind);
    match quota.exceeded(&nominated).into_iter().next() {
        None => Ok(quota.full_kinds(&nominated)),
        Some(Exceeded::Total { max, count }) => Err(DecideError::QuotaTotal { max, count }),
        Some(Exceeded::UnitKind { unit_kind, max, count }) => {
            let unit_kind = Arg::Key(unit_kind_key(unit_kind));
            Err(DecideError::QuotaUnitKind { unit_kind, max, count })
        }
        Some(Exceeded::Kind { kind, max, count }) => {
            Err(DecideError::QuotaKind { kind: Arg::Key(kind_key(kind)), max, count })
        }
    }
}

/// The reasons by entry; where one is missing, the form says so.
pub fn check_departures(
    new: &NewDecision,
    candidates: &[Candidate],
    outcomes: &HashMap<EntryId, Outcome>,
    full: &[EntryKind],
    errors: &mut FieldErrors,
) -> HashMap<EntryId, String> {
    // What was never accepted was not there to be chosen.
    let there: Vec<&Candidate> =
        candidates.iter().filter(|candidate| candidate.status == EntryStatus::Accepted).collect();
    let judged: Vec<Judged> = there
        .iter()
        .map(|candidate| Judged {
            place: candidate.place,
            kind: candidate.kind,
            outcome: outcomes.get(&candidate.entry_id).copied().unwrap_or(Outcome::NotChosen),
        })
        .collect();
    let own: HashMap<&EntryId, String> =
        new.entries.iter().map(|(entry, _, reason)| (entry, clean_text(reason))).collect();
    let common = clean_text(&new.departure_reason);
    let mut reasons = HashMap::new();
    for (candidate, departure) in there.iter().zip(departures(&judged, full)) {
        let own = own.get(&candidate.entry_id).cloned().unwrap_or_default();
        let reason = if own.is_empty() && departure.is_some() { common.clone() } else { own };
        if reason.is_empty() && departure.is_some() {
            let sentence =
                Sentence::new("selection-invalid-departure").with("title", candidate.title.clone());
            errors.add(&format!("reason-{}", candidate.entry_id), sentence);
        } else if reason.chars().count() > MAX_TEXT {
            let sentence = Sentence::new("selection-invalid-too-long").with("max", MAX_TEXT);
            errors.add(&format!("reason-{}", candidate.entry_id), sentence);
        }
        reasons.insert(candidate.entry_id.clone(), reason);
    }
    reasons
}

/// What a kind of entry is called in the middle of a sentence.
pub fn kind_key(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Individual => "selection-kind-individual",
        EntryKind::Collective => "selection-kind-collective",
        EntryKind::NotRecorded => "selection-kind-not-recorded",
    }
}

/// What a kind of unit is called in the middle of a sentence.
pub fn unit_kind_key(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Territorial => "selection-unit-kind-territorial",
        UnitKind::Police => "selection-unit-kind-police",
        UnitKind::Army => "selection-unit-kind-army",
        UnitKind::Enterprise => "selection-unit-kind-enterprise",
        UnitKind::School => "selection-unit-kind-school",
        UnitKind::Club => "selection-unit-kind-club",
        UnitKind::OtherSector => "selection-unit-kind-other",
    }
}
