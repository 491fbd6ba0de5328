use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, AttachmentId, EntryId, PoolId, SheetNoteId},
};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::sheet_notes)]
pub struct SheetNote {
    pub id: SheetNoteId,
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub attachment_id: AttachmentId,
    /// Of the film, in milliseconds.
    pub at_ms: i64,
    pub content: String,
    pub noted_at: Moment,
}
