//! The record as screens and the sealer read it.

use chrono::Duration;
use diesel::{dsl::max, prelude::*};

use super::{AuditRecord, AuditSeal};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AuditId, ContestId},
        page::{PageOf, PageRequest},
    },
    infra::db::{
        Db, DbError, MultiBackend,
        schema::{accounts, audit, audit_seals},
    },
};

#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub contest: Option<ContestId>,
    pub account: Option<AccountId>,
    /// `entry` for all of its actions, or one of them: `entry.submit`.
    pub action: String,
    pub subject_id: String,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
}

/// A record and the name of who did it.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    pub record: AuditRecord,
    pub by: Option<String>,
    pub is_sealed: bool,
}

/// What happened, the latest first.
pub fn list(db: &mut Db, filter: &AuditFilter, page: PageRequest) -> Result<PageOf<AuditRow>, DbError> {
    let mut query = audit::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(audit::account_id)))
        .left_join(audit_seals::table.on(audit_seals::audit_id.eq(audit::id)))
        .into_boxed::<MultiBackend>();
    if let Some(contest) = &filter.contest {
        query = query.filter(audit::contest_id.eq(contest.clone()));
    }
    if let Some(account) = &filter.account {
        query = query.filter(audit::account_id.eq(account.clone()));
    }
    let action: String =
        filter.action.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.' || *c == '_').collect();
    if action.contains('.') {
        query = query.filter(audit::action.eq(action));
    } else if !action.is_empty() {
        query = query.filter(audit::action.like(format!("{action}.%")));
    }
    if !filter.subject_id.is_empty() {
        query = query.filter(audit::subject_id.eq(filter.subject_id.clone()));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit::happened_at.ge(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit::happened_at.lt(until));
    }
    let rows: Vec<(AuditRecord, Option<String>, Option<i64>, i64)> = query
        .order((audit::happened_at.desc(), audit::id.desc()))
        .limit(page.per_page)
        .offset(page.offset())
        .select((
            AuditRecord::as_select(),
            accounts::full_name.nullable(),
            audit_seals::position.nullable(),
            diesel::dsl::count_star().over(),
        ))
        .load(db)?;
    let total = rows.first().map_or(0, |(_, _, _, total)| *total);
    let rows = rows.into_iter().map(|(record, by, position, _)| AuditRow {
        record,
        by,
        is_sealed: position.is_some(),
    });
    Ok(PageOf { rows: rows.collect(), total, request: page })
}

/// What happened to one thing, the latest first.
pub fn history_of(db: &mut Db, subject: (&str, &str), limit: i64) -> Result<Vec<AuditRow>, DbError> {
    let rows: Vec<(AuditRecord, Option<String>)> = audit::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(audit::account_id)))
        .filter(audit::subject_kind.eq(subject.0))
        .filter(audit::subject_id.eq(subject.1))
        .order((audit::happened_at.desc(), audit::id.desc()))
        .limit(limit)
        .select((AuditRecord::as_select(), accounts::full_name.nullable()))
        .load(db)?;
    Ok(rows.into_iter().map(|(record, by)| AuditRow { record, by, is_sealed: false }).collect())
}

/// The oldest records without a seal. Ids are in the order of time, so only those around the last sealed one and after
/// it are looked at; transactions that overlap may commit out of order, but not by minutes.
pub fn list_unsealed(db: &mut Db, limit: i64) -> Result<Vec<AuditRecord>, DbError> {
    let last: Option<AuditId> = audit_seals::table.select(max(audit_seals::audit_id)).get_result(db)?;
    let mut query = audit::table
        .left_join(audit_seals::table.on(audit_seals::audit_id.eq(audit::id)))
        .filter(audit_seals::id.is_null())
        .into_boxed::<MultiBackend>();
    if let Some(bound) = last.as_ref().and_then(|last| earlier(last.as_str())) {
        query = query.filter(audit::id.gt(bound));
    }
    Ok(query.order(audit::id).limit(limit).select(AuditRecord::as_select()).load(db)?)
}

/// The beginning of the ids of ten minutes before this one: the first 48 bits of an id are its milliseconds.
fn earlier(id: &str) -> Option<AuditId> {
    let digits: String = id.chars().filter(|c| *c != '-').take(12).collect();
    let milliseconds = u64::from_str_radix(&digits, 16).ok()?;
    let margin = u64::try_from(Duration::minutes(10).num_milliseconds()).ok()?;
    format!("{:012x}70008000000000000000", milliseconds.saturating_sub(margin)).parse().ok()
}

/// Whether what was appended last waits for a seal. What is asked every second: two keys.
pub fn is_newest_unsealed(db: &mut Db) -> Result<bool, DbError> {
    let newest: Option<AuditId> = audit::table.select(max(audit::id)).get_result(db)?;
    let sealed: Option<AuditId> = audit_seals::table.select(max(audit_seals::audit_id)).get_result(db)?;
    Ok(newest > sealed)
}

/// The same for all of the last minutes, since transactions that overlap may commit out of order: the time it takes does not grow
/// with the audit.
pub fn has_unsealed(db: &mut Db) -> Result<bool, DbError> {
    Ok(!list_unsealed(db, 1)?.is_empty())
}

/// In the whole audit.
pub fn count_unsealed(db: &mut Db) -> Result<i64, DbError> {
    let unsealed = audit::table
        .left_join(audit_seals::table.on(audit_seals::audit_id.eq(audit::id)))
        .filter(audit_seals::id.is_null());
    Ok(unsealed.count().get_result(db)?)
}

/// The last seal of a chain.
pub fn find_head(db: &mut Db, scope: &str) -> Result<Option<AuditSeal>, DbError> {
    let chain = audit_seals::table.filter(audit_seals::scope.eq(scope)).order(audit_seals::position.desc());
    Ok(chain.select(AuditSeal::as_select()).first(db).optional()?)
}

pub fn list_scopes(db: &mut Db) -> Result<Vec<String>, DbError> {
    let scopes = audit_seals::table.select(audit_seals::scope).distinct().order(audit_seals::scope);
    Ok(scopes.load(db)?)
}

/// The links of a chain after a position, with their records.
pub fn list_links(
    db: &mut Db,
    scope: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<(AuditSeal, AuditRecord)>, DbError> {
    let links = audit_seals::table
        .inner_join(audit::table.on(audit::id.eq(audit_seals::audit_id)))
        .filter(audit_seals::scope.eq(scope))
        .filter(audit_seals::position.gt(after))
        .order(audit_seals::position)
        .limit(limit);
    Ok(links.select((AuditSeal::as_select(), AuditRecord::as_select())).load(db)?)
}

#[cfg(test)]
mod tests {
    use super::earlier;

    #[test]
    fn ten_minutes_earlier_is_a_smaller_id() {
        let id = "018e4106-7b00-7c3a-9f00-0123456789ab";
        let bound = earlier(id).unwrap();
        assert!(bound.as_str() < id);
        assert_eq!(bound.as_str(), "018e40fd-5340-7000-8000-000000000000");
    }
}
