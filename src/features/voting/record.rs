//! Recording how many votes an entry had.

use serde_json::json;

use super::{VoteCount, rules::check_count, store, views};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, VoteCountId},
    },
    features::{
        accounts::Person,
        attachments::FileHash,
        audit, contests,
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

/// A count as somebody types it.
#[derive(Debug, Clone, Default)]
pub struct NewCount {
    pub votes: i64,
    /// Where it was counted, such as the fanpage.
    pub source: String,
    pub proof_url: String,
    pub proof_file: Option<ProofFile>,
    /// Why an earlier count is replaced.
    pub reason: String,
    /// The count that the person saw and means to replace.
    pub replaces: Option<VoteCountId>,
}

/// A picture or document that shows the count, already in the file store.
#[derive(Debug, Clone)]
pub struct ProofFile {
    pub hash: FileHash,
    pub byte_count: i64,
    pub media_type: String,
}

crate::act_error! {
    /// Why a count was not recorded.
    pub enum RecordVotesError {
        NoVotesHere => "voting-refused-no-votes-here",
        AlreadyDecided => "voting-refused-already-decided",
        RecordedMeanwhile { votes: i64 } => "voting-refused-recorded-meanwhile",
    }
}

/// The newest count of an entry counts; earlier ones stay as they were.
pub fn record_votes(
    db: &mut Db,
    person: &Person,
    pool: &PoolId,
    entry: &EntryId,
    new: &NewCount,
    now: Moment,
) -> Result<VoteCount, RecordVotesError> {
    let pool = pools::store::find(db, pool)?.ok_or(RecordVotesError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? || !store::stands_in_pool(db, &pool.id, entry)? {
        return Err(RecordVotesError::NotFound);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(RecordVotesError::NotFound)?;
    if !round.takes_votes() {
        return Err(RecordVotesError::NoVotesHere);
    }
    if matches!(pool.status, PoolStatus::Decided | PoolStatus::Published) {
        return Err(RecordVotesError::AlreadyDecided);
    }
    let current = views::newest_of(db, &pool.id, entry)?;
    if let Some(count) = current.as_ref().filter(|count| Some(&count.id) != new.replaces.as_ref()) {
        return Err(RecordVotesError::RecordedMeanwhile { votes: count.votes });
    }
    let has_file = new.proof_file.is_some();
    let checked =
        check_count(new.votes, &new.source, &new.proof_url, has_file, &new.reason, current.is_some())?;
    if let Some(file) = &new.proof_file {
        store::keep_file(db, file, now)?;
    }
    let count = VoteCount {
        id: VoteCountId::generate(),
        pool_id: pool.id,
        entry_id: entry.clone(),
        votes: new.votes,
        source: checked.source,
        proof_url: checked.proof_url,
        proof_file_hash: new.proof_file.as_ref().map(|file| file.hash.clone()),
        reason: checked.reason,
        recorded_by: person.id.clone(),
        recorded_at: now,
    };
    store::insert(db, &count)?;
    let happening = audit::Happening {
        contest: Some(&pool.contest_id),
        by: Some(&person.id),
        action: "votes.record",
        subject: ("entry", entry.as_str()),
        before: current.map(|count| json!({ "count": count.id, "votes": count.votes })),
        after: Some(json!({ "count": count.id, "votes": count.votes })),
        details: json!({ "pool": count.pool_id, "votes": count.votes, "source": count.source, "reason": count.reason }),
    };
    audit::append(db, &happening, now)?;
    Ok(count)
}
