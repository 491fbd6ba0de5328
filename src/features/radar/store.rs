//! Rows in and out.

use diesel::prelude::*;

use super::{Fingerprint, Likeness, LikenessKind};
use crate::{
    base::ids::{ContestId, EntryId, FingerprintId, LikenessId},
    infra::db::{
        Db, DbError, among,
        schema::{attachments, entries, fingerprint_keys, fingerprints, likenesses},
    },
    rows_by_id,
};

rows_by_id!(fingerprints, Fingerprint, FingerprintId, find_fingerprint, insert, save_fingerprint);
rows_by_id!(likenesses, Likeness, LikenessId, find, insert_likeness, save);

/// Values in one statement; both engines take far more.
const CHUNK: usize = 400;

pub fn list_of_entry(db: &mut Db, entry: &EntryId) -> Result<Vec<Fingerprint>, DbError> {
    let of_entry = fingerprints::table.filter(fingerprints::entry_id.eq(entry)).order(fingerprints::id);
    Ok(of_entry.select(Fingerprint::as_select()).load(db)?)
}

pub fn delete_of_entry(db: &mut Db, entry: &EntryId) -> Result<(), DbError> {
    let ids = fingerprints::table.filter(fingerprints::entry_id.eq(entry)).select(fingerprints::id);
    let ids: Vec<FingerprintId> = ids.load(db)?;
    diesel::delete(fingerprint_keys::table.filter(among(fingerprint_keys::fingerprint_id, ids)))
        .execute(db)?;
    diesel::delete(fingerprints::table.filter(fingerprints::entry_id.eq(entry))).execute(db)?;
    Ok(())
}

/// In place of the keys that the fingerprint had.
pub fn save_keys(db: &mut Db, fingerprint: &FingerprintId, keys: &[i64]) -> Result<(), DbError> {
    diesel::delete(fingerprint_keys::table.filter(fingerprint_keys::fingerprint_id.eq(fingerprint)))
        .execute(db)?;
    for keys in keys.chunks(CHUNK) {
        let rows: Vec<_> = keys
            .iter()
            .map(|key| {
                (fingerprint_keys::key_value.eq(*key), fingerprint_keys::fingerprint_id.eq(fingerprint))
            })
            .collect();
        match db {
            Db::Postgres(db) => diesel::insert_into(fingerprint_keys::table).values(rows).execute(db)?,
            Db::Sqlite(db) => diesel::insert_into(fingerprint_keys::table).values(rows).execute(db)?,
        };
    }
    Ok(())
}

/// The fingerprints under any of the keys, with the key by which each was found.
pub fn list_under_keys(db: &mut Db, keys: &[i64]) -> Result<Vec<(i64, FingerprintId)>, DbError> {
    let mut found = Vec::new();
    for keys in keys.chunks(CHUNK) {
        let under = fingerprint_keys::table.filter(fingerprint_keys::key_value.eq_any(keys));
        found.extend(under.load::<(i64, FingerprintId)>(db)?);
    }
    Ok(found)
}

/// Those of entries that stand for themselves: sent in, and not withdrawn.
pub fn list_fingerprints(db: &mut Db, ids: &[FingerprintId]) -> Result<Vec<Fingerprint>, DbError> {
    let rows = fingerprints::table
        .inner_join(entries::table)
        .filter(among(fingerprints::id, ids))
        .filter(entries::status.ne(crate::features::entries::EntryStatus::Withdrawn));
    Ok(rows.select(Fingerprint::as_select()).load(db)?)
}

/// The words of the latest entries of a contest, entry by entry: what a template is told by.
pub fn list_latest_words(
    db: &mut Db,
    contest: &ContestId,
    n: i64,
) -> Result<Vec<(EntryId, String)>, DbError> {
    let latest = fingerprints::table
        .inner_join(entries::table)
        .filter(entries::contest_id.eq(contest))
        .filter(fingerprints::kind.eq(super::FingerprintKind::Text))
        .order(fingerprints::entry_id.desc())
        .limit(n);
    Ok(latest.select((fingerprints::entry_id, fingerprints::value)).load(db)?)
}

/// Files of other entries with the same bytes: (hash, attachment, entry).
pub fn list_same_files(
    db: &mut Db,
    entry: &EntryId,
    hashes: &[String],
) -> Result<Vec<(String, crate::base::ids::AttachmentId, EntryId)>, DbError> {
    let same = attachments::table
        .inner_join(entries::table)
        .filter(among(attachments::file_hash, hashes))
        .filter(attachments::entry_id.ne(entry))
        .filter(attachments::removed_at.is_null())
        .filter(entries::submitted_at.is_not_null())
        .filter(entries::status.ne(crate::features::entries::EntryStatus::Withdrawn))
        .order((attachments::file_hash, attachments::entry_id, attachments::id))
        .select((attachments::file_hash, attachments::id, attachments::entry_id));
    Ok(same.load(db)?)
}

pub fn find_of_pair(
    db: &mut Db,
    first: &EntryId,
    second: &EntryId,
    kind: LikenessKind,
) -> Result<Option<Likeness>, DbError> {
    let of_pair = likenesses::table
        .filter(likenesses::first_entry_id.eq(first))
        .filter(likenesses::second_entry_id.eq(second))
        .filter(likenesses::kind.eq(kind));
    Ok(of_pair.select(Likeness::as_select()).first(db).optional()?)
}

/// What was found of an entry and nobody looked at yet; found again or gone.
pub fn delete_open_of_entry(db: &mut Db, entry: &EntryId, except: &[LikenessId]) -> Result<(), DbError> {
    let stale = likenesses::table
        .filter(likenesses::first_entry_id.eq(entry).or(likenesses::second_entry_id.eq(entry)))
        .filter(likenesses::status.eq(super::LikenessStatus::Open))
        .filter(likenesses::id.ne_all(except));
    diesel::delete(stale).execute(db)?;
    Ok(())
}
