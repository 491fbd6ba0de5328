//! Finding somebody for a panel.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        contact::Phone,
        ids::{AccountId, PoolId},
        text::{fold, like_pattern},
    },
    features::{
        accounts::{AccountStatus, Invitation, Office},
        judging::SheetStatus,
    },
    infra::db::{
        Db, DbError, among,
        schema::{accounts, assignments, invitations, offices, panel_members, units},
    },
};

const MOST_FOUND: i64 = 20;

#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub id: AccountId,
    pub full_name: String,
    pub phone: Option<Phone>,
    /// Of the offices held now.
    pub units: Vec<String>,
}

/// People by a part of their name, who do not sit on the panel.
pub fn search_candidates(
    db: &mut Db,
    pool: &PoolId,
    words: &str,
    now: Moment,
) -> Result<Vec<Candidate>, DbError> {
    // One letter would list everybody.
    if fold(words).chars().count() < 2 {
        return Ok(Vec::new());
    }
    let seated = panel_members::table
        .filter(panel_members::pool_id.eq(pool))
        .filter(panel_members::left_at.is_null())
        .select(panel_members::account_id);
    let found: Vec<(AccountId, String, Option<Phone>)> = accounts::table
        .filter(accounts::status.eq(AccountStatus::Active))
        .filter(accounts::search_text.like(like_pattern(words)))
        .filter(accounts::id.ne_all(seated))
        .order((accounts::search_text, accounts::id))
        .limit(MOST_FOUND)
        .select((accounts::id, accounts::full_name, accounts::phone))
        .load(db)?;
    let ids: Vec<&AccountId> = found.iter().map(|found| &found.0).collect();
    let held: Vec<(Office, String)> = offices::table
        .inner_join(units::table)
        .filter(among(offices::account_id, ids))
        .select((Office::as_select(), units::name))
        .load(db)?;
    let mut units: HashMap<AccountId, Vec<String>> = HashMap::new();
    for (office, unit) in held.into_iter().filter(|(office, _)| office.is_held(now)) {
        units.entry(office.account_id).or_default().push(unit);
    }
    let candidates = found.into_iter().map(|(id, full_name, phone)| Candidate {
        units: units.remove(&id).unwrap_or_default(),
        id,
        full_name,
        phone,
    });
    Ok(candidates.collect())
}

/// Invitations to a panel that nobody has taken up, the newest first.
pub fn list_open_invitations(db: &mut Db, pool: &PoolId, now: Moment) -> Result<Vec<Invitation>, DbError> {
    let open = invitations::table
        .filter(invitations::pool_id.eq(pool.as_str()))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::cancelled_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .order(invitations::created_at.desc());
    Ok(open.select(Invitation::as_select()).load(db)?)
}

/// An assignment with the state of its sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub entry_id: crate::base::ids::EntryId,
    pub judge_id: AccountId,
    pub status: Option<SheetStatus>,
}

/// All assignments of a pool. One query.
pub fn list_tasks(db: &mut Db, pool: &PoolId) -> Result<Vec<Task>, DbError> {
    let rows = assignments::table
        .filter(assignments::pool_id.eq(pool))
        .filter(assignments::ended_at.is_null())
        .select((assignments::entry_id, assignments::judge_id, assignments::sheet_status));
    let rows: Vec<(crate::base::ids::EntryId, AccountId, Option<SheetStatus>)> = rows.load(db)?;
    Ok(rows.into_iter().map(|(entry_id, judge_id, status)| Task { entry_id, judge_id, status }).collect())
}
