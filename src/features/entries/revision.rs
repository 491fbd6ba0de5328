use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, EntryId, RevisionId},
};

/// One submission of an entry, kept whole, with its receipt.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::revisions, treat_none_as_null = true)]
pub struct Revision {
    pub id: RevisionId,
    pub entry_id: EntryId,
    pub number: i32,
    pub content: String,
    pub content_hash: String,
    pub receipt_code: String,
    pub submitted_at: Moment,
    pub submitted_by: AccountId,
}
