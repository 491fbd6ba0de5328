//! Keeping the fingerprints of an entry, and the keys by which others find them.

use super::{
    Fingerprint, FingerprintKind,
    measure::{PictureHash, Shingles, Text, asked_keys, kept_keys},
    store,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AttachmentId, EntryId, FingerprintId},
    },
    infra::db::{Db, DbError},
};

/// What was read out of one thing of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub attachment: Option<AttachmentId>,
    pub kind: FingerprintKind,
    pub position: i32,
    pub value: String,
}

/// A fingerprint with its keys, ready to be kept: what takes the processor's time is done before anything is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed {
    taken: Taken,
    keys: Vec<i64>,
}

impl Keyed {
    /// `common`: the shingles that say nothing in the entry's contest.
    pub fn new(taken: Taken, common: &Shingles) -> Self {
        Self { keys: keys_of(taken.kind, &taken.value, common, Side::Kept), taken }
    }
}

/// In place of what was kept of the entry before: an entry is compared as it was sent in last.
pub fn keep_fingerprints(
    db: &mut Db,
    entry: &EntryId,
    revision: i32,
    keyed: &[Keyed],
    now: Moment,
) -> Result<(), DbError> {
    store::delete_of_entry(db, entry)?;
    for Keyed { taken, keys } in keyed {
        let row = Fingerprint {
            id: FingerprintId::generate(),
            entry_id: entry.clone(),
            revision,
            attachment_id: taken.attachment.clone(),
            kind: taken.kind,
            position: taken.position,
            value: taken.value.clone(),
            made_at: now,
        };
        store::insert(db, &row)?;
        store::save_keys(db, &row.id, keys)?;
    }
    Ok(())
}

/// The keys of the words of an entry with what is common in the contest by now. Who was fingerprinted before a template was
/// known as one has keys of the template, and would not be found by its own words.
pub fn keys_anew(
    db: &mut Db,
    entry: &EntryId,
    common: &Shingles,
) -> Result<Vec<(FingerprintId, Vec<i64>)>, DbError> {
    let own = store::list_of_entry(db, entry)?.into_iter().filter(|row| row.kind == FingerprintKind::Text);
    Ok(own.map(|row| (row.id, keys_of(row.kind, &row.value, common, Side::Kept))).collect())
}

pub fn save_keys_anew(db: &mut Db, keys: &[(FingerprintId, Vec<i64>)]) -> Result<(), DbError> {
    for (fingerprint, keys) in keys {
        store::save_keys(db, fingerprint, keys)?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Kept,
    Asked,
}

pub(super) fn keys_of(kind: FingerprintKind, value: &str, common: &Shingles, side: Side) -> Vec<i64> {
    match (kind, side) {
        (FingerprintKind::Text, Side::Kept) => kept_keys(&Text::read(value), common),
        (FingerprintKind::Text, Side::Asked) => asked_keys(&Text::read(value), common),
        (FingerprintKind::Picture | FingerprintKind::Frame, side) => {
            let keys = |hash: PictureHash| match side {
                Side::Kept => hash.kept_keys(),
                Side::Asked => hash.asked_keys(),
            };
            PictureHash::from_hex(value).map(keys).unwrap_or_default()
        }
    }
}
