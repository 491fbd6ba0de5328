use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, OfficeId, UnitId},
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// What an account may do for a unit, from a moment to a moment.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::offices, treat_none_as_null = true)]
pub struct Office {
    pub id: OfficeId,
    pub account_id: AccountId,
    pub unit_id: UnitId,
    pub role: OfficeRole,
    pub title: String,
    #[diesel(deserialize_as = ReadMoment)]
    pub starts_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub ends_at: Option<Moment>,
}

crate::text_enum! {
    /// An officer's office covers the unit and everything below it.
    pub enum OfficeRole { Member = "member", Officer = "officer" }
}
