use diesel::prelude::*;

use crate::base::ids::{EntryId, EntryPersonId};

/// An author, or a member of a collective.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::entry_people, treat_none_as_null = true)]
pub struct EntryPerson {
    pub id: EntryPersonId,
    pub entry_id: EntryId,
    pub position: i32,
    pub full_name: String,
    pub part: PersonPart,
}

crate::text_enum! {
    pub enum PersonPart { Author = "author", Member = "member" }
}
