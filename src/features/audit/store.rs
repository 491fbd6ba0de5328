//! Records and seals are only ever added.

use diesel::prelude::*;

use super::{AuditRecord, AuditSeal};
use crate::infra::db::{
    Db, DbError,
    schema::{audit, audit_seals},
};

/// Which lock of the database is the sealer's.
const SEALER: i64 = 0x5EA1;

pub fn insert_audit_record(db: &mut Db, row: &AuditRecord) -> Result<(), DbError> {
    diesel::insert_into(audit::table).values(row).execute(db)?;
    Ok(())
}

pub fn insert_audit_seals(db: &mut Db, rows: &[AuditSeal]) -> Result<(), DbError> {
    for rows in rows.chunks(1000) {
        let insert = diesel::insert_into(audit_seals::table).values(rows);
        match db {
            Db::Postgres(db) => insert.execute(db)?,
            Db::Sqlite(db) => insert.execute(db)?,
        };
    }
    Ok(())
}

/// Whether no other program is sealing, until the end of the transaction. SQLite has one writer at a time anyway.
pub fn may_seal(db: &mut Db) -> Result<bool, DbError> {
    match db {
        Db::Sqlite(_) => Ok(true),
        Db::Postgres(db) => {
            let lock = diesel::dsl::sql::<diesel::sql_types::Bool>("pg_try_advisory_xact_lock(")
                .bind::<diesel::sql_types::BigInt, _>(SEALER)
                .sql(")");
            Ok(diesel::select(lock).get_result(db)?)
        }
    }
}
