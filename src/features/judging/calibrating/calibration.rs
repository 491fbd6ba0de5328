use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, EntryId, PoolId},
};

/// An entry that everybody on the panel scores before all others.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::calibrations)]
pub struct Calibration {
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    /// Put in to be practised on: it does not stand in the standing. Any other competes, and its sheets count.
    pub is_sample: bool,
    pub reason: String,
    pub marked_by: AccountId,
    pub marked_at: Moment,
}
