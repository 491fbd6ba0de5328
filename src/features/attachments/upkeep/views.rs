//! What the scrub found, as administrators see it.

use diesel::prelude::*;

use super::{FileCheck, Finding};
use crate::{
    base::{clock::Moment, ids::EntryId},
    features::attachments::FileHash,
    infra::db::{
        Db, DbError, among,
        schema::{attachments, entries, file_checks, files},
    },
};

/// A file that is not as it should be, and where it is used. A file may be used in many places or in none.
#[derive(Debug, Clone, PartialEq)]
pub struct BadFile {
    pub hash: FileHash,
    pub finding: Finding,
    pub checked_at: Moment,
    pub byte_count: i64,
    pub used_in: Vec<(EntryId, String, String)>,
}

pub fn count_bad(db: &mut Db) -> Result<i64, DbError> {
    Ok(file_checks::table.filter(file_checks::finding.is_not_null()).count().get_result(db)?)
}

pub fn count_checked(db: &mut Db) -> Result<(i64, i64), DbError> {
    let all = files::table.count().get_result(db)?;
    Ok((file_checks::table.count().get_result(db)?, all))
}

pub fn list_bad(db: &mut Db) -> Result<Vec<BadFile>, DbError> {
    let rows: Vec<(FileCheck, i64)> = file_checks::table
        .inner_join(files::table)
        .filter(file_checks::finding.is_not_null())
        .order((file_checks::checked_at.desc(), file_checks::file_hash))
        .limit(200)
        .select((FileCheck::as_select(), files::byte_count))
        .load(db)?;
    let hashes: Vec<&FileHash> = rows.iter().map(|(check, _)| &check.file_hash).collect();
    let uses: Vec<(FileHash, EntryId, String, String)> = attachments::table
        .inner_join(entries::table)
        .filter(among(attachments::file_hash, hashes))
        .order(attachments::added_at)
        .select((attachments::file_hash, attachments::entry_id, entries::title, attachments::file_name))
        .load(db)?;
    let bad = rows.into_iter().filter_map(|(check, byte_count)| {
        let of_file = uses.iter().filter(|(hash, ..)| *hash == check.file_hash);
        Some(BadFile {
            used_in: of_file
                .map(|(_, entry, title, name)| (entry.clone(), title.clone(), name.clone()))
                .collect(),
            finding: check.finding?,
            hash: check.file_hash,
            checked_at: check.checked_at,
            byte_count,
        })
    });
    Ok(bad.collect())
}
