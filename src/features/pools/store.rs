//! Every query of this feature.

use diesel::prelude::*;

use super::{Pool, PoolEntry, PoolExtension};
use crate::{
    base::ids::{PoolExtensionId, PoolId},
    infra::db::{Db, DbError, schema::pool_entries},
    rows_by_id,
};

rows_by_id!(pools, Pool, PoolId, find, insert, save);
rows_by_id!(
    pool_extensions,
    PoolExtension,
    PoolExtensionId,
    find_pool_extension,
    insert_pool_extension,
    save_pool_extension
);

pub fn insert_pool_entry(db: &mut Db, row: &PoolEntry) -> Result<(), DbError> {
    diesel::insert_into(pool_entries::table).values(row).execute(db)?;
    Ok(())
}
