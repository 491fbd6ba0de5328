//! What people say of two entries that are alike. The radar itself never refuses anything.

use serde_json::json;

use super::{
    Likeness, LikenessStatus,
    policy::{PairSight, sight_of_pair},
    store,
};
use crate::{
    act_error,
    base::{clock::Moment, ids::LikenessId, sentence::FieldErrors},
    features::{
        accounts::Person,
        audit::{self, Happening},
        entries::{Entry, read_reason},
    },
    infra::db::{Db, DbError},
};

act_error! {
    /// Why nothing could be said of a likeness.
    pub enum DecideLikenessError {
        OnlyWithBoth => "radar-refused-only-with-both",
    }
}

/// Looked at, and left standing.
pub fn mark_seen(
    db: &mut Db,
    person: &Person,
    likeness: &LikenessId,
    now: Moment,
) -> Result<Likeness, DecideLikenessError> {
    let (likeness, entry) = find_for(db, person, likeness)?;
    if likeness.status == LikenessStatus::Seen {
        return Ok(likeness);
    }
    Ok(change(db, person, (likeness, entry), LikenessStatus::Seen, None, now)?)
}

/// No copy, for a reason.
pub fn dismiss_likeness(
    db: &mut Db,
    person: &Person,
    likeness: &LikenessId,
    reason: &str,
    now: Moment,
) -> Result<Likeness, DecideLikenessError> {
    let (likeness, entry) = find_for(db, person, likeness)?;
    let reason = read_reason(reason).map_err(|sentence| FieldErrors::one("reason", sentence))?;
    if likeness.status == LikenessStatus::Dismissed && likeness.status_reason.as_deref() == Some(&reason) {
        return Ok(likeness);
    }
    Ok(change(db, person, (likeness, entry), LikenessStatus::Dismissed, Some(reason), now)?)
}

/// Who sees only one of the two cannot say whether it is a copy.
fn find_for(
    db: &mut Db,
    person: &Person,
    likeness: &LikenessId,
) -> Result<(Likeness, Entry), DecideLikenessError> {
    let likeness = store::find(db, likeness)?.ok_or(DecideLikenessError::NotFound)?;
    match sight_of_pair(db, person, &likeness)? {
        Some(PairSight::Both(pair)) => Ok((likeness, pair.0)),
        Some(PairSight::One { .. }) => Err(DecideLikenessError::OnlyWithBoth),
        None => Err(DecideLikenessError::NotFound),
    }
}

fn change(
    db: &mut Db,
    person: &Person,
    (mut likeness, entry): (Likeness, Entry),
    status: LikenessStatus,
    reason: Option<String>,
    now: Moment,
) -> Result<Likeness, DbError> {
    let before = likeness.status;
    likeness.status = status;
    likeness.status_reason.clone_from(&reason);
    likeness.status_by = Some(person.id.clone());
    likeness.status_at = now;
    store::save(db, &likeness)?;
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&person.id),
        action: match status {
            LikenessStatus::Dismissed => "likeness.dismiss",
            LikenessStatus::Open | LikenessStatus::Seen => "likeness.see",
        },
        subject: ("likeness", likeness.id.as_str()),
        before: None,
        after: None,
        details: json!({ "before": before, "reason": reason, "kind": likeness.kind, "score": likeness.score,
            "entries": [likeness.first_entry_id, likeness.second_entry_id] }),
    };
    audit::append(db, &happening, now)?;
    Ok(likeness)
}
