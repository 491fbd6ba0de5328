//! What lists show of an entry's files and tools. It stands in the entry's row, where it is put whenever they change.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    sql_types::Text,
};
use serde::{Deserialize, Serialize, Serializer};

use crate::base::ids::AttachmentId;

/// The work of an entry, as one line of a list. It is written as a list without names, which are half of what is to be read for
/// each line; rows from before have the names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Work {
    /// Of the first file that is not a picture for the cover alone.
    pub media_type: String,
    pub duration_ms: Option<u64>,
    pub cover: Option<Cover>,
    /// By name.
    pub tools: Vec<String>,
}

impl Serialize for Work {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cover = self.cover.as_ref().map(|cover| (&cover.attachment_id, cover.width, cover.height));
        (&self.media_type, self.duration_ms, cover, &self.tools).serialize(serializer)
    }
}

/// The small picture of an entry, and its size in pixels.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_is_read_as_it_is_written_and_as_it_was_written_before() {
        let id: AttachmentId = "01a21ee5-71e3-74e7-85d6-3e360c6bd84d".parse().unwrap();
        let work = Work {
            media_type: "video/mp4".to_owned(),
            duration_ms: Some(61_000),
            cover: Some(Cover { attachment_id: id, width: 320, height: 180 }),
            tools: vec!["Canva".to_owned()],
        };
        let before = r#"{"media_type":"video/mp4","duration_ms":61000,
            "cover":{"attachment_id":"01a21ee5-71e3-74e7-85d6-3e360c6bd84d","width":320,"height":180},"tools":["Canva"]}"#;
        let written = serde_json::to_string(&work).unwrap();
        for text in [before, &written] {
            assert_eq!(serde_json::from_str::<Work>(text).unwrap(), work);
        }
        let nothing = serde_json::to_string(&Work::default()).unwrap();
        for text in ["{}", &nothing] {
            assert_eq!(serde_json::from_str::<Work>(text).unwrap(), Work::default());
        }
    }
}
