//! Granting an award in a pool.

use serde_json::json;

use super::{
    Grant,
    rules::{Contender, Obstacle, obstacle},
    store,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AwardId, EntryId, GrantId, PoolId, UnitId},
        sentence::{FieldErrors, Sentence},
        text::clean_line,
    },
    features::{
        accounts::Person,
        audit, contests,
        entries::{self, EntryStatus},
        pools::{self, Pool},
        selection, units,
    },
    infra::db::Db,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Winner {
    Entry(EntryId),
    Unit(UnitId),
}

crate::act_error! {
    /// Why an award was not granted.
    pub enum GrantAwardError {
        OtherRound => "awards-refused-other-round",
        NotForEntries => "awards-refused-not-for-entries",
        NotForUnits => "awards-refused-not-for-units",
        OtherKind => "awards-refused-other-kind",
        NotDecided => "awards-refused-not-decided",
        NotChosen => "awards-refused-not-chosen",
        NoneLeft { max: i32 } => "awards-refused-none-left",
        AlreadyGranted => "awards-refused-already-granted",
        UnitOutside => "awards-refused-unit-outside",
    }
}

const MAX_CITATION: usize = 500;

pub fn grant_award(
    db: &mut Db,
    person: &Person,
    pool: &PoolId,
    award: &AwardId,
    winner: &Winner,
    citation: &str,
    now: Moment,
) -> Result<Grant, GrantAwardError> {
    let pool = pools::store::find(db, pool)?.ok_or(GrantAwardError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(GrantAwardError::NotFound);
    }
    let award = contests::store::find_award(db, award)?.ok_or(GrantAwardError::NotFound)?;
    if award.round_id != pool.round_id {
        return Err(GrantAwardError::OtherRound);
    }
    let contender = contender(db, &pool, winner)?;
    let granted = store::count_standing(db, &award.id, &pool.id)?;
    match obstacle(&award, contender, granted) {
        None => {}
        Some(Obstacle::NotForEntries) => return Err(GrantAwardError::NotForEntries),
        Some(Obstacle::NotForUnits) => return Err(GrantAwardError::NotForUnits),
        Some(Obstacle::OtherKind) => return Err(GrantAwardError::OtherKind),
        Some(Obstacle::NotDecided) => return Err(GrantAwardError::NotDecided),
        Some(Obstacle::NotChosen) => return Err(GrantAwardError::NotChosen),
        Some(Obstacle::NoneLeft { max }) => return Err(GrantAwardError::NoneLeft { max }),
    }
    let citation = clean_line(citation);
    if citation.chars().count() > MAX_CITATION {
        let sentence = Sentence::new("awards-invalid-citation").with("max", MAX_CITATION);
        return Err(FieldErrors::one("citation", sentence).into());
    }
    let (entry_id, unit_id) = match winner {
        Winner::Entry(entry) => (Some(entry.clone()), None),
        Winner::Unit(unit) => (None, Some(unit.clone())),
    };
    let grant = Grant {
        id: GrantId::generate(),
        contest_id: pool.contest_id.clone(),
        award_id: award.id.clone(),
        pool_id: pool.id.clone(),
        entry_id,
        unit_id,
        citation,
        granted_by: person.id.clone(),
        granted_at: now,
        revoked_by: None,
        revoked_at: None,
        revoke_reason: None,
    };
    store::insert(db, &grant).map_err(|error| {
        if error.is_unique_violation() { GrantAwardError::AlreadyGranted } else { error.into() }
    })?;
    let happening = audit::Happening {
        contest: Some(&grant.contest_id),
        by: Some(&person.id),
        action: "award.grant",
        subject: ("grant", grant.id.as_str()),
        before: None,
        after: Some(json!({ "award": award.id, "entry": grant.entry_id, "unit": grant.unit_id })),
        details: json!({ "award": award.name, "pool": pool.id, "entry": grant.entry_id, "unit": grant.unit_id }),
    };
    audit::append(db, &happening, now)?;
    Ok(grant)
}

fn contender(db: &mut Db, pool: &Pool, winner: &Winner) -> Result<Contender, GrantAwardError> {
    match winner {
        Winner::Entry(entry) => {
            let entry = entries::store::find(db, entry)?
                .filter(|entry| entry.contest_id == pool.contest_id)
                .ok_or(GrantAwardError::NotFound)?;
            let outcomes = selection::views::outcomes_of(db, &pool.id)?;
            // An entry that was disqualified after the decision is chosen no longer.
            let outcome = match outcomes.get(&entry.id) {
                Some(_) if entry.status != EntryStatus::Accepted => Some(selection::Outcome::NotChosen),
                outcome => outcome.copied(),
            };
            Ok(Contender::Entry { kind: entry.kind, outcome })
        }
        Winner::Unit(unit) => {
            units::store::find(db, unit)?.ok_or(GrantAwardError::NotFound)?;
            if units::views::is_within(db, unit, &pool.unit_id)? {
                Ok(Contender::Unit)
            } else {
                Err(GrantAwardError::UnitOutside)
            }
        }
    }
}
