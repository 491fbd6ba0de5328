//! The entries of a pool, and how judges may see them.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::{
    base::ids::{AccountId, CategoryId, EntryId, PoolId, UnitId},
    features::{
        contests::EntryKind,
        entries::EntryStatus,
        judging::assigning::{StandingEntry, UnitLines},
        pools::PoolStatus,
    },
    infra::db::{
        Db, DbError, among,
        schema::{
            assignments, decision_entries, decisions, entries, nominations, panel_members, pool_entries,
            pools, rounds, unit_ancestors,
        },
    },
    is_either, read_all,
};

type EntryRow = (
    (EntryId, Option<String>, String, EntryKind, Option<CategoryId>, UnitId, String, EntryStatus),
    (AccountId, AccountId),
);

/// Accepted entries that have not left the pool, by code.
pub fn list_standing_entries(db: &mut Db, pool: &PoolId) -> Result<Vec<StandingEntry>, DbError> {
    let rows: Vec<EntryRow> = read_all!(
        db,
        pool_entries::table
            .inner_join(entries::table)
            .filter(pool_entries::pool_id.eq(pool))
            .filter(pool_entries::is_judged)
            .order((entries::code, entries::id))
            .select((
                (
                    entries::id,
                    entries::code,
                    entries::title,
                    entries::kind,
                    entries::category_id,
                    entries::unit_id,
                    entries::unit_name,
                    entries::status,
                ),
                (entries::owner_id, entries::entered_by),
            ))
    )?;
    let ids: Vec<EntryId> = rows.iter().map(|row| row.0.0.clone()).collect();
    let makers = super::makers_of(db, pool, &ids)?;
    let standing = rows.into_iter().map(
        |((id, code, title, kind, category_id, unit_id, unit_name, status), (owner_id, entered_by))| {
            StandingEntry {
                is_sample: status == EntryStatus::Sample,
                authors: super::joined(&makers, &id),
                id,
                code: code.unwrap_or_default(),
                title,
                kind,
                category_id,
                unit_id,
                unit_name,
                owner_id,
                entered_by,
            }
        },
    );
    Ok(standing.collect())
}

/// Who decided upon an entry of this pool in another one, proposed it upwards, or answered such a proposal: pairs of entry and
/// judge, among these judges. Two queries.
pub fn list_forwarders(
    db: &mut Db,
    pool: &PoolId,
    judges: &[AccountId],
) -> Result<HashSet<(EntryId, AccountId)>, DbError> {
    let standing = || {
        pool_entries::table
            .filter(pool_entries::pool_id.eq(pool))
            .filter(pool_entries::left_at.is_null())
            .select(pool_entries::entry_id)
    };
    let decided: Vec<(EntryId, AccountId)> = read_all!(
        db,
        decision_entries::table
            .inner_join(decisions::table)
            .filter(decision_entries::entry_id.eq_any(standing()))
            .filter(decisions::pool_id.ne(pool))
            .filter(among(decisions::decided_by, judges))
            .select((decision_entries::entry_id, decisions::decided_by))
    )?;
    type Sent = (EntryId, PoolId, AccountId, Option<AccountId>, Option<AccountId>);
    let sent: Vec<Sent> = read_all!(
        db,
        nominations::table
            .inner_join(entries::table)
            .filter(nominations::entry_id.eq_any(standing()))
            .filter(nominations::from_pool_id.ne(pool))
            .select((
                nominations::entry_id,
                nominations::to_pool_id,
                nominations::proposed_by,
                nominations::answered_by,
                entries::status_by,
            ))
    )?;
    let known: HashSet<&AccountId> = judges.iter().collect();
    let sent = sent.into_iter().flat_map(|(entry, to, proposed, answered, let_in)| {
        // Letting a nomination into this very pool is what its officers do, and brings nobody near to it.
        let answered = answered.filter(|_| to != *pool);
        [Some(proposed), answered, let_in].into_iter().flatten().map(move |account| (entry.clone(), account))
    });
    Ok(decided.into_iter().chain(sent.filter(|(_, account)| known.contains(account))).collect())
}

/// Units with what is above them.
pub fn lines_of(db: &mut Db, units: Vec<&UnitId>) -> Result<UnitLines, DbError> {
    let rows: Vec<(UnitId, UnitId)> = read_all!(
        db,
        unit_ancestors::table
            .filter(among(unit_ancestors::unit_id, units))
            .select((unit_ancestors::unit_id, unit_ancestors::ancestor_id))
    )?;
    let mut lines: HashMap<UnitId, HashSet<UnitId>> = HashMap::new();
    for (unit, above) in rows {
        lines.entry(unit).or_default().insert(above);
    }
    Ok(UnitLines(lines))
}

/// For each pool in which the judge has the entry: is its round blind?
pub fn blindness_of_assignments(
    db: &mut Db,
    judge: &AccountId,
    entry: &EntryId,
) -> Result<Vec<bool>, DbError> {
    let rows = assignments::table
        .inner_join(
            panel_members::table.on(panel_members::pool_id
                .eq(assignments::pool_id)
                .and(panel_members::account_id.eq(assignments::judge_id))),
        )
        .inner_join(pools::table.on(pools::id.eq(assignments::pool_id)))
        .inner_join(rounds::table.on(rounds::id.eq(pools::round_id)))
        .filter(assignments::judge_id.eq(judge))
        .filter(assignments::entry_id.eq(entry))
        .filter(assignments::ended_at.is_null())
        .filter(panel_members::left_at.is_null())
        .select(rounds::is_blind);
    Ok(read_all!(db, rows)?)
}

/// The entries whose makers somebody must not learn: they stand in a blind round's pool that is not decided yet, and the
/// person sits on its panel. All of the pool, not only those that were assigned: more may be at any time.
pub fn list_judged_blindly(db: &mut Db, judge: &AccountId) -> Result<Vec<EntryId>, DbError> {
    let seats = panel_members::table
        .inner_join(pools::table.inner_join(rounds::table))
        .filter(panel_members::account_id.eq(judge))
        .filter(panel_members::left_at.is_null())
        .filter(rounds::is_blind.eq(true))
        .filter(is_either!(pools::status, [PoolStatus::Gathering, PoolStatus::Judging]))
        .select(pools::id);
    let seats: Vec<PoolId> = read_all!(db, seats)?;
    if seats.is_empty() {
        return Ok(Vec::new());
    }
    let standing = pool_entries::table
        .filter(among(pool_entries::pool_id, seats))
        .filter(pool_entries::left_at.is_null());
    Ok(read_all!(db, standing.select(pool_entries::entry_id).distinct())?)
}
