//! Who a body decides about: the entries of a pool, with what the standing says.

use super::store;
use crate::{
    base::ids::{EntryId, UnitId},
    features::{
        contests::{EntryKind, Round},
        entries::EntryStatus,
        pools::Pool,
    },
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub entry_id: EntryId,
    pub code: String,
    pub title: String,
    pub kind: EntryKind,
    pub status: EntryStatus,
    pub unit_id: UnitId,
    pub unit_name: String,
    /// Nothing in a round that only decides, and for an entry without a sheet or a count.
    pub place: Option<i32>,
    /// As it is written in Vietnamese.
    pub score_text: String,
    pub sheets_in: i32,
    pub sheets_due: i32,
    pub is_tied: bool,
}

/// The entries that stand in the pool.
pub fn list_candidates(db: &mut Db, pool: &Pool, _: &Round) -> Result<(Vec<Candidate>, String), DbError> {
    Ok((store::list_pool_entries(db, &pool.id)?, String::new()))
}
