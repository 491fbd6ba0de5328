//! Trying once more what was given up: by officers and whoever runs the contest.

use super::{Rendering, RenderingStatus, plan, policy, store};
use crate::{
    act_error,
    base::{clock::Moment, ids::AttachmentId},
    features::{accounts::Person, attachments},
    infra::db::Db,
};

act_error! {
    /// Why nothing is tried again.
    pub enum TryAgainError {
        NotGivenUp => "renditions-refused-not-given-up",
    }
}

/// Asked twice, it waits once.
pub fn try_again(
    db: &mut Db,
    person: &Person,
    attachment: &AttachmentId,
    now: Moment,
) -> Result<Rendering, TryAgainError> {
    let (attachment, entry) =
        attachments::views::find_with_entry(db, attachment)?.ok_or(TryAgainError::NotFound)?;
    if attachment.removed_at.is_some() || !policy::may_try_again(db, person, &entry)? {
        return Err(TryAgainError::NotFound);
    }
    let mut rendering = store::find(db, &attachment.file_hash)?.ok_or(TryAgainError::NotFound)?;
    match rendering.status {
        RenderingStatus::Waiting => Ok(rendering),
        RenderingStatus::Done => Err(TryAgainError::NotGivenUp),
        RenderingStatus::Failed => {
            rendering.status = RenderingStatus::Waiting;
            rendering.trouble = None;
            rendering.ended_at = None;
            store::save(db, &rendering)?;
            plan::enqueue(db, &rendering, &attachment.media_type, now)?;
            Ok(rendering)
        }
    }
}
