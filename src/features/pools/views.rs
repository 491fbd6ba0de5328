//! Pools as screens read them.

use diesel::prelude::*;

use super::{Pool, PoolExtension};
use crate::{
    base::ids::PoolId,
    features::{contests::Round, units::Unit},
    infra::db::{
        Db, DbError,
        schema::{pool_extensions, pools, rounds, units},
    },
};

/// A pool with its round and its unit.
pub fn find_with_place(db: &mut Db, pool: &PoolId) -> Result<Option<(Pool, Round, Unit)>, DbError> {
    let found = pools::table.inner_join(rounds::table).inner_join(units::table).filter(pools::id.eq(pool));
    Ok(found.select((Pool::as_select(), Round::as_select(), Unit::as_select())).get_result(db).optional()?)
}

/// How the deadline of a pool moved, the newest first.
pub fn list_extensions(db: &mut Db, pool: &PoolId) -> Result<Vec<PoolExtension>, DbError> {
    let moved = pool_extensions::table
        .filter(pool_extensions::pool_id.eq(pool))
        .order((pool_extensions::extended_at.desc(), pool_extensions::id.desc()));
    Ok(moved.select(PoolExtension::as_select()).load(db)?)
}
