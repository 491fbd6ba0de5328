use diesel::prelude::*;

use crate::base::ids::{CategoryId, ContestId};

/// A track of a contest.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::categories, treat_none_as_null = true)]
pub struct Category {
    pub id: CategoryId,
    pub contest_id: ContestId,
    pub position: i32,
    pub name: String,
    pub name_en: String,
    pub description: String,
    pub is_retired: bool,
}
