//! Sending an entry in.

use std::collections::HashMap;

use super::{Entry, EntryConsent, EntryStatus, Submission, draft, policy, record_submission, rules, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{ConsentId, EntryId, FieldId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{self, Consent, Contest, EntryKind, Field, FieldKind},
    },
    infra::db::{Db, DbError},
};

/// What the last page asks: the edition that was looked at, and what was agreed to.
#[derive(Debug, Clone, Default)]
pub struct SubmitRequest {
    pub edition: i32,
    pub consents: Vec<ConsentId>,
}

act_error! {
    /// Why an entry could not be sent in. It stays as it was saved, as a draft.
    pub enum SubmitEntryError {
        AlreadySubmitted { code: String, revision: i32 } => "entries-refused-already-submitted",
        NoLongerOpen => "entries-refused-no-longer-open",
        ChangedElsewhere => "entries-refused-changed-before-submit",
        NotOpen => "entries-refused-not-open",
        Closed => "entries-refused-closed-kept",
        CorrectionLate => "entries-refused-correction-late",
        PersonLimit { limit: i32 } => "entries-refused-person-limit",
        UnitLimit { limit: i32 } => "entries-refused-unit-limit",
    }
}

pub fn submit_entry(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    request: &SubmitRequest,
    now: Moment,
) -> Result<Submission, SubmitEntryError> {
    let entry = store::find(db, entry)?
        .filter(|entry| policy::may_edit(person, entry))
        .ok_or(SubmitEntryError::NotFound)?;
    let contest = contests::store::find(db, &entry.contest_id)?.ok_or(SubmitEntryError::NotFound)?;
    in_time(&entry, &contest, now)?;
    if entry.edition != request.edition {
        return Err(SubmitEntryError::ChangedElsewhere);
    }
    let mut errors = missing(db, &entry, &contest)?;
    let consents = contests::views::list_consents(db, &contest.id)?;
    for consent in consents.iter().filter(|consent| consent.is_required) {
        if !request.consents.contains(&consent.id) {
            let name = format!("consent-{}", consent.id);
            errors.add(&name, Sentence::new("entries-missing-consent"));
        }
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    if entry.status == EntryStatus::Draft {
        within_limits(db, &entry, &contest)?;
    }
    keep_consents(db, person, &entry, &consents, request, now)?;
    let submission = record_submission(db, entry, &contest, &person.id, now)?;
    super::ask_radar(db, &submission.entry.id, now)?;
    Ok(submission)
}

fn in_time(entry: &Entry, contest: &Contest, now: Moment) -> Result<(), SubmitEntryError> {
    match entry.status {
        _ if rules::may_be_sent(entry, contest, now) => Ok(()),
        EntryStatus::Draft if contest.is_late(now) => Err(SubmitEntryError::Closed),
        EntryStatus::Draft => Err(SubmitEntryError::NotOpen),
        EntryStatus::Returned => Err(SubmitEntryError::CorrectionLate),
        EntryStatus::Submitted => {
            let code = entry.code.clone().unwrap_or_default();
            Err(SubmitEntryError::AlreadySubmitted { code, revision: entry.revision })
        }
        _ => Err(SubmitEntryError::NoLongerOpen),
    }
}

/// What still has to be filled in before the entry can be sent in, in the order of the form.
pub fn missing(db: &mut Db, entry: &Entry, contest: &Contest) -> Result<FieldErrors, DbError> {
    let fields = contests::views::list_fields(db, &contest.id)?;
    let categories = contests::views::list_categories(db, &contest.id)?;
    let mut n_files: HashMap<FieldId, usize> = HashMap::new();
    for file in store::list_files(db, &entry.id)? {
        *n_files.entry(file.field_id).or_default() += 1;
    }
    // What is still coming in can be promised: its name, its size and its hash are known.
    for file in store::list_arriving(db, &entry.id)? {
        *n_files.entry(file.field_id).or_default() += 1;
    }
    let mut errors = FieldErrors::default();
    if entry.title.is_empty() {
        errors.add("title", Sentence::new("entries-wrong-title-missing"));
    }
    if let Err(sentence) = draft::read_kind(contest, Some(entry.kind)) {
        errors.add("kind", sentence);
    }
    if entry.category_id.is_none() && categories.iter().any(|category| !category.is_retired) {
        errors.add("category", Sentence::new("entries-missing-category"));
    }
    if entry.authors.is_empty() {
        let collective = entry.kind == EntryKind::Collective;
        let key = if collective { "entries-missing-collective" } else { "entries-missing-author" };
        errors.add("authors", Sentence::new(key));
    }
    for field in fields.iter().filter(|field| field.is_required && !field.is_retired) {
        if !is_answered(entry, field, &n_files) {
            let files = field.kind == FieldKind::Files;
            let key = if files { "entries-missing-file" } else { "entries-missing-answer" };
            errors.add(&draft::answer_name(&field.id), Sentence::new(key).with("field", field.label.clone()));
        }
    }
    Ok(errors)
}

fn is_answered(entry: &Entry, field: &Field, n_files: &HashMap<FieldId, usize>) -> bool {
    match field.kind {
        FieldKind::Files => n_files.contains_key(&field.id),
        _ => entry.answers.0.0.contains_key(&field.id),
    }
}

/// Counted in the transaction that submits: of two at the limit, one wins.
fn within_limits(db: &mut Db, entry: &Entry, contest: &Contest) -> Result<(), SubmitEntryError> {
    if let Some(limit) = contest.max_per_person {
        let n_sent = if entry.is_on_behalf && entry.owner_id == entry.entered_by {
            store::count_of_author(db, entry)?
        } else {
            store::count_of_owner(db, entry)?
        };
        if n_sent >= i64::from(limit) {
            return Err(SubmitEntryError::PersonLimit { limit });
        }
    }
    if let Some(limit) = contest.max_per_unit
        && store::count_of_unit(db, entry)? >= i64::from(limit)
    {
        return Err(SubmitEntryError::UnitLimit { limit });
    }
    Ok(())
}

/// What is no longer ticked is no longer agreed to.
fn keep_consents(
    db: &mut Db,
    person: &Person,
    entry: &Entry,
    consents: &[Consent],
    request: &SubmitRequest,
    now: Moment,
) -> Result<(), DbError> {
    store::delete_consents(db, &entry.id)?;
    for consent in consents.iter().filter(|consent| request.consents.contains(&consent.id)) {
        let row = EntryConsent {
            entry_id: entry.id.clone(),
            consent_id: consent.id.clone(),
            account_id: person.id.clone(),
            given_at: now,
        };
        store::insert_entry_consent(db, &row)?;
    }
    Ok(())
}
