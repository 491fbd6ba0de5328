//! The bytes are all there, looked at and under their hash: the file takes its place in the slot.

use super::{UploadStatus, rules, store, views};
use crate::{
    act_error,
    base::{clock::Moment, ids::UploadId},
    features::{
        accounts::Person,
        attachments::{self, AttachError, Attachment, NewFile, attach::attach_promised},
    },
    infra::{db::Db, files::StoredFile},
};

act_error! {
    /// Why a file that is all there did not come into its slot.
    pub enum FinishUploadError {
        Over => "uploads-refused-over",
        NoLongerOpen => "entries-refused-no-longer-open",
        SlotFull { max: i32 } => "attachments-refused-count",
    }
}

impl From<AttachError> for FinishUploadError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NotFound,
            AttachError::Invalid(errors) => Self::Invalid(errors),
            AttachError::NoLongerOpen => Self::NoLongerOpen,
            AttachError::SlotFull { max } => Self::SlotFull { max },
            AttachError::Database(error) => Self::Database(error),
        }
    }
}

/// Finishing what is finished answers the same attachment.
pub fn finish_upload(
    db: &mut Db,
    person: &Person,
    id: &UploadId,
    file: &NewFile,
    stored: &StoredFile,
    now: Moment,
) -> Result<Attachment, FinishUploadError> {
    let found = views::find_for(db, person, id)?.ok_or(FinishUploadError::NotFound)?;
    if let Some(attachment) = &found.upload.attachment_id {
        return attachments::store::find(db, attachment)?.ok_or(FinishUploadError::NotFound);
    }
    if !rules::takes_bytes(&found.upload, &found.entry, &found.contest, now) {
        return Err(FinishUploadError::Over);
    }
    let attachment = match found.upload.promised_at {
        Some(_) => attach_promised(db, person, &found.entry, file, stored, now)?,
        None => attachments::attach(db, person, &found.entry.id, file, stored, now)?,
    };
    let mut upload = found.upload;
    upload.status = UploadStatus::Finished;
    upload.saved_bytes = upload.byte_count;
    upload.ended_at = Some(now);
    upload.leased_to = None;
    upload.leased_until = None;
    upload.attachment_id = Some(attachment.id.clone());
    store::save(db, &upload)?;
    Ok(attachment)
}
