use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, AssignmentId, ConflictId, ContestId, EntryId, PoolId},
};

/// One judge, one entry, one pool.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::assignments, treat_none_as_null = true)]
pub struct Assignment {
    pub id: AssignmentId,
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub position: i32,
    pub assigned_by: AccountId,
    pub assigned_at: Moment,
    pub ended_at: Option<Moment>,
    pub end_reason: Option<String>,
}

/// Why a judge must not see or score an entry.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::conflicts, treat_none_as_null = true)]
pub struct Conflict {
    pub id: ConflictId,
    pub contest_id: ContestId,
    pub judge_id: AccountId,
    pub entry_id: EntryId,
    pub reason: String,
    pub declared_by: AccountId,
    pub declared_at: Moment,
}
