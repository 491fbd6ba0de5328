use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, AuditId, AuditSealId, ContestId},
    json::Json,
};

/// Who did what, when, on what.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::audit)]
pub struct AuditRecord {
    pub id: AuditId,
    pub contest_id: Option<ContestId>,
    pub account_id: Option<AccountId>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub before_hash: String,
    pub after_hash: String,
    pub details: Json<serde_json::Value>,
    pub happened_at: Moment,
}

/// A link of the hash chain over the audit records of a scope.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::audit_seals)]
pub struct AuditSeal {
    pub id: AuditSealId,
    pub contest_id: Option<ContestId>,
    pub scope: String,
    pub position: i64,
    pub audit_id: AuditId,
    pub seal: String,
}
