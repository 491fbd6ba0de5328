//! Beginning an upload: is there such a slot, is there room, may this person fill it?

use super::{Metadata, Upload, UploadStatus, rules::KEPT_FOR, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, FieldId, UploadId},
        json::Json,
        sentence::FieldErrors,
        sentence::Sentence,
    },
    features::{
        accounts::Person,
        attachments::{AttachError, clean_name, may_receive, slot},
    },
    infra::{db::Db, files::Parts},
};

/// Enough for a phone full of clips; more is a mistake of a program.
const MAX_OPEN: i64 = 100;

#[derive(Debug, Clone, PartialEq)]
pub struct NewUpload {
    pub entry_id: EntryId,
    pub field_id: FieldId,
    pub file_name: String,
    pub byte_count: i64,
    pub declared_hash: Option<String>,
    pub metadata: Metadata,
}

act_error! {
    /// Why an upload could not be begun.
    pub enum BeginUploadError {
        NoLongerOpen => "entries-refused-no-longer-open",
        SlotFull { max: i32 } => "attachments-refused-count",
        TooLarge { name: String, max: i64 } => "attachments-refused-size",
        TooMany { max: i64 } => "uploads-refused-many",
    }
}

impl From<AttachError> for BeginUploadError {
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

pub fn begin_upload(
    db: &mut Db,
    person: &Person,
    new: &NewUpload,
    now: Moment,
) -> Result<Upload, BeginUploadError> {
    let field = may_receive(db, person, &new.entry_id, &new.field_id)?;
    let name = clean_name(&new.file_name);
    if new.byte_count <= 0 {
        let empty = Sentence::new("attachments-refused-empty").with("name", name);
        return Err(FieldErrors::one("file", empty).into());
    }
    if new.byte_count > slot::max_bytes(&field) {
        return Err(BeginUploadError::TooLarge { name, max: slot::max_bytes(&field) / 1_000_000 });
    }
    if store::count_open_of(db, &person.id)? >= MAX_OPEN {
        return Err(BeginUploadError::TooMany { max: MAX_OPEN });
    }
    let upload = Upload {
        id: UploadId::generate(),
        entry_id: new.entry_id.clone(),
        field_id: new.field_id.clone(),
        account_id: person.id.clone(),
        file_name: name,
        byte_count: new.byte_count,
        declared_hash: new.declared_hash.clone(),
        metadata: Json(new.metadata.clone()),
        status: UploadStatus::Open,
        saved_bytes: 0,
        parts: Json(Parts::default()),
        reason: None,
        begun_at: now,
        expires_at: now + KEPT_FOR,
        ended_at: None,
        attachment_id: None,
        promised_at: None,
        promised_in: None,
        leased_to: None,
        leased_until: None,
    };
    store::insert(db, &upload)?;
    Ok(upload)
}
