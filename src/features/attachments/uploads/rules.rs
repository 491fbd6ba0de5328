//! Until when bytes may come, and where a promised file stands: pure.

use chrono::Duration;

use super::{Upload, UploadStatus};
use crate::{
    base::clock::Moment,
    features::{
        contests::Contest,
        entries::{Entry, EntryStatus},
    },
};

/// How long an upload is kept after it was begun.
pub const KEPT_FOR: Duration = Duration::days(7);

crate::text_enum! {
    /// Where a file stands that was named in a submission before it was all there.
    pub enum Arriving {
        /// The deadline is still to come.
        InTime = "in_time",
        /// After the deadline, within the grace; the submission holds the hash that the bytes must have.
        LateProvable = "late_provable",
        /// After the deadline, within the grace; the submission holds no hash.
        Late = "late",
        /// It came, after the deadline, with the bytes that the submission had named.
        CameLateProven = "came_late_proven",
        CameLate = "came_late",
        Came = "came",
        Missing = "missing",
    }
}

/// When the grace ends for a promised file: with that of the contest, or, for a correction that was sent in later, as long
/// after the correction.
pub fn promise_ends_at(promised_at: Moment, contest: &Contest) -> Option<Moment> {
    let grace = Duration::minutes(i64::from(contest.grace_minutes));
    let ends = contest.closes_at? + grace;
    Some(if promised_at < ends { ends } else { promised_at + grace })
}

/// When an upload ends if it is not finished.
pub fn ends_at(upload: &Upload, contest: &Contest) -> Moment {
    upload.promised_at.and_then(|at| promise_ends_at(at, contest)).unwrap_or(upload.expires_at)
}

/// Whether more bytes are taken: into an entry that is being made or corrected, or, for a file that was promised, while
/// the grace lasts.
pub fn takes_bytes(upload: &Upload, entry: &Entry, contest: &Contest, now: Moment) -> bool {
    let is_wanted = match upload.promised_at {
        Some(_) => matches!(
            entry.status,
            EntryStatus::Draft | EntryStatus::Submitted | EntryStatus::Accepted | EntryStatus::Returned
        ),
        None => entry.status.is_open_to_changes(),
    };
    upload.status == UploadStatus::Open && is_wanted && now < ends_at(upload, contest)
}

pub fn arriving(upload: &Upload, contest: &Contest, now: Moment) -> Arriving {
    let is_late = |at: Moment| contest.closes_at.is_some_and(|closes| at >= closes);
    let is_proven = upload.declared_hash.is_some();
    match (upload.status, upload.ended_at) {
        (UploadStatus::Finished, Some(at)) if is_late(at) && is_proven => Arriving::CameLateProven,
        (UploadStatus::Finished, Some(at)) if is_late(at) => Arriving::CameLate,
        (UploadStatus::Finished, _) => Arriving::Came,
        (UploadStatus::Open, _) if now >= ends_at(upload, contest) => Arriving::Missing,
        (UploadStatus::Open, _) if !is_late(now) => Arriving::InTime,
        (UploadStatus::Open, _) if is_proven => Arriving::LateProvable,
        (UploadStatus::Open, _) => Arriving::Late,
        (UploadStatus::Refused | UploadStatus::Terminated | UploadStatus::Expired, _) => Arriving::Missing,
    }
}
