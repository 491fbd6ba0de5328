//! Rows in and out.

use diesel::prelude::*;

use super::{Upload, UploadStatus};
use crate::{
    base::{
        ids::{AccountId, UploadId},
        json::Json,
    },
    infra::{
        db::{Db, DbError, schema::uploads},
        files::Parts,
    },
    rows_by_id,
};

rows_by_id!(uploads, Upload, UploadId, find, insert, save);

/// What a bucket took in, unless somebody else wrote something down since; then false.
pub fn save_progress(
    db: &mut Db,
    id: &UploadId,
    before: i64,
    saved_bytes: i64,
    parts: &Parts,
) -> Result<bool, DbError> {
    let open = uploads::table
        .find(id)
        .filter(uploads::status.eq(UploadStatus::Open))
        .filter(uploads::saved_bytes.eq(before));
    let n_rows = diesel::update(open)
        .set((uploads::saved_bytes.eq(saved_bytes), uploads::parts.eq(Json(parts.clone()))))
        .execute(db)?;
    Ok(n_rows == 1)
}

pub fn count_open_of(db: &mut Db, account: &AccountId) -> Result<i64, DbError> {
    let open =
        uploads::table.filter(uploads::account_id.eq(account)).filter(uploads::status.eq(UploadStatus::Open));
    Ok(open.count().get_result(db)?)
}
