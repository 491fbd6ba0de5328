//! Taking a file out of its slot. The bytes stay for the revisions that named them.

use serde_json::json;

use super::{Attachment, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId},
    },
    features::{
        accounts::Person,
        audit::{self, Happening},
        entries::{self, policy},
    },
    infra::db::Db,
};

act_error! {
    /// Why a file could not be removed.
    pub enum RemoveAttachmentError {
        NoLongerOpen => "entries-refused-no-longer-open",
    }
}

/// Removing what is gone already changes nothing.
pub fn remove(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    attachment: &AttachmentId,
    now: Moment,
) -> Result<Attachment, RemoveAttachmentError> {
    let entry = entries::store::find(db, entry)?
        .filter(|entry| policy::may_edit(person, entry))
        .ok_or(RemoveAttachmentError::NotFound)?;
    let mut attachment = store::find(db, attachment)?
        .filter(|attachment| attachment.entry_id == entry.id)
        .ok_or(RemoveAttachmentError::NotFound)?;
    if attachment.removed_at.is_some() {
        return Ok(attachment);
    }
    if !entry.status.is_open_to_changes() {
        return Err(RemoveAttachmentError::NoLongerOpen);
    }
    attachment.removed_at = Some(now);
    store::save(db, &attachment)?;
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&person.id),
        action: "attachment.remove",
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "attachment": attachment.id, "name": attachment.file_name }),
    };
    audit::append(db, &happening, now)?;
    Ok(attachment)
}
