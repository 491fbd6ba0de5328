//! Every query of this feature that its acts need.

use diesel::prelude::*;

use super::Publication;
use crate::{
    base::ids::{ContestId, EntryId, PoolId, PublicationId, UnitId},
    features::{entries::EntryStatus, selection::Outcome},
    infra::db::{
        Db, DbError, among,
        schema::{decision_entries, decisions, entries, grants, pools},
    },
    rows_by_id,
};

rows_by_id!(publications, Publication, PublicationId, find, insert, save);

/// Shows entries to everyone, or shows them no longer. One that was disqualified meanwhile is never shown.
pub fn set_published_by_code(
    db: &mut Db,
    contest: &ContestId,
    codes: &[&str],
    published: bool,
) -> Result<(), DbError> {
    let of_contest = entries::table.filter(entries::contest_id.eq(contest));
    let named =
        of_contest.filter(among(entries::code, codes)).filter(entries::status.eq(EntryStatus::Accepted));
    diesel::update(named).set(entries::is_published.eq(published)).execute(db)?;
    Ok(())
}

pub fn set_published(db: &mut Db, of: &[EntryId]) -> Result<(), DbError> {
    let named =
        entries::table.filter(among(entries::id, of)).filter(entries::status.eq(EntryStatus::Accepted));
    diesel::update(named).set(entries::is_published.eq(true)).execute(db)?;
    Ok(())
}

/// Who was chosen in the pools of one unit by the decisions in force.
pub fn list_chosen_at(db: &mut Db, contest: &ContestId, unit: &UnitId) -> Result<Vec<EntryId>, DbError> {
    let later = diesel::alias!(decisions as later);
    let replaced = later
        .filter(later.field(decisions::pool_id).eq(decisions::pool_id))
        .filter(later.field(decisions::number).gt(decisions::number));
    let rows = decision_entries::table
        .inner_join(decisions::table.inner_join(pools::table))
        .filter(pools::contest_id.eq(contest))
        .filter(pools::unit_id.eq(unit))
        .filter(diesel::dsl::not(diesel::dsl::exists(replaced)))
        .filter(decision_entries::outcome.ne(Outcome::NotChosen));
    Ok(rows.select(decision_entries::entry_id).load(db)?)
}

/// Where awards of the contest went to entries, in the order of the pools' making.
pub fn list_pools_with_grants(db: &mut Db, contest: &ContestId) -> Result<Vec<PoolId>, DbError> {
    let granted = grants::table
        .filter(grants::contest_id.eq(contest))
        .filter(grants::revoked_at.is_null())
        .filter(grants::entry_id.is_not_null())
        .select(grants::pool_id)
        .distinct()
        .order(grants::pool_id);
    Ok(granted.load(db)?)
}
