use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, EntryId, NominationId, PoolExtensionId, PoolId, RoundId, UnitId},
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// The entries of one unit in one round, judged together.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::pools, treat_none_as_null = true)]
pub struct Pool {
    pub id: PoolId,
    pub contest_id: ContestId,
    pub round_id: RoundId,
    pub unit_id: UnitId,
    pub status: PoolStatus,
    #[diesel(deserialize_as = MaybeMoment)]
    pub deadline_at: Option<Moment>,
    pub draw_seed: Option<String>,
    /// From then on no sheet changes; while judging it may be opened again.
    #[diesel(deserialize_as = MaybeMoment)]
    pub judging_closed_at: Option<Moment>,
    #[diesel(deserialize_as = ReadMoment)]
    pub created_at: Moment,
}

/// A deadline of a pool that was moved, and why.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::pool_extensions, treat_none_as_null = true)]
pub struct PoolExtension {
    pub id: PoolExtensionId,
    pub pool_id: PoolId,
    pub old_deadline_at: Option<Moment>,
    pub new_deadline_at: Moment,
    pub reason: String,
    pub extended_by: AccountId,
    pub extended_at: Moment,
}

/// That an entry stands in a pool, since when, and by which nomination.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::pool_entries)]
pub struct PoolEntry {
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub nomination_id: Option<NominationId>,
    pub received_at: Moment,
    pub left_at: Option<Moment>,
    /// Whether it is to be scored here: it has not left, and is in a state that is judged (`EntryStatus::is_judged`).
    pub is_judged: bool,
}

crate::text_enum! {
    pub enum PoolStatus {
        Gathering = "gathering",
        Judging = "judging",
        Decided = "decided",
        Published = "published",
    }
}
