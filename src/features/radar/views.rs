//! Likenesses as screens read them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Fingerprint, FingerprintKind, Likeness, LikenessStatus};
use crate::{
    base::ids::{AttachmentId, ContestId, EntryId},
    features::{
        accounts::Person,
        attachments::FileHash,
        entries::{Entry, EntryStatus},
        judging,
    },
    infra::db::{
        Db, DbError, among,
        schema::{attachments, entries, fingerprints, likenesses},
    },
    read_all,
};

/// As many open likenesses as this are read whole: few are open at a time, and to ask for each entry of a page costs more.
const FEW: i64 = 200;

/// How many likenesses of each entry nobody has looked at yet, for a whole page.
pub fn count_open(db: &mut Db, of: &[EntryId]) -> Result<HashMap<EntryId, i64>, DbError> {
    let open = || {
        likenesses::table
            .filter(likenesses::status.eq(LikenessStatus::Open))
            .select((likenesses::first_entry_id, likenesses::second_entry_id))
    };
    let mut pairs: Vec<(EntryId, EntryId)> = read_all!(db, open().limit(FEW))?;
    if i64::try_from(pairs.len()) == Ok(FEW) {
        let either = among(likenesses::first_entry_id, of).or(among(likenesses::second_entry_id, of));
        pairs = read_all!(db, open().filter(either))?;
    }
    let mut counts: HashMap<EntryId, i64> = HashMap::new();
    for entry in pairs.into_iter().flat_map(|(one, other)| [one, other]) {
        *counts.entry(entry).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(counts);
    }
    Ok(of.iter().filter_map(|entry| counts.remove_entry(entry)).collect())
}

/// The same for somebody's list: nobody is told of an entry that he or she judges blindly.
pub fn count_open_for(
    db: &mut Db,
    person: &Person,
    of: &[EntryId],
) -> Result<HashMap<EntryId, i64>, DbError> {
    let mut counts = count_open(db, of)?;
    if !counts.is_empty() {
        for hidden in judging::policy::veiled_from(db, Some(person))? {
            counts.remove(&hidden);
        }
    }
    Ok(counts)
}

/// Of one entry: open ones first, then the surest.
pub fn list_of_entry(db: &mut Db, entry: &EntryId) -> Result<Vec<Likeness>, DbError> {
    let of_entry = likenesses::table
        .filter(likenesses::first_entry_id.eq(entry).or(likenesses::second_entry_id.eq(entry)))
        .order((likenesses::score.desc(), likenesses::id))
        .limit(200);
    let mut rows: Vec<Likeness> = of_entry.select(Likeness::as_select()).load(db)?;
    rows.sort_by_key(|likeness| likeness.status);
    Ok(rows)
}

/// Where one of the two is of this contest, with both entries; open ones first, then the surest.
pub fn list_of_contest(
    db: &mut Db,
    contest: &ContestId,
    n: i64,
) -> Result<Vec<(Likeness, Entry, Entry)>, DbError> {
    let own = entries::table.filter(entries::contest_id.eq(contest)).select(entries::id);
    let of_contest = likenesses::table
        .filter(likenesses::first_entry_id.eq_any(own).or(likenesses::second_entry_id.eq_any(own)))
        .order((likenesses::status, likenesses::score.desc(), likenesses::id))
        .limit(n);
    let mut rows: Vec<Likeness> = of_contest.select(Likeness::as_select()).load(db)?;
    rows.sort_by_key(|likeness| likeness.status);
    let ids: Vec<&EntryId> =
        rows.iter().flat_map(|row| [&row.first_entry_id, &row.second_entry_id]).collect();
    let found: Vec<Entry> =
        entries::table.filter(among(entries::id, ids)).select(Entry::as_select()).load(db)?;
    let by_id: HashMap<&EntryId, &Entry> = found.iter().map(|entry| (&entry.id, entry)).collect();
    let with_entries = rows.iter().filter_map(|row| {
        let (first, second) = (by_id.get(&row.first_entry_id)?, by_id.get(&row.second_entry_id)?);
        Some((row.clone(), (*first).clone(), (*second).clone()))
    });
    Ok(with_entries.collect())
}

/// Every entry that stands for itself, of one contest or of all.
pub fn list_to_watch(db: &mut Db, contest: Option<&ContestId>) -> Result<Vec<EntryId>, DbError> {
    let mut all = entries::table
        .filter(entries::submitted_at.is_not_null())
        .filter(entries::status.ne(EntryStatus::Withdrawn))
        .order(entries::id)
        .select(entries::id)
        .into_boxed();
    if let Some(contest) = contest {
        all = all.filter(entries::contest_id.eq(contest));
    }
    Ok(all.load(db)?)
}

/// Whether the entry was fingerprinted as it was sent in last.
pub fn is_fingerprinted(db: &mut Db, entry: &Entry) -> Result<bool, DbError> {
    let current = fingerprints::table
        .filter(fingerprints::entry_id.eq(&entry.id))
        .filter(fingerprints::revision.eq(entry.revision));
    Ok(diesel::select(diesel::dsl::exists(current)).get_result(db)?)
}

/// What was read out of the same bytes before, of whatever entry; None when they never were.
pub fn fingerprints_of_file(db: &mut Db, hash: &FileHash) -> Result<Option<Vec<Fingerprint>>, DbError> {
    let known: Option<AttachmentId> = fingerprints::table
        .inner_join(attachments::table)
        .filter(attachments::file_hash.eq(hash))
        .select(attachments::id)
        .first(db)
        .optional()?;
    let Some(known) = known else { return Ok(None) };
    let of_file = fingerprints::table.filter(fingerprints::attachment_id.eq(known)).order(fingerprints::id);
    Ok(Some(of_file.select(Fingerprint::as_select()).load(db)?))
}

/// The words that are compared, by the file they stand in (none: the entry's own).
pub fn list_words(db: &mut Db, entry: &EntryId) -> Result<Vec<(Option<AttachmentId>, String)>, DbError> {
    let words = fingerprints::table
        .filter(fingerprints::entry_id.eq(entry))
        .filter(fingerprints::kind.eq(FingerprintKind::Text))
        .order(fingerprints::id);
    Ok(words.select((fingerprints::attachment_id, fingerprints::value)).load(db)?)
}
