use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, EntryId, PoolId, VoteCountId},
};
use crate::features::attachments::FileHash;

/// How many votes an entry had, counted elsewhere and recorded with proof; the newest of an entry counts.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::vote_counts, treat_none_as_null = true)]
pub struct VoteCount {
    pub id: VoteCountId,
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub votes: i64,
    pub source: String,
    pub proof_url: String,
    pub proof_file_hash: Option<FileHash>,
    pub reason: String,
    pub recorded_by: AccountId,
    pub recorded_at: Moment,
}
