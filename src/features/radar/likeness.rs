use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, AttachmentId, EntryId, LikenessId},
    json::Json,
};

crate::text_enum! {
    pub enum LikenessKind {
        /// The same bytes.
        File = "file",
        Picture = "picture",
        Film = "film",
        Text = "text",
    }
}

crate::text_enum! {
    pub enum LikenessStatus {
        Open = "open",
        /// Somebody looked and left it standing.
        Seen = "seen",
        /// No copy, for a reason.
        Dismissed = "dismissed",
    }
}

/// Two entries that are alike; the first is the one with the smaller id.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::likenesses, treat_none_as_null = true)]
pub struct Likeness {
    pub id: LikenessId,
    pub first_entry_id: EntryId,
    pub second_entry_id: EntryId,
    pub kind: LikenessKind,
    /// How sure, from 0 to 100.
    pub score: i32,
    pub evidence: Json<Evidence>,
    pub status: LikenessStatus,
    pub status_reason: Option<String>,
    pub status_by: Option<AccountId>,
    pub status_at: Moment,
    pub found_at: Moment,
}

/// What makes them alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Evidence {
    pub files: Vec<PairOfFiles>,
    pub passages: Vec<PairOfPassages>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PairOfFiles {
    pub first: AttachmentId,
    pub second: AttachmentId,
    /// Of frames: where in each film, in hundredths of its length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(i32, i32)>,
}

/// The same words, as each of the two has them, and the file they stand in (none: the entry's own words).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PairOfPassages {
    pub first: String,
    pub second: String,
    pub first_file: Option<AttachmentId>,
    pub second_file: Option<AttachmentId>,
}
