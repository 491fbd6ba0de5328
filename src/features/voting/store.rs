//! Every query of this feature that its acts need.

use diesel::prelude::*;

use super::{ProofFile, VoteCount};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, VoteCountId},
    },
    features::attachments::{self, FileRow},
    infra::db::{Db, DbError, schema::pool_entries},
    rows_by_id,
};

rows_by_id!(vote_counts, VoteCount, VoteCountId, find, insert, save);

pub fn stands_in_pool(db: &mut Db, pool: &PoolId, entry: &EntryId) -> Result<bool, DbError> {
    let row = pool_entries::table.find((pool, entry)).filter(pool_entries::left_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(db)?)
}

pub fn keep_file(db: &mut Db, file: &ProofFile, now: Moment) -> Result<(), DbError> {
    let row = FileRow {
        hash: file.hash.clone(),
        byte_count: file.byte_count,
        media_type: file.media_type.clone(),
        stored_at: now,
    };
    attachments::store::insert_file_row_once(db, &row)
}
