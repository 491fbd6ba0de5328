//! Rows in and out.

use std::collections::HashSet;

use diesel::prelude::*;

use super::FileCheck;
use crate::{
    base::{clock::Moment, ids::EntryId},
    features::attachments::{FileHash, FileRow},
    infra::db::{
        Db, DbError, among,
        schema::{entries, file_checks, files, games},
    },
};

/// Of these files, those that a row names: a row of `files`, to which most of what names a file refers, or one of a table
/// that names its files by itself.
pub fn list_named(db: &mut Db, hashes: &[String]) -> Result<HashSet<String>, DbError> {
    let named: Vec<FileHash> =
        files::table.filter(among(files::hash, hashes)).select(files::hash).load(db)?;
    let played: Vec<FileHash> =
        games::table.filter(among(games::file_hash, hashes)).select(games::file_hash).load(db)?;
    Ok(named.iter().chain(&played).map(|hash| hash.as_str().to_owned()).collect())
}

/// Entries whose files lists have to look at themselves.
pub fn list_without_work(db: &mut Db, limit: i64) -> Result<Vec<EntryId>, DbError> {
    Ok(entries::table.filter(entries::work.eq("")).select(entries::id).limit(limit).load(db)?)
}

/// The files that were not read since then, the longest unread first.
pub fn list_unchecked(db: &mut Db, since: Moment, limit: i64) -> Result<Vec<FileRow>, DbError> {
    let due = files::table
        .left_join(file_checks::table)
        .filter(file_checks::checked_at.is_null().or(file_checks::checked_at.lt(since)))
        // The engines put what has no moment at different ends.
        .order((file_checks::checked_at.is_not_null(), file_checks::checked_at, files::hash));
    Ok(due.select(FileRow::as_select()).limit(limit).load(db)?)
}

pub fn save_check(db: &mut Db, check: &FileCheck) -> Result<(), DbError> {
    let n_rows = diesel::update(file_checks::table.find(&check.file_hash)).set(check).execute(db)?;
    if n_rows == 0 {
        diesel::insert_into(file_checks::table).values(check).execute(db)?;
    }
    Ok(())
}
