use chrono::NaiveDate;
use diesel::prelude::*;

use super::LevelCode;
use crate::base::{clock::Moment, ids::UnitId};

/// A node of the organisation, as it stands now (or stood when it was abolished).
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::units, treat_none_as_null = true)]
pub struct Unit {
    pub id: UnitId,
    pub parent_id: Option<UnitId>,
    pub level: LevelCode,
    pub kind: UnitKind,
    pub code: String,
    pub name: String,
    pub search_text: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub merged_into: Option<UnitId>,
    pub page_url: Option<String>,
    pub created_at: Moment,
}

/// One unit and one unit above it; depth 0 is the unit itself.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::unit_ancestors)]
pub struct UnitAncestor {
    pub unit_id: UnitId,
    pub ancestor_id: UnitId,
    pub depth: i32,
}

crate::text_enum! {
    /// What sort of unit it is: of a territory, or of a sector and hanging wherever its sector hangs.
    pub enum UnitKind {
        Territorial = "territorial",
        Police = "police",
        Army = "army",
        Enterprise = "enterprise",
        School = "school",
        Club = "club",
        OtherSector = "other_sector",
    }
}
