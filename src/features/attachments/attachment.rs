use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AttachmentId, EntryId, FieldId},
        json::Json,
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// Bytes in the file store, once for each content.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::files, primary_key(hash), treat_none_as_null = true)]
pub struct FileRow {
    pub hash: FileHash,
    pub byte_count: i64,
    pub media_type: String,
    pub stored_at: Moment,
}

/// A file of an entry, in a slot of the form.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::attachments, treat_none_as_null = true)]
pub struct Attachment {
    pub id: AttachmentId,
    pub entry_id: EntryId,
    pub field_id: FieldId,
    pub position: i32,
    pub file_hash: FileHash,
    pub file_name: String,
    pub byte_count: i64,
    pub media_type: String,
    pub media: Json<MediaFacts>,
    pub added_by: AccountId,
    #[diesel(deserialize_as = ReadMoment)]
    pub added_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub removed_at: Option<Moment>,
}

/// The BLAKE3 hash of a file's bytes, in hexadecimal digits.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct FileHash(String);

crate::stored_as!(
    diesel::sql_types::Text,
    String,
    FileHash,
    |text: String| Ok::<_, std::convert::Infallible>(FileHash(text))
);

impl FileHash {
    /// From the file store, which computed it.
    pub fn from_store(hash: &str) -> Self {
        Self(hash.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What could be read from a file without decoding it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct MediaFacts {
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub duration_ms: Option<u64>,
}
