use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AttachmentId, EntryId, FieldId, UploadId, WriterId},
        json::Json,
        lang::Lang,
        sentence::Sentence,
    },
    infra::files::Parts,
};

/// What the client said of the file, name and value, to be told it again.
pub type Metadata = BTreeMap<String, String>;

/// A file on its way into a slot of an entry.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::uploads, treat_none_as_null = true)]
pub struct Upload {
    pub id: UploadId,
    pub entry_id: EntryId,
    pub field_id: FieldId,
    pub account_id: AccountId,
    pub file_name: String,
    pub byte_count: i64,
    pub declared_hash: Option<String>,
    pub metadata: Json<Metadata>,
    pub status: UploadStatus,
    /// What a bucket has taken in; the files of a folder say it themselves.
    pub saved_bytes: i64,
    pub parts: Json<Parts>,
    pub reason: Option<Json<Reason>>,
    pub begun_at: Moment,
    pub expires_at: Moment,
    pub ended_at: Option<Moment>,
    pub attachment_id: Option<AttachmentId>,
    /// When it was named in a submission, before it was all there.
    pub promised_at: Option<Moment>,
    pub promised_in: Option<i32>,
    /// Who writes it into a bucket, alone; in a folder the lock on the file says it.
    pub leased_to: Option<WriterId>,
    pub leased_until: Option<Moment>,
}

crate::text_enum! {
    pub enum UploadStatus {
        Open = "open",
        Finished = "finished",
        /// It was all there, and was not what the slot takes.
        Refused = "refused",
        Terminated = "terminated",
        Expired = "expired",
    }
}

/// Why a file was refused, in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reason(BTreeMap<String, String>);

impl Reason {
    pub fn of(sentence: &Sentence) -> Self {
        Self(Lang::ALL.iter().map(|lang| (lang.to_string(), sentence.said(*lang))).collect())
    }

    pub fn said(&self, lang: Lang) -> &str {
        self.0.get(lang.as_str()).map_or("", String::as_str)
    }
}

impl Upload {
    /// The name of its bytes in the store while they come in.
    pub fn place(&self) -> String {
        format!("up-{}", self.id)
    }
}
