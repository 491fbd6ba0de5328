use diesel::prelude::*;

use super::Ranges;
use crate::base::{
    clock::Moment,
    ids::{AccountId, AttachmentId, EntryId, PoolId},
    json::Json,
};

/// What one judge saw of one file.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = crate::infra::db::schema::viewings)]
pub struct Viewing {
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub attachment_id: AttachmentId,
    /// Seconds of a film or recording, pages of a document; of anything else 0-1 once it was opened.
    pub seen: Json<Ranges>,
    pub amount: i32,
    pub started_at: Moment,
    pub last_at: Moment,
}

/// A sheet may be given without the viewing that the round asks for.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::viewing_waivers)]
pub struct ViewingWaiver {
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub reason: String,
    pub waived_by: AccountId,
    pub waived_at: Moment,
}
