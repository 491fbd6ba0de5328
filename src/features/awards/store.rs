//! Every query of this feature that its acts need.

use diesel::prelude::*;

use super::Grant;
use crate::{
    base::ids::{AwardId, GrantId, PoolId},
    infra::db::{Db, DbError, schema::grants},
    rows_by_id,
};

rows_by_id!(grants, Grant, GrantId, find, insert, save);

/// How often an award is granted in a pool, without what was revoked.
pub fn count_standing(db: &mut Db, award: &AwardId, pool: &PoolId) -> Result<i64, DbError> {
    let standing = grants::table
        .filter(grants::award_id.eq(award))
        .filter(grants::pool_id.eq(pool))
        .filter(grants::revoked_at.is_null());
    Ok(standing.count().get_result(db)?)
}
