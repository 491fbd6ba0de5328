use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::{
    base::ids::{AccountId, CategoryId, PanelMemberId, PoolId},
    features::judging::PanelMember,
    infra::db::{
        Db, DbError,
        schema::{panel_categories, panel_members},
    },
    read_all, read_one, rows_by_id,
};

rows_by_id!(
    panel_members,
    PanelMember,
    PanelMemberId,
    find_panel_member,
    insert_panel_member,
    save_panel_member
);

/// Whoever sits or sat on the panel, by number.
pub fn list_members(db: &mut Db, pool: &PoolId) -> Result<Vec<PanelMember>, DbError> {
    let seats = panel_members::table.filter(panel_members::pool_id.eq(pool)).order(panel_members::number);
    Ok(read_all!(db, seats.select(PanelMember::as_select()))?)
}

/// The seat of somebody who has not left.
pub fn find_seat(db: &mut Db, pool: &PoolId, account: &AccountId) -> Result<Option<PanelMember>, DbError> {
    let seat = panel_members::table
        .filter(panel_members::pool_id.eq(pool))
        .filter(panel_members::account_id.eq(account))
        .filter(panel_members::left_at.is_null());
    Ok(read_one!(db, seat.select(PanelMember::as_select()))?)
}

/// Which judges of a pool take only some categories, and which.
pub fn list_panel_categories(
    db: &mut Db,
    pool: &PoolId,
) -> Result<Vec<(PanelMemberId, CategoryId)>, DbError> {
    let rows = panel_categories::table
        .inner_join(panel_members::table.on(panel_members::id.eq(panel_categories::panel_member_id)))
        .filter(panel_members::pool_id.eq(pool))
        .order((panel_categories::panel_member_id, panel_categories::category_id))
        .select((panel_categories::panel_member_id, panel_categories::category_id));
    Ok(read_all!(db, rows)?)
}

pub fn put_panel_categories(
    db: &mut Db,
    member: &PanelMemberId,
    categories: &BTreeSet<CategoryId>,
) -> Result<(), DbError> {
    let own = panel_categories::table.filter(panel_categories::panel_member_id.eq(member));
    diesel::delete(own).execute(db)?;
    for category in categories {
        let row = (panel_categories::panel_member_id.eq(member), panel_categories::category_id.eq(category));
        diesel::insert_into(panel_categories::table).values(row).execute(db)?;
    }
    Ok(())
}
