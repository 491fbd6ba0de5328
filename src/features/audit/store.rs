//! Every query of this feature.

use diesel::prelude::*;

use super::{AuditRecord, AuditSeal};
use crate::infra::db::{
    Db, DbError,
    schema::{audit, audit_seals},
};

pub fn insert_audit_record(db: &mut Db, row: &AuditRecord) -> Result<(), DbError> {
    diesel::insert_into(audit::table).values(row).execute(db)?;
    Ok(())
}

pub fn insert_audit_seal(db: &mut Db, row: &AuditSeal) -> Result<(), DbError> {
    diesel::insert_into(audit_seals::table).values(row).execute(db)?;
    Ok(())
}
