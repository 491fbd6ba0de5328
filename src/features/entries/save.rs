//! Saving what was typed, while an entry is a draft or was returned for correction. Kept after the deadline too.

use super::{DraftContent, Entry, EntryPerson, PersonPart, RawDraft, draft, policy, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, EntryPersonId},
        json::Json,
    },
    features::{accounts::Person, contests, contests::EntryKind},
    infra::db::{Db, DbError},
};

act_error! {
    /// Why a draft could not be saved.
    pub enum SaveDraftError {
        NoLongerOpen => "entries-refused-no-longer-open",
        ChangedElsewhere => "entries-refused-changed-elsewhere",
    }
}

/// `edition` is the one that the form was filled in from: another one on the row means that another tab came first.
pub fn save_draft(
    db: &mut Db,
    person: &Person,
    entry: &EntryId,
    edition: i32,
    raw: &RawDraft,
    now: Moment,
) -> Result<Entry, SaveDraftError> {
    let entry = store::find(db, entry)?
        .filter(|entry| policy::may_edit(person, entry))
        .ok_or(SaveDraftError::NotFound)?;
    if !entry.status.is_open_to_changes() {
        return Err(SaveDraftError::NoLongerOpen);
    }
    if entry.edition != edition {
        return Err(SaveDraftError::ChangedElsewhere);
    }
    let contest = contests::store::find(db, &entry.contest_id)?.ok_or(SaveDraftError::NotFound)?;
    let fields = contests::views::list_fields(db, &contest.id)?;
    let categories = contests::views::list_categories(db, &contest.id)?;
    let mut content = draft::read_draft(raw, &contest, &fields, &categories)?;
    for field in fields.iter().filter(|field| field.is_retired) {
        if let Some(answer) = entry.answers.0.0.get(&field.id) {
            content.answers.0.insert(field.id.clone(), answer.clone());
        }
    }
    Ok(put_content(db, entry, content, now)?)
}

/// Puts the content into the rows.
pub fn put_content(
    db: &mut Db,
    mut entry: Entry,
    content: DraftContent,
    now: Moment,
) -> Result<Entry, DbError> {
    let members = if content.kind == EntryKind::Collective { content.members } else { Vec::new() };
    entry.title = content.title;
    entry.kind = content.kind;
    entry.category_id = content.category_id;
    entry.authors = content.authors;
    entry.answers = Json(content.answers);
    entry.search_text = draft::search_text(&entry, &members);
    entry.edition += 1;
    entry.saved_at = now;
    store::save(db, &entry)?;
    put_people(db, &entry, &members)?;
    if store::list_tools(db, &entry.id)? != content.tools {
        store::save_tools(db, &entry.id, content.tools)?;
    }
    Ok(entry)
}

fn put_people(db: &mut Db, entry: &Entry, members: &[String]) -> Result<(), DbError> {
    let author = (!entry.authors.is_empty()).then_some((PersonPart::Author, &entry.authors));
    let members = members.iter().map(|name| (PersonPart::Member, name));
    let wanted: Vec<(PersonPart, &String)> = author.into_iter().chain(members).collect();
    let known = store::list_people(db, &entry.id)?;
    let same = known.len() == wanted.len()
        && known
            .iter()
            .zip(&wanted)
            .all(|(known, (part, name))| known.part == *part && known.full_name == **name);
    if same {
        return Ok(());
    }
    store::delete_people(db, &entry.id)?;
    for (position, (part, name)) in (1..).zip(wanted) {
        let row = EntryPerson {
            id: EntryPersonId::generate(),
            entry_id: entry.id.clone(),
            position,
            full_name: name.clone(),
            part,
        };
        store::insert_entry_person(db, &row)?;
    }
    Ok(())
}
