//! Sealing: what was appended is chained afterwards, so that no act waits for another at the chain's head. Each seal
//! is the hash of the one before it and of its record; whoever changes a record has to change every seal after it.

use std::collections::HashMap;

use serde_json::json;

use super::{AuditRecord, AuditSeal, store, views};
use crate::{
    base::{ids::AuditSealId, seal::hash_hex},
    infra::db::{Db, DbError},
};

const RECORDS_AT_ONCE: i64 = 2000;
/// What has no contest is chained on its own.
const PLATFORM: &str = "platform";

/// Chains the records that no seal stands on yet, oldest first, and answers how many there were. Where another program
/// is at it, nothing is left to do.
pub fn seal_pending(db: &mut Db) -> Result<usize, DbError> {
    if !store::may_seal(db)? {
        return Ok(0);
    }
    let records = views::list_unsealed(db, RECORDS_AT_ONCE)?;
    let mut heads: HashMap<String, (i64, String)> = HashMap::new();
    let mut seals = Vec::with_capacity(records.len());
    for record in &records {
        let scope = scope_of(record);
        if !heads.contains_key(&scope) {
            let head = views::find_head(db, &scope)?;
            let head = head.map_or((0, String::new()), |seal| (seal.position, seal.seal));
            heads.insert(scope.clone(), head);
        }
        if let Some((position, before)) = heads.get_mut(&scope) {
            *position += 1;
            *before = link(before, record);
            seals.push(AuditSeal {
                id: AuditSealId::generate(),
                contest_id: record.contest_id.clone(),
                scope,
                position: *position,
                audit_id: record.id.clone(),
                seal: before.clone(),
            });
        }
    }
    store::insert_audit_seals(db, &seals)?;
    Ok(seals.len())
}

fn scope_of(record: &AuditRecord) -> String {
    record.contest_id.as_ref().map_or_else(|| PLATFORM.to_owned(), ToString::to_string)
}

/// Pure: the seal of a record after the seal before it.
fn link(before: &str, record: &AuditRecord) -> String {
    let fields = json!([
        before,
        record.id,
        record.contest_id,
        record.account_id,
        record.action,
        record.subject_kind,
        record.subject_id,
        record.before_hash,
        record.after_hash,
        record.details.0,
        record.happened_at.and_utc().timestamp_micros(),
    ]);
    hash_hex(fields.to_string().as_bytes())
}

/// What a walk along all chains found.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Verdict {
    pub chains: usize,
    pub sealed: i64,
    /// Records that wait for their seal.
    pub waiting: i64,
    /// The first link of each chain that does not hold: the chain and the position.
    pub broken: Vec<(String, i64)>,
}

impl Verdict {
    pub fn holds(&self) -> bool {
        self.broken.is_empty()
    }
}

/// Walks along every chain from its first link.
pub fn verify(db: &mut Db) -> Result<Verdict, DbError> {
    let mut verdict = Verdict { waiting: views::count_unsealed(db)?, ..Verdict::default() };
    for scope in views::list_scopes(db)? {
        verdict.chains += 1;
        let (mut position, mut before) = (0, String::new());
        loop {
            let links = views::list_links(db, &scope, position, RECORDS_AT_ONCE)?;
            let Some(last) = links.last().map(|(seal, _)| seal.position) else { break };
            let mut holds = true;
            for (seal, record) in &links {
                let expected = link(&before, record);
                holds = seal.position == position + 1 && seal.seal == expected && scope_of(record) == scope;
                if !holds {
                    verdict.broken.push((scope.clone(), position + 1));
                    break;
                }
                position = seal.position;
                before = expected;
                verdict.sealed += 1;
            }
            if !holds || position != last {
                break;
            }
        }
    }
    Ok(verdict)
}
