//! Rows in and out.

use diesel::prelude::*;

use super::{Upload, UploadStatus};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, UploadId, WriterId},
        json::Json,
    },
    infra::{
        db::{Db, DbError, schema::uploads},
        files::Parts,
    },
    rows_by_id,
};

rows_by_id!(uploads, Upload, UploadId, find, insert, save);

/// What a bucket took in from the writer to whom the upload is leased; false when it is not, or no longer.
pub fn save_progress(
    db: &mut Db,
    id: &UploadId,
    writer: &WriterId,
    parts: &Parts,
    leased_until: Moment,
) -> Result<bool, DbError> {
    let progress = (
        uploads::saved_bytes.eq(parts.saved_bytes()),
        uploads::parts.eq(Json(parts.clone())),
        uploads::leased_until.eq(leased_until),
    );
    Ok(diesel::update(leased(id, writer)).set(progress).execute(db)? == 1)
}

/// Until when it is the writer's; with no moment, nobody's from now on.
pub fn save_lease(
    db: &mut Db,
    id: &UploadId,
    writer: &WriterId,
    leased_until: Option<Moment>,
) -> Result<bool, DbError> {
    let leased_to = leased_until.map(|_| writer);
    let lease = (uploads::leased_to.eq(leased_to), uploads::leased_until.eq(leased_until));
    Ok(diesel::update(leased(id, writer)).set(lease).execute(db)? == 1)
}

type Leased<'u> = diesel::dsl::Filter<
    diesel::dsl::Find<uploads::table, &'u UploadId>,
    diesel::dsl::And<
        diesel::dsl::Eq<uploads::status, UploadStatus>,
        diesel::dsl::Eq<uploads::leased_to, &'u WriterId>,
    >,
>;

fn leased<'u>(id: &'u UploadId, writer: &'u WriterId) -> Leased<'u> {
    uploads::table.find(id).filter(uploads::status.eq(UploadStatus::Open).and(uploads::leased_to.eq(writer)))
}

pub fn count_open_of(db: &mut Db, account: &AccountId) -> Result<i64, DbError> {
    let open =
        uploads::table.filter(uploads::account_id.eq(account)).filter(uploads::status.eq(UploadStatus::Open));
    Ok(open.count().get_result(db)?)
}
