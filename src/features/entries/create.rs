//! Beginning an entry.

use serde_json::json;

use super::{Entry, EntryPerson, PersonPart, draft, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        contact::Phone,
        ids::{AccountId, CategoryId, ContestId, EntryId, EntryPersonId, UnitId},
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::{Person, views::covers},
        audit::{self, Happening},
        contests::{self, Contest, ContestStatus, EntryKind},
        pools,
        units::{self, Unit, views::is_within},
    },
    infra::db::Db,
};

/// What the first page asks. The id is made with the form, so that a form sent twice makes one entry.
#[derive(Debug, Clone)]
pub struct NewDraft {
    pub id: EntryId,
    pub contest_id: ContestId,
    pub unit_id: UnitId,
    pub kind: Option<EntryKind>,
    pub category_id: Option<CategoryId>,
    pub title: String,
    pub on_behalf: Option<OnBehalf>,
}

/// Entering for a member: their name, and their phone number when they have an account.
#[derive(Debug, Clone, Default)]
pub struct OnBehalf {
    pub full_name: String,
    pub phone: String,
}

act_error! {
    /// Why an entry could not be begun.
    pub enum CreateDraftError {
        NotOpen => "entries-refused-not-open",
        Closed => "entries-refused-closed",
        OutsideContest => "entries-refused-outside-contest",
        NoRound => "entries-refused-no-round",
    }
}

pub fn create_draft(
    db: &mut Db,
    person: &Person,
    new: &NewDraft,
    now: Moment,
) -> Result<Entry, CreateDraftError> {
    if let Some(entry) = store::find(db, &new.id)? {
        let own = entry.entered_by == person.id && entry.contest_id == new.contest_id;
        return if own { Ok(entry) } else { Err(CreateDraftError::NotFound) };
    }
    let contest = contests::store::find(db, &new.contest_id)?
        .filter(|contest| ContestStatus::PUBLIC.contains(&contest.status))
        .ok_or(CreateDraftError::NotFound)?;
    let unit = units::store::find(db, &new.unit_id)?.ok_or(CreateDraftError::NotFound)?;
    let is_officer = covers(db, person, &unit.id)?;
    let is_member = person.member_units().contains(&&unit.id);
    if !(is_officer || (is_member && new.on_behalf.is_none())) {
        return Err(CreateDraftError::NotFound);
    }
    may_begin(db, &contest, &unit, now)?;
    let (kind, title) = read_first_page(db, &contest, new)?;
    let above = units::store::find_name_above(db, &unit)?;
    let owner_id = owner(db, person, new)?;

    let entry = Entry {
        id: new.id.clone(),
        kind,
        category_id: new.category_id.clone(),
        title,
        authors: first_author(person, new, kind),
        owner_id,
        is_on_behalf: new.on_behalf.is_some(),
        ..Entry::begun(&contest.id, (unit, above), &person.id, now)
    };
    insert_new(db, entry, now)
}

fn insert_new(db: &mut Db, mut entry: Entry, now: Moment) -> Result<Entry, CreateDraftError> {
    entry.search_text = draft::search_text(&entry, &[]);
    store::insert(db, &entry)?;
    if !entry.authors.is_empty() {
        let author = EntryPerson {
            id: EntryPersonId::generate(),
            entry_id: entry.id.clone(),
            position: 1,
            full_name: entry.authors.clone(),
            part: PersonPart::Author,
        };
        store::insert_entry_person(db, &author)?;
    }
    let action = if entry.is_on_behalf { "entry.enter_for_member" } else { "entry.create" };
    let happening = Happening {
        contest: Some(&entry.contest_id),
        by: Some(&entry.entered_by),
        action,
        subject: ("entry", entry.id.as_str()),
        before: None,
        after: None,
        details: json!({ "owner": entry.owner_id, "unit": entry.unit_id }),
    };
    audit::append(db, &happening, now)?;
    Ok(entry)
}

/// The window of grace is for what was begun in time.
fn may_begin(db: &mut Db, contest: &Contest, unit: &Unit, now: Moment) -> Result<(), CreateDraftError> {
    if contest.is_late(now) || contest.status == ContestStatus::Ended {
        return Err(CreateDraftError::Closed);
    }
    if !contest.takes_entries(now) {
        return Err(CreateDraftError::NotOpen);
    }
    if !is_within(db, &unit.id, &contest.host_unit_id)? {
        return Err(CreateDraftError::OutsideContest);
    }
    match pools::place(db, contest, &unit.id)? {
        Some(_) => Ok(()),
        None => Err(CreateDraftError::NoRound),
    }
}

fn read_first_page(
    db: &mut Db,
    contest: &Contest,
    new: &NewDraft,
) -> Result<(EntryKind, String), CreateDraftError> {
    let mut errors = FieldErrors::default();
    let kind = errors.take("kind", draft::read_kind(contest, new.kind));
    let title = errors.take("title", draft::read_title(&new.title));
    if title.as_ref().is_some_and(String::is_empty) {
        errors.add("title", Sentence::new("entries-wrong-title-missing"));
    }
    let categories = contests::views::list_categories(db, &contest.id)?;
    errors.take("category", draft::read_category(&categories, new.category_id.as_ref()));
    if let Some(on_behalf) = &new.on_behalf {
        let missing = on_behalf.full_name.trim().is_empty();
        let name = draft::read_name(&on_behalf.full_name);
        errors.take("member_name", name);
        if missing {
            errors.add("member_name", Sentence::new("entries-wrong-member-name-missing"));
        }
        if !on_behalf.phone.trim().is_empty() && on_behalf.phone.parse::<Phone>().is_err() {
            errors.add("member_phone", Sentence::new("entries-wrong-phone"));
        }
    }
    Ok(errors.or(|| kind.zip(title))?)
}

/// The member's own account when the phone number has one; else it stays with the officer.
fn owner(db: &mut Db, person: &Person, new: &NewDraft) -> Result<AccountId, CreateDraftError> {
    let phone = new.on_behalf.as_ref().and_then(|on_behalf| on_behalf.phone.parse::<Phone>().ok());
    let Some(phone) = phone else { return Ok(person.id.clone()) };
    let sentence = Sentence::new("entries-wrong-phone-unknown");
    let found = store::find_account_of_unit(db, &phone, &new.unit_id)?;
    found.ok_or_else(|| FieldErrors::one("member_phone", sentence).into())
}

fn first_author(person: &Person, new: &NewDraft, kind: EntryKind) -> String {
    match (&new.on_behalf, kind) {
        (Some(on_behalf), _) => draft::read_name(&on_behalf.full_name).unwrap_or_default(),
        (None, EntryKind::Individual) => person.full_name.clone(),
        (None, _) => String::new(),
    }
}
