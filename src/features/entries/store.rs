//! Every query of this feature.

use diesel::prelude::*;

use super::{Entry, EntryConsent, EntryPerson, EntryTool, Revision};
use crate::{
    base::ids::{EntryId, EntryPersonId, RevisionId},
    infra::db::{
        Db, DbError,
        schema::{entry_consents, entry_tools},
    },
    rows_by_id,
};

rows_by_id!(entries, Entry, EntryId, find, insert, save);
rows_by_id!(
    entry_people,
    EntryPerson,
    EntryPersonId,
    find_entry_person,
    insert_entry_person,
    save_entry_person
);

pub fn insert_entry_tool(db: &mut Db, row: &EntryTool) -> Result<(), DbError> {
    diesel::insert_into(entry_tools::table).values(row).execute(db)?;
    Ok(())
}

pub fn insert_entry_consent(db: &mut Db, row: &EntryConsent) -> Result<(), DbError> {
    diesel::insert_into(entry_consents::table).values(row).execute(db)?;
    Ok(())
}
rows_by_id!(revisions, Revision, RevisionId, find_revision, insert_revision, save_revision);
