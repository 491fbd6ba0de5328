//! Putting a stored file into a slot of an entry.

use serde_json::json;

use super::{Attachment, FileHash, FileRow, NewFile, games, renditions, slot, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId},
        json::Json,
        sentence::FieldErrors,
    },
    features::{
        accounts::Person,
        audit::{self, Happening},
        contests::{self, Field, FieldKind},
        entries::{self, Entry, policy},
    },
    infra::{
        db::{Db, DbError},
        files::StoredFile,
        queue::{self, NewJob},
    },
};

/// The kind of the job that reads a picture for a QR code; the subject is the attachment's id.
pub const READ_CODE: &str = "read_code";

act_error! {
    /// Why a file could not be put into a slot.
    pub enum AttachError {
        NoLongerOpen => "entries-refused-no-longer-open",
        SlotFull { max: i32 } => "attachments-refused-count",
    }
}

/// The same bytes in the same slot once: a form sent twice attaches one file.
pub fn attach(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    file: &NewFile,
    stored: &StoredFile,
    now: Moment,
) -> Result<Attachment, AttachError> {
    let (entry, field) = may_attach(db, person, entry, file)?;
    into_slot(db, person, &entry, &field, (file, stored), now)
}

/// A file that a submission named before it was there: the entry takes it although it was sent in. Whether the time for it
/// is not over was asked before.
pub fn attach_promised(
    db: &mut Db,
    person: &Person,
    entry: &Entry,
    file: &NewFile,
    stored: &StoredFile,
    now: Moment,
) -> Result<Attachment, AttachError> {
    let field = find_slot(db, entry, &file.field_id)?;
    into_slot(db, person, entry, &field, (file, stored), now)
}

fn into_slot(
    db: &mut Db,
    person: &Person,
    entry: &Entry,
    field: &Field,
    (file, stored): (&NewFile, &StoredFile),
    now: Moment,
) -> Result<Attachment, AttachError> {
    let known = store::list_in_slot(db, &entry.id, &field.id)?;
    if let Some(same) = known.iter().find(|known| known.file_hash.as_str() == stored.hash) {
        return Ok(same.clone());
    }
    let max = slot::max_count(field);
    if known.len() >= usize::try_from(max).unwrap_or(0) {
        return Err(AttachError::SlotFull { max });
    }
    slot::takes(field, file, stored.byte_count).map_err(|sentence| FieldErrors::one("file", sentence))?;
    let position = known.last().map_or(1, |last| last.position + 1);
    Ok(put(db, person, entry, (file, stored), position, now)?)
}

/// Before a byte is read: is there such a slot, is there room, may this person fill it?
pub fn may_receive(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    field: &crate::base::ids::FieldId,
) -> Result<Field, AttachError> {
    let entry = find_open(db, person, entry)?;
    let field = find_slot(db, &entry, field)?;
    let max = slot::max_count(&field);
    let n_known = store::list_in_slot(db, &entry.id, &field.id)?.len();
    if n_known >= usize::try_from(max).unwrap_or(0) { Err(AttachError::SlotFull { max }) } else { Ok(field) }
}

fn may_attach(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    file: &NewFile,
) -> Result<(Entry, Field), AttachError> {
    let entry = find_open(db, person, entry)?;
    let field = find_slot(db, &entry, &file.field_id)?;
    Ok((entry, field))
}

fn find_open(db: &mut Db, person: &Person, entry: &EntryId) -> Result<Entry, AttachError> {
    let entry = entries::store::find(db, entry)?
        .filter(|entry| policy::may_edit(person, entry))
        .ok_or(AttachError::NotFound)?;
    if entry.status.is_open_to_changes() { Ok(entry) } else { Err(AttachError::NoLongerOpen) }
}

fn find_slot(db: &mut Db, entry: &Entry, field: &crate::base::ids::FieldId) -> Result<Field, AttachError> {
    contests::store::find_field(db, field)?
        .filter(|field| field.contest_id == entry.contest_id)
        .filter(|field| field.kind == FieldKind::Files && !field.is_retired)
        .ok_or(AttachError::NotFound)
}

/// Writes the rows; what may be attached was decided before.
pub fn put(
    db: &mut Db,
    person: &Person,
    entry: &Entry,
    (file, stored): (&NewFile, &StoredFile),
    position: i32,
    now: Moment,
) -> Result<Attachment, DbError> {
    let hash = FileHash::of(stored);
    let row = FileRow {
        hash: hash.clone(),
        byte_count: stored.byte_count,
        media_type: file.media_type.clone(),
        stored_at: now,
    };
    store::insert_file_row_once(db, &row)?;
    renditions::plan(db, &hash, &file.media_type, now)?;
    let attachment = Attachment {
        id: AttachmentId::generate(),
        entry_id: entry.id.clone(),
        field_id: file.field_id.clone(),
        position,
        file_hash: hash,
        file_name: file.file_name.clone(),
        byte_count: stored.byte_count,
        media_type: file.media_type.clone(),
        media: Json(file.facts.clone()),
        added_by: person.id.clone(),
        added_at: now,
        removed_at: None,
    };
    store::insert(db, &attachment)?;
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&person.id),
        action: "attachment.add",
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "attachment": attachment.id, "name": attachment.file_name, "bytes": attachment.byte_count, "hash": stored.hash }),
    };
    audit::append(db, &happening, now)?;
    games::prepare(db, &attachment, now)?;
    if attachment.media_type.starts_with("image/") {
        queue::enqueue(db, &NewJob::now(READ_CODE, &attachment.id, now), now)?;
    }
    Ok(attachment)
}
