use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, PanelMemberId, PoolId},
};

/// A judge of a pool. The number is what others call them: "Giám khảo 3".
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::panel_members, treat_none_as_null = true)]
pub struct PanelMember {
    pub id: PanelMemberId,
    pub pool_id: PoolId,
    pub account_id: AccountId,
    pub role: PanelRole,
    pub number: i32,
    pub max_entries: Option<i32>,
    pub joined_at: Moment,
    pub left_at: Option<Moment>,
    pub leave_reason: Option<String>,
}

crate::text_enum! {
    pub enum PanelRole { Head = "head", Judge = "judge" }
}

impl PanelMember {
    pub fn is_active(&self) -> bool {
        self.left_at.is_none()
    }
}
