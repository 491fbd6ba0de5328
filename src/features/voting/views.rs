//! Recorded votes as standings and screens read them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::VoteCount;
use crate::{
    base::ids::{EntryId, PoolId},
    features::attachments::{FileHash, FileRow},
    infra::db::{
        Db, DbError,
        schema::{accounts, files, vote_counts},
    },
};

/// The newest count of each entry of a pool that has one.
pub fn counts_of(db: &mut Db, pool: &PoolId) -> Result<HashMap<EntryId, i64>, DbError> {
    let rows: Vec<(EntryId, i64)> = vote_counts::table
        .filter(vote_counts::pool_id.eq(pool))
        .order((vote_counts::recorded_at, vote_counts::id))
        .select((vote_counts::entry_id, vote_counts::votes))
        .load(db)?;
    // Later rows replace earlier ones.
    Ok(rows.into_iter().collect())
}

pub fn newest_of(db: &mut Db, pool: &PoolId, entry: &EntryId) -> Result<Option<VoteCount>, DbError> {
    let newest = vote_counts::table
        .filter(vote_counts::pool_id.eq(pool))
        .filter(vote_counts::entry_id.eq(entry))
        .order((vote_counts::recorded_at.desc(), vote_counts::id.desc()));
    Ok(newest.select(VoteCount::as_select()).get_result(db).optional()?)
}

/// Every count of a pool with the name of who recorded it, newest first.
pub fn history_of(db: &mut Db, pool: &PoolId) -> Result<Vec<(VoteCount, String)>, DbError> {
    let rows = vote_counts::table
        .inner_join(accounts::table)
        .filter(vote_counts::pool_id.eq(pool))
        .order((vote_counts::recorded_at.desc(), vote_counts::id.desc()));
    Ok(rows.select((VoteCount::as_select(), accounts::full_name)).load(db)?)
}

/// What a proof file is.
pub fn find_file(db: &mut Db, hash: &FileHash) -> Result<Option<FileRow>, DbError> {
    Ok(files::table.find(hash).select(FileRow::as_select()).get_result(db).optional()?)
}
