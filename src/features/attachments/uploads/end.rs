//! What happens to an upload that is not finished: it is refused, given up, or its time is over.

use super::{Reason, Upload, UploadStatus, store, views};
use crate::{
    act_error,
    base::{clock::Moment, ids::UploadId, json::Json, sentence::Sentence},
    features::accounts::Person,
    infra::db::{Db, DbError},
};

act_error! {
    /// Why an upload could not be changed.
    pub enum UploadError {
        Over => "uploads-refused-over",
        WrittenElsewhere => "uploads-refused-busy",
    }
}

/// The bytes are all there and are not what the slot takes: said to whoever asks for the upload again.
pub fn refuse_upload(db: &mut Db, id: &UploadId, why: &Sentence, now: Moment) -> Result<(), DbError> {
    end(db, id, UploadStatus::Refused, Some(Reason::of(why)), now)
}

pub fn expire_upload(db: &mut Db, id: &UploadId, now: Moment) -> Result<(), DbError> {
    end(db, id, UploadStatus::Expired, None, now)
}

/// Given up by whoever may change the entry. Answers what there was, so that its bytes can be thrown away.
pub fn terminate_upload(
    db: &mut Db,
    person: &Person,
    id: &UploadId,
    now: Moment,
) -> Result<Upload, UploadError> {
    let found = views::find_for(db, person, id)?.ok_or(UploadError::NotFound)?;
    if found.upload.status != UploadStatus::Open {
        return Err(UploadError::Over);
    }
    end(db, id, UploadStatus::Terminated, None, now)?;
    Ok(found.upload)
}

/// What has ended stays as it ended.
fn end(
    db: &mut Db,
    id: &UploadId,
    status: UploadStatus,
    reason: Option<Reason>,
    now: Moment,
) -> Result<(), DbError> {
    let Some(mut upload) = store::find(db, id)?.filter(|upload| upload.status == UploadStatus::Open) else {
        return Ok(());
    };
    upload.status = status;
    upload.reason = reason.map(Json);
    upload.ended_at = Some(now);
    upload.leased_to = None;
    upload.leased_until = None;
    store::save(db, &upload)
}
