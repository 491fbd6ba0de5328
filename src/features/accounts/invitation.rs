use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, InvitationId, PoolId, UnitId},
};

/// A link by which somebody becomes an officer, a judge or an organiser.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::invitations, treat_none_as_null = true)]
pub struct Invitation {
    pub id: InvitationId,
    pub token_hash: String,
    pub role: InvitationRole,
    pub unit_id: UnitId,
    pub pool_id: Option<PoolId>,
    pub full_name: String,
    pub title: String,
    pub invited_by: AccountId,
    pub created_at: Moment,
    pub expires_at: Moment,
    pub accepted_at: Option<Moment>,
    pub accepted_by: Option<AccountId>,
    pub cancelled_at: Option<Moment>,
}

crate::text_enum! {
    pub enum InvitationRole { Officer = "officer", Judge = "judge", Member = "member" }
}
