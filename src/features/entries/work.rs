//! What lists show of an entry's files and tools. It stands in the entry's row, where it is put whenever they change.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    sql_types::Text,
};
use serde::{Deserialize, Serialize};

use crate::base::ids::AttachmentId;

/// The work of an entry, as one line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// Of the first file that is not a picture for the cover alone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub media_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
    /// By name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<String>,
}

/// The small picture of an entry, and its size in pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub attachment_id: AttachmentId,
    pub width: u32,
    pub height: u32,
}

/// As it is stored: nothing where the files were not looked at since they changed.
#[derive(Debug, Clone, PartialEq, Eq, FromSqlRow)]
pub struct KeptWork(pub Option<Work>);

impl<DB: Backend> FromSql<Text, DB> for KeptWork
where
    String: FromSql<Text, DB>,
{
    fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, DB>>::from_sql(raw)?;
        Ok(Self(serde_json::from_str(&text).ok()))
    }
}
