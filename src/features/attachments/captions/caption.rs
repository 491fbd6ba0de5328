use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, AttachmentId},
    lang::Lang,
};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::captions, primary_key(attachment_id, lang))]
pub struct Captions {
    pub attachment_id: AttachmentId,
    pub lang: Lang,
    /// WebVTT, written by this program.
    pub content: String,
    pub n_cues: i32,
    pub added_by: AccountId,
    pub added_at: Moment,
}
