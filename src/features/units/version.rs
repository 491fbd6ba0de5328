use chrono::NaiveDate;
use diesel::prelude::*;

use super::LevelCode;
use crate::base::ids::{UnitId, UnitVersionId};

/// What a unit was called and where it hung, from a date to a date.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::unit_versions, treat_none_as_null = true)]
pub struct UnitVersion {
    pub id: UnitVersionId,
    pub unit_id: UnitId,
    pub parent_id: Option<UnitId>,
    pub level: LevelCode,
    pub code: String,
    pub name: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: String,
}
