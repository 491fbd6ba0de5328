use diesel::prelude::*;

use crate::{
    base::ids::{AccountId, PanelMemberId, PoolId},
    features::judging::PanelMember,
    infra::db::{Db, DbError, schema::panel_members},
    rows_by_id,
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
    Ok(seats.select(PanelMember::as_select()).load(db)?)
}

/// The seat of somebody who has not left.
pub fn find_seat(db: &mut Db, pool: &PoolId, account: &AccountId) -> Result<Option<PanelMember>, DbError> {
    let seat = panel_members::table
        .filter(panel_members::pool_id.eq(pool))
        .filter(panel_members::account_id.eq(account))
        .filter(panel_members::left_at.is_null());
    Ok(seat.select(PanelMember::as_select()).get_result(db).optional()?)
}
