use diesel::prelude::*;

use crate::{
    base::{clock::Moment, json::Json},
    features::attachments::FileHash,
    infra::media::Facts,
};

/// One piece that is shown: `poster`, `480p`, `page-0001`.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::renditions, primary_key(source_hash, name))]
pub struct Rendition {
    pub source_hash: FileHash,
    pub name: String,
    pub file_hash: FileHash,
    pub byte_count: i64,
    pub media_type: String,
    pub facts: Json<Facts>,
    pub made_at: Moment,
}
