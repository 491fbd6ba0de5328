//! Writing down a piece that was made and stored.

use super::{Rendition, store};
use crate::{
    base::{clock::Moment, json::Json},
    features::attachments::{self, FileHash, FileRow},
    infra::{
        db::{Db, DbError},
        files::StoredFile,
        media::Made,
    },
};

/// Kept twice, it is the newer one that counts: a job that was interrupted makes its last piece again.
pub fn keep(
    db: &mut Db,
    source: &FileHash,
    made: &Made,
    stored: &StoredFile,
    now: Moment,
) -> Result<(), DbError> {
    let file_hash = FileHash::of(stored);
    let row = FileRow {
        hash: file_hash.clone(),
        byte_count: stored.byte_count,
        media_type: made.media_type.to_owned(),
        stored_at: now,
    };
    attachments::store::insert_file_row_once(db, &row)?;
    store::delete_rendition(db, source, &made.name)?;
    let rendition = Rendition {
        source_hash: source.clone(),
        name: made.name.clone(),
        file_hash,
        byte_count: stored.byte_count,
        media_type: made.media_type.to_owned(),
        facts: Json(made.facts.clone()),
        made_at: now,
    };
    store::insert_rendition(db, &rendition)
}
