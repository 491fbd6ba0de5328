//! Appending: every act that changes something writes down that it did, in its own transaction.

use serde_json::Value;

use super::{AuditRecord, store};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AuditId, ContestId},
        json::Json,
        seal::hash_hex,
    },
    infra::db::{Db, DbError},
};

/// What happened. `action` is `thing.verb` ("entry.submit"); `details` holds facts, never secrets.
pub struct Happening<'h> {
    pub contest: Option<&'h ContestId>,
    pub by: Option<&'h AccountId>,
    pub action: &'h str,
    pub subject: (&'h str, &'h str),
    /// The thing before and after, as JSON; only their hashes are kept.
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub details: Value,
}

pub fn append(db: &mut Db, happening: &Happening<'_>, now: Moment) -> Result<(), DbError> {
    let hash = |value: &Option<Value>| {
        value.as_ref().map(|value| hash_hex(value.to_string().as_bytes())).unwrap_or_default()
    };
    store::insert_audit_record(
        db,
        &AuditRecord {
            id: AuditId::generate(),
            contest_id: happening.contest.cloned(),
            account_id: happening.by.cloned(),
            action: happening.action.to_owned(),
            subject_kind: happening.subject.0.to_owned(),
            subject_id: happening.subject.1.to_owned(),
            before_hash: hash(&happening.before),
            after_hash: hash(&happening.after),
            details: Json(happening.details.clone()),
            happened_at: now,
        },
    )
}
