use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, ContestId, DecisionId, EntryId, NominationId, PoolId},
};

/// An entry forwarded from a pool to the parent unit's pool of a later round, with a frozen copy.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::nominations, treat_none_as_null = true)]
pub struct Nomination {
    pub id: NominationId,
    pub contest_id: ContestId,
    pub entry_id: EntryId,
    pub decision_id: DecisionId,
    pub from_pool_id: PoolId,
    pub to_pool_id: PoolId,
    pub status: NominationStatus,
    pub snapshot: String,
    pub dossier_hash: String,
    pub proposed_by: AccountId,
    pub proposed_at: Moment,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<Moment>,
    pub answer_reason: Option<String>,
}

crate::text_enum! {
    pub enum NominationStatus {
        Proposed = "proposed",
        Accepted = "accepted",
        Returned = "returned",
        Recalled = "recalled",
    }
}
