//! What is kept of one submission: the entry whole, as canonical JSON, with the hash of every file, and its receipt.

use serde_json::{Value, json};

use super::{Entry, EntryStatus, Revision, store};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId, FieldId, RevisionId, spoken_code},
        seal::hash_hex,
    },
    features::{
        audit::{self, Happening},
        contests::{self, Contest, Field},
        pools, units,
    },
    infra::{
        db::{Db, DbError},
        queue::{self, NewJob},
    },
};

/// The job that looks for copies of an entry.
pub const RADAR_OF_ENTRY: &str = "radar.entry";
/// The entry is only read, so that others are compared with it.
pub const RADAR_READS_ENTRY: &str = "radar.read";
/// The kind of the job that looks at where an entry leads; the subject is the entry's id.
pub const CHECK_LINKS: &str = "check_links";

/// A file as the receipt names it.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmittedFile {
    pub field_id: FieldId,
    pub file_name: String,
    pub byte_count: i64,
    pub media_type: String,
    pub hash: String,
}

/// A file that is not all there yet, as the receipt names it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivingFile {
    pub field_id: FieldId,
    pub file_name: String,
    pub byte_count: i64,
    /// The hash that the bytes will have, where the browser could compute it: the SHA-256 of the SHA-256 of each piece of
    /// 8 MiB.
    pub declared_hash: Option<String>,
}

/// What was accepted: the entry as it now stands, and the revision with its receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    pub entry: Entry,
    pub revision: Revision,
}

/// Gives the entry its code at the first submission, keeps the revision whole, and puts the entry into its first
/// pool. What may be submitted is decided by the acts that call this.
pub fn record_submission(
    db: &mut Db,
    mut entry: Entry,
    contest: &Contest,
    by: &AccountId,
    now: Moment,
) -> Result<Submission, DbError> {
    let members = store::list_people(db, &entry.id)?;
    if entry.code.is_none() {
        entry.code = Some(next_code(db, contest)?);
        entry.is_late = contest.is_late(now);
    }
    let names: Vec<String> = members.iter().map(|person| person.full_name.clone()).collect();
    entry.search_text = super::draft::search_text(&entry, &names);
    entry.status = EntryStatus::Submitted;
    entry.status_reason = None;
    entry.status_by = Some(by.clone());
    entry.status_at = now;
    entry.correction_due_at = None;
    entry.submitted_at = entry.submitted_at.or(Some(now));
    entry.revision += 1;
    entry.edition += 1;
    store::save(db, &entry)?;

    let revision = keep_revision(db, &entry, contest, by, now)?;
    let code = entry.code.clone().unwrap_or_default();
    store::promise_arriving(db, &entry.id, revision.number, now)?;
    if entry.answers.may_lead_elsewhere() || revision.number > 1 {
        queue::enqueue(db, &NewJob::now(CHECK_LINKS, &entry.id, now), now)?;
    }
    enter_first_pool(db, &entry, contest, now)?;
    let happening = Happening {
        contest: Some(&contest.id),
        by: Some(by),
        action: "entry.submit",
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "revision": revision.number, "code": code, "content_hash": revision.content_hash, "late": entry.is_late }),
    };
    audit::append(db, &happening, now)?;
    Ok(Submission { entry, revision })
}

/// Asks for a look at what the entry is like.
pub fn ask_radar(db: &mut Db, entry: &EntryId, now: Moment) -> Result<(), DbError> {
    queue::enqueue(db, &NewJob::now(RADAR_OF_ENTRY, entry, now), now)
}

/// The entry as it stands now, whole, under the number of its revision, with a receipt.
pub fn keep_revision(
    db: &mut Db,
    entry: &Entry,
    contest: &Contest,
    by: &AccountId,
    now: Moment,
) -> Result<Revision, DbError> {
    let content = content(db, entry, contest, now)?.to_string();
    let code = entry.code.as_deref().unwrap_or_default();
    let revision = Revision {
        id: RevisionId::generate(),
        entry_id: entry.id.clone(),
        number: entry.revision,
        content_hash: hash_hex(content.as_bytes()),
        content,
        receipt_code: format!("{code}-{}-{}", entry.revision, spoken_code()),
        submitted_at: now,
        submitted_by: by.clone(),
    };
    store::insert_revision(db, &revision)?;
    Ok(revision)
}

/// A corrected entry stays in the pool where it stands.
fn enter_first_pool(db: &mut Db, entry: &Entry, contest: &Contest, now: Moment) -> Result<(), DbError> {
    if entry.revision > 1 && store::find_current_pool(db, &entry.id)?.is_some() {
        return Ok(());
    }
    let Some(place) = pools::place(db, contest, &entry.unit_id)? else { return Ok(()) };
    let pool = pools::find_or_make(db, &place.round, &place.unit_id, now)?;
    pools::receive(db, &pool, &entry.id, None, entry.status.is_judged(), now)
}

fn next_code(db: &mut Db, contest: &Contest) -> Result<String, DbError> {
    let number = store::take_next_number(db, &contest.id)?;
    let prefix = contest.code_prefix.trim_end_matches('-');
    Ok(if prefix.is_empty() { format!("{number:04}") } else { format!("{prefix}-{number:04}") })
}

/// Keys in order, no spaces: the same content is the same text. Labels stand beside the ids, so that the revision can
/// be read without the form as it was.
fn content(db: &mut Db, entry: &Entry, contest: &Contest, now: Moment) -> Result<Value, DbError> {
    let fields = contests::views::list_fields(db, &contest.id)?;
    let label = |id: &FieldId| {
        fields.iter().find(|field| field.id == *id).map_or("", |field: &Field| field.label.as_str())
    };
    let answers: Vec<Value> = entry
        .answers
        .0
        .0
        .iter()
        .map(|(field, answer)| json!({ "field": field, "label": label(field), "answer": answer }))
        .collect();
    let people: Vec<Value> = store::list_people(db, &entry.id)?
        .into_iter()
        .map(|person| json!({ "full_name": person.full_name, "part": person.part }))
        .collect();
    let files: Vec<Value> = store::list_files(db, &entry.id)?
        .into_iter()
        .map(|file| {
            json!({
                "field": file.field_id, "label": label(&file.field_id), "file_name": file.file_name,
                "byte_count": file.byte_count, "media_type": file.media_type, "blake3": file.hash,
            })
        })
        .collect();
    // As the tree stood when the entry was sent in, the nearest first.
    let path = units::views::path_of(db, &entry.unit_id)?;
    let above: Vec<&str> = path.iter().skip(1).map(|unit| unit.name.as_str()).collect();
    let arriving: Vec<Value> = store::list_arriving(db, &entry.id)?
        .into_iter()
        .map(|file| {
            json!({
                "field": file.field_id, "label": label(&file.field_id), "file_name": file.file_name,
                "byte_count": file.byte_count, "pieces_sha256": file.declared_hash,
            })
        })
        .collect();
    let consents: Vec<Value> = store::list_given_consents(db, &entry.id)?
        .into_iter()
        .map(|(purpose, version)| json!({ "purpose": purpose, "version": version }))
        .collect();
    let mut content = json!({
        "contest": { "id": contest.id, "title": contest.title },
        "entry": entry.id,
        "code": entry.code,
        "revision": entry.revision,
        "title": entry.title,
        "kind": entry.kind,
        "category": entry.category_id,
        "unit": { "id": entry.unit_id, "name": entry.unit_name, "level": entry.level, "above": above },
        "authors": entry.authors,
        "people": people,
        "answers": answers,
        "tools": store::list_tools(db, &entry.id)?,
        "files": files,
        "consents": consents,
        "is_late": entry.is_late,
        "submitted_at": now.and_utc().to_rfc3339(),
    });
    if let Some(content) = content.as_object_mut().filter(|_| !arriving.is_empty()) {
        content.insert("arriving".to_owned(), arriving.into());
    }
    Ok(content)
}
