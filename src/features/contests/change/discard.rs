//! Discarding a contest that never opened: it is kept for the record of what happened alone.

use serde_json::json;

use super::views;
use crate::{
    base::{clock::Moment, ids::ContestId},
    features::{
        accounts::Person,
        audit,
        contests::{Contest, ContestStatus, Slug, policy, store},
    },
    infra::db::Db,
};

crate::act_error! {
    /// Why a contest could not be discarded.
    pub enum DiscardContestError {
        NotDraft => "contests-discard-refused-not-draft",
        HasEntries => "contests-discard-refused-has-entries",
    }
}

/// Its name in addresses becomes free for another contest.
pub fn discard_contest(
    db: &mut Db,
    person: &Person,
    id: &ContestId,
    now: Moment,
) -> Result<Contest, DiscardContestError> {
    let mut contest = store::find(db, id)?.ok_or(DiscardContestError::NotFound)?;
    if !policy::may_run(db, person, &contest)? {
        return Err(DiscardContestError::NotFound);
    }
    if contest.status != ContestStatus::Draft {
        return Err(DiscardContestError::NotDraft);
    }
    if views::has_any_entry(db, id)? {
        return Err(DiscardContestError::HasEntries);
    }
    let before = serde_json::to_value(&contest).ok();
    let slug = contest.slug.as_str().to_owned();
    contest.status = ContestStatus::Discarded;
    contest.slug = Slug::parse(&format!("discarded-{}", contest.id)).ok_or(DiscardContestError::NotFound)?;
    contest.ended_at = Some(now);
    contest.edition += 1;
    store::save(db, &contest)?;
    audit::append(
        db,
        &audit::Happening {
            contest: Some(&contest.id),
            by: Some(&person.id),
            action: "contest.discard",
            subject: ("contest", contest.id.as_str()),
            before,
            after: serde_json::to_value(&contest).ok(),
            details: json!({ "title": contest.title, "slug": slug }),
        },
        now,
    )?;
    Ok(contest)
}
