//! Bringing in history: an entry with its files as it was sent in elsewhere, at a moment of the past. The only way to
//! an entry whose kind nobody wrote down.

use super::{NewFile, attach};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{CategoryId, ContestId, UnitId},
        json::Json,
        sentence::{FieldErrors, Sentence},
        text::clean_line,
    },
    features::{
        accounts::Person,
        contests::{self, EntryKind},
        entries::{
            self, Answers, Entry, EntryPerson, EntryStatus, PersonPart, Submission, record_submission,
        },
        units,
    },
    infra::{
        db::Db,
        files::StoredFile,
        queue::{self, NewJob},
    },
};

/// What is known of a past entry.
#[derive(Debug, Clone)]
pub struct ImportedEntry {
    pub contest_id: ContestId,
    pub unit_id: UnitId,
    /// None takes the contest's next number.
    pub code: Option<String>,
    pub kind: EntryKind,
    pub category_id: Option<CategoryId>,
    pub title: String,
    /// The author, or the collective's name.
    pub authors: String,
    pub members: Vec<String>,
    pub answers: Answers,
    pub tools: Vec<String>,
    pub files: Vec<(NewFile, StoredFile)>,
    /// Already accepted by the unit's officers.
    pub is_accepted: bool,
    pub submitted_at: Moment,
}

act_error! {
    /// Why history could not be brought in.
    pub enum ImportEntryError {
        CodeTaken { code: String } => "entries-refused-code-taken",
        OutsideContest => "entries-refused-outside-contest",
    }
}

/// By whoever runs the contest. Goes the way of a submission (code, revision, receipt, pool, audit), at the moment that
/// the entry names; the limits and dates of the contest are for those who send in, not for its history.
pub fn import_entry(
    db: &mut Db,
    person: &Person,
    imported: &ImportedEntry,
) -> Result<Submission, ImportEntryError> {
    let contest = contests::store::find(db, &imported.contest_id)?.ok_or(ImportEntryError::NotFound)?;
    if !contests::policy::may_run(db, person, &contest)? {
        return Err(ImportEntryError::NotFound);
    }
    if !units::views::is_within(db, &imported.unit_id, &contest.host_unit_id)? {
        return Err(ImportEntryError::OutsideContest);
    }
    if let Some(code) = &imported.code {
        if entries::store::find_by_code(db, &contest.id, code)?.is_some() {
            return Err(ImportEntryError::CodeTaken { code: code.clone() });
        }
        if let Some(number) = code.rsplit('-').next().and_then(|number| number.parse().ok()) {
            entries::store::skip_number(db, &contest.id, number)?;
        }
    }
    let entry = insert_imported(db, person, imported)?;
    for (position, (file, stored)) in (1..).zip(&imported.files) {
        attach::put(db, person, &entry, (file, stored), position, imported.submitted_at)?;
    }
    let mut submission = record_submission(db, entry, &contest, &person.id, imported.submitted_at)?;
    // What was decided elsewhere is not compared with itself; what comes later is compared with it.
    let now = imported.submitted_at;
    queue::enqueue(db, &NewJob::now(entries::RADAR_READS_ENTRY, &submission.entry.id, now), now)?;
    if imported.is_accepted {
        submission.entry.status = EntryStatus::Accepted;
        entries::store::save(db, &submission.entry)?;
    }
    Ok(submission)
}

fn insert_imported(
    db: &mut Db,
    person: &Person,
    imported: &ImportedEntry,
) -> Result<Entry, ImportEntryError> {
    let now = imported.submitted_at;
    let unit = units::store::find(db, &imported.unit_id)?.ok_or(ImportEntryError::NotFound)?;
    let above = units::store::find_name_above(db, &unit)?;
    let title = clean_line(&imported.title);
    if title.is_empty() {
        let sentence = Sentence::new("entries-wrong-title-missing");
        return Err(FieldErrors::one("title", sentence).into());
    }
    let entry = Entry {
        kind: imported.kind,
        category_id: imported.category_id.clone(),
        code: imported.code.clone(),
        title,
        authors: clean_line(&imported.authors),
        answers: Json(imported.answers.clone()),
        is_on_behalf: true,
        ..Entry::begun(&imported.contest_id, (unit, above), &person.id, now)
    };
    entries::store::insert(db, &entry)?;
    let author = (!entry.authors.is_empty()).then(|| (PersonPart::Author, entry.authors.clone()));
    let members = imported.members.iter().map(|name| (PersonPart::Member, clean_line(name)));
    for (position, (part, full_name)) in (1..).zip(author.into_iter().chain(members)) {
        let id = crate::base::ids::EntryPersonId::generate();
        let row = EntryPerson { id, entry_id: entry.id.clone(), position, full_name, part };
        entries::store::insert_entry_person(db, &row)?;
    }
    let tools = imported.tools.iter().map(|tool| clean_line(tool)).filter(|tool| !tool.is_empty());
    entries::store::save_tools(db, &entry.id, tools.collect())?;
    Ok(entry)
}
