use diesel::prelude::*;

use super::EntryKind;
use crate::base::ids::{AwardId, ContestId, RoundId};

/// What can be won in the pools of a round.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::awards, treat_none_as_null = true)]
pub struct Award {
    pub id: AwardId,
    pub contest_id: ContestId,
    pub round_id: RoundId,
    pub position: i32,
    pub name: String,
    pub name_en: String,
    pub goes_to: AwardTarget,
    pub kind: Option<EntryKind>,
    pub max_grants: Option<i32>,
}

crate::text_enum! {
    pub enum AwardTarget { Entry = "entry", Unit = "unit" }
}
