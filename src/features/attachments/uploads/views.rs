//! Uploads as screens and jobs read them.

use diesel::prelude::*;

use super::{Upload, UploadStatus, rules};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, UploadId},
    },
    features::{
        accounts::Person,
        contests::Contest,
        entries::{Entry, policy},
    },
    infra::db::{
        Db, DbError, among,
        schema::{contests, entries, uploads},
    },
};

/// An upload with what decides about it.
#[derive(Debug, Clone)]
pub struct UploadInHand {
    pub upload: Upload,
    pub entry: Entry,
    pub contest: Contest,
}

/// Somebody else's is not there.
pub fn find_for(db: &mut Db, person: &Person, id: &UploadId) -> Result<Option<UploadInHand>, DbError> {
    let row: Option<(Upload, Entry, Contest)> = uploads::table
        .inner_join(entries::table.inner_join(contests::table))
        .filter(uploads::id.eq(id))
        .select((Upload::as_select(), Entry::as_select(), Contest::as_select()))
        .first(db)
        .optional()?;
    let found = row.map(|(upload, entry, contest)| UploadInHand { upload, entry, contest });
    Ok(found.filter(|found| policy::may_edit(person, &found.entry)))
}

/// What is still coming in for an entry, the oldest first.
pub fn list_unfinished(db: &mut Db, entry: &EntryId, now: Moment) -> Result<Vec<Upload>, DbError> {
    let open = uploads::table
        .filter(uploads::entry_id.eq(entry))
        .filter(uploads::status.eq(UploadStatus::Open))
        .filter(uploads::expires_at.gt(now).or(uploads::promised_at.is_not_null()))
        .order((uploads::begun_at, uploads::id));
    Ok(open.select(Upload::as_select()).load(db)?)
}

/// What somebody began and did not finish, on whatever device, the latest first.
pub fn list_unfinished_of(db: &mut Db, person: &Person, now: Moment) -> Result<Vec<Upload>, DbError> {
    let open = uploads::table
        .filter(uploads::account_id.eq(&person.id))
        .filter(uploads::status.eq(UploadStatus::Open))
        .filter(uploads::expires_at.gt(now).or(uploads::promised_at.is_not_null()))
        .order((uploads::begun_at.desc(), uploads::id));
    Ok(open.select(Upload::as_select()).limit(200).load(db)?)
}

/// The files that submissions of an entry named before they were there.
pub fn list_promised(db: &mut Db, entry: &EntryId) -> Result<Vec<Upload>, DbError> {
    let promised = uploads::table
        .filter(uploads::entry_id.eq(entry))
        .filter(uploads::promised_at.is_not_null())
        .order((uploads::begun_at, uploads::id));
    Ok(promised.select(Upload::as_select()).load(db)?)
}

/// Whose time is over.
pub fn list_over(db: &mut Db, now: Moment) -> Result<Vec<Upload>, DbError> {
    let open: Vec<(Upload, Contest)> = uploads::table
        .inner_join(entries::table.inner_join(contests::table))
        .filter(uploads::status.eq(UploadStatus::Open))
        .filter(uploads::expires_at.le(now).or(uploads::promised_at.is_not_null()))
        .order(uploads::expires_at)
        .limit(1000)
        .select((Upload::as_select(), Contest::as_select()))
        .load(db)?;
    let is_over = |(upload, contest): &(Upload, Contest)| rules::ends_at(upload, contest) <= now;
    Ok(open.into_iter().filter(is_over).map(|(upload, _)| upload).collect())
}

/// Of these places in the store, those whose upload is still open.
pub fn list_open_among(db: &mut Db, ids: &[UploadId]) -> Result<Vec<UploadId>, DbError> {
    let open = uploads::table.filter(among(uploads::id, ids)).filter(uploads::status.eq(UploadStatus::Open));
    Ok(open.select(uploads::id).load(db)?)
}
