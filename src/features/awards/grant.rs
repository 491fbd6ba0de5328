use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, AwardId, ContestId, EntryId, GrantId, PoolId, UnitId},
};

/// Who won an award: an entry, or a unit.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::grants, treat_none_as_null = true)]
pub struct Grant {
    pub id: GrantId,
    pub contest_id: ContestId,
    pub award_id: AwardId,
    pub pool_id: PoolId,
    pub entry_id: Option<EntryId>,
    pub unit_id: Option<UnitId>,
    pub citation: String,
    pub granted_by: AccountId,
    pub granted_at: Moment,
    pub revoked_by: Option<AccountId>,
    pub revoked_at: Option<Moment>,
    pub revoke_reason: Option<String>,
}
