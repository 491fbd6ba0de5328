use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId, FingerprintId},
    },
    features::entries::{Answer, Entry},
};

crate::text_enum! {
    pub enum FingerprintKind {
        /// Words: of the entry itself, or of one of its files.
        Text = "text",
        Picture = "picture",
        /// A still of a film.
        Frame = "frame",
    }
}

/// What one thing of an entry is compared by.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::fingerprints, treat_none_as_null = true)]
pub struct Fingerprint {
    pub id: FingerprintId,
    pub entry_id: EntryId,
    pub revision: i32,
    pub attachment_id: Option<AttachmentId>,
    pub kind: FingerprintKind,
    /// Of a frame: where in the film, in hundredths of its length.
    pub position: i32,
    /// The words, or the hash of the picture.
    pub value: String,
    pub made_at: Moment,
}

/// What the entry itself says: its title and what was written as answers. Names of people are no content, and choices from
/// a list are the form's words.
pub fn own_words(entry: &Entry) -> String {
    let written = entry.answers.0.0.values().filter_map(|answer| match answer {
        Answer::Text(text) => Some(text.as_str()),
        _ => None,
    });
    std::iter::once(entry.title.as_str()).chain(written).collect::<Vec<_>>().join("\n")
}
