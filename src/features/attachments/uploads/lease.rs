//! One writer at a time for an upload that goes into a bucket, whichever program it runs in. In a folder the lock on the
//! file does that.

use chrono::Duration;

use super::{
    UploadError, UploadStatus, store,
    views::{self, UploadInHand},
};
use crate::{
    base::{
        clock::Moment,
        ids::{UploadId, WriterId},
    },
    features::accounts::Person,
    infra::{
        db::{Db, DbError},
        files::Parts,
    },
};

/// A writer of which nothing is heard for so long is given up. It makes itself heard several times as often.
pub const LEASE: Duration = Duration::seconds(20);

/// The upload as it is at the writer's turn. One that has ended is answered as it is, and leased to nobody.
pub fn lease_upload(
    db: &mut Db,
    person: &Person,
    id: &UploadId,
    writer: &WriterId,
    now: Moment,
) -> Result<UploadInHand, UploadError> {
    let mut found = views::find_for(db, person, id)?.ok_or(UploadError::NotFound)?;
    let upload = &mut found.upload;
    if upload.status != UploadStatus::Open {
        return Ok(found);
    }
    let is_anothers = upload.leased_to.as_ref().is_some_and(|other| other != writer);
    if is_anothers && upload.leased_until.is_some_and(|until| now < until) {
        return Err(UploadError::WrittenElsewhere);
    }
    // Whoever did not give it back may still be sending something.
    upload.parts.0.is_reread |= is_anothers;
    upload.leased_to = Some(writer.clone());
    upload.leased_until = Some(now + LEASE);
    store::save(db, upload)?;
    Ok(found)
}

/// Writes down what a bucket took in, and that the writer goes on.
pub fn note_progress(
    db: &mut Db,
    id: &UploadId,
    writer: &WriterId,
    parts: &Parts,
    now: Moment,
) -> Result<(), UploadError> {
    let is_noted = store::save_progress(db, id, writer, parts, now + LEASE)?;
    if is_noted { Ok(()) } else { Err(UploadError::WrittenElsewhere) }
}

/// Answers whether it is still the writer's.
pub fn prolong_lease(db: &mut Db, id: &UploadId, writer: &WriterId, now: Moment) -> Result<bool, DbError> {
    store::save_lease(db, id, writer, Some(now + LEASE))
}

/// For the next writer at once.
pub fn give_back_upload(db: &mut Db, id: &UploadId, writer: &WriterId) -> Result<(), DbError> {
    store::save_lease(db, id, writer, None)?;
    Ok(())
}
