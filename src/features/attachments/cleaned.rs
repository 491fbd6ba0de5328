//! Copies of files without what says who made them: which were made, and of which none can be made.

use diesel::prelude::*;

use super::{FileHash, FileRow, store};
use crate::{
    base::clock::Moment,
    infra::{
        db::{Db, DbError},
        files::StoredFile,
    },
};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::cleaned_files, primary_key(file_hash))]
pub struct CleanedFile {
    pub file_hash: FileHash,
    /// None when there is no way to clean it: then a blind judge gets nothing of it.
    pub clean_hash: Option<FileHash>,
    pub media_type: String,
    pub made_at: Moment,
}

/// Writes down what came of cleaning; whoever comes second finds it done.
pub fn keep_cleaned(
    db: &mut Db,
    of: &FileHash,
    media_type: &str,
    clean: Option<&StoredFile>,
    now: Moment,
) -> Result<(), DbError> {
    if let Some(clean) = clean {
        let row = FileRow {
            hash: FileHash::of(clean),
            byte_count: clean.byte_count,
            media_type: media_type.to_owned(),
            stored_at: now,
        };
        store::insert_file_row_once(db, &row)?;
    }
    let row = CleanedFile {
        file_hash: of.clone(),
        clean_hash: clean.map(FileHash::of),
        media_type: media_type.to_owned(),
        made_at: now,
    };
    store::insert_cleaned_once(db, &row)
}
