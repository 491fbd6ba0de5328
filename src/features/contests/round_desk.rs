use diesel::prelude::*;

use crate::base::ids::RoundId;

/// How the desks of a round's judges work.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, serde::Serialize)]
#[diesel(table_name = crate::infra::db::schema::round_desks)]
pub struct RoundDesk {
    pub round_id: RoundId,
    pub assignment: AssignmentWay,
    /// Whether it is noted what a judge looked at.
    pub keeps_viewing: bool,
    /// The share of every film and recording that must have been played before a sheet is given; 0 asks for none.
    pub min_watched_percent: i32,
    pub needs_all_pages: bool,
    /// The fewest sheets that each entry must have before the judging is closed; 0 asks for none.
    pub quorum: i32,
}

crate::text_enum! {
    /// Whether judges are drawn for entries beforehand, or ask for the next entry when they are ready.
    pub enum AssignmentWay { Drawn = "drawn", Pull = "pull" }
}

impl RoundDesk {
    /// Of a round that declares nothing.
    pub fn plain(round: &RoundId) -> Self {
        Self {
            round_id: round.clone(),
            assignment: AssignmentWay::Drawn,
            keeps_viewing: false,
            min_watched_percent: 0,
            needs_all_pages: false,
            quorum: 0,
        }
    }

    pub fn has_gate(&self) -> bool {
        self.keeps_viewing && (self.min_watched_percent > 0 || self.needs_all_pages)
    }
}
