//! What the pages of one's own entry read first: the entry, its contest and the form. Somebody else's is not found.

use std::sync::Arc;

use crate::{
    base::ids::EntryId,
    features::{
        accounts::Person,
        contests::{self, Category, Contest, Field},
        entries::{self, Entry, EntryPerson, policy},
    },
    infra::db::{Db, DbError},
    web::{error::WebError, form::AppData},
};

pub struct OwnEntry {
    pub entry: Entry,
    pub contest: Contest,
    pub fields: Vec<Field>,
    pub categories: Vec<Category>,
    pub people: Vec<EntryPerson>,
}

pub fn entry_id(text: &str) -> Result<EntryId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// Reads the entry and whatever else the page wants in one go.
pub async fn read_own<T: Send + 'static>(
    app: &AppData,
    person: &Arc<Person>,
    id: &str,
    more: impl FnOnce(&mut Db, &OwnEntry) -> Result<T, DbError> + Send + 'static,
) -> Result<(OwnEntry, T), WebError> {
    let (id, person) = (entry_id(id)?, Arc::clone(person));
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let Some(own) = find_own(db, &person, &id)? else { return Ok(None) };
            let more = more(db, &own)?;
            Ok(Some((own, more)))
        })
        .await?;
    found.ok_or(WebError::NotFound)
}

fn find_own(db: &mut Db, person: &Person, id: &EntryId) -> Result<Option<OwnEntry>, DbError> {
    let Some(entry) = entries::store::find(db, id)?.filter(|entry| policy::may_edit(person, entry)) else {
        return Ok(None);
    };
    let Some(contest) = contests::store::find(db, &entry.contest_id)? else { return Ok(None) };
    Ok(Some(OwnEntry {
        fields: contests::views::list_fields(db, &contest.id)?,
        categories: contests::views::list_categories(db, &contest.id)?,
        people: entries::store::list_people(db, &entry.id)?,
        entry,
        contest,
    }))
}
