use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, EntryId, ExtraDrawId, PoolId, RemarkId, RulingId, SheetId},
        json::Json,
    },
    ranking::standing,
};

/// More looks would be fishing: one draws until the result pleases.
pub const MAX_EXTRA_DRAWS: i32 = 2;

/// One more judge for each entry at the border of the cut.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::extra_draws, treat_none_as_null = true)]
pub struct ExtraDraw {
    pub id: ExtraDrawId,
    pub pool_id: PoolId,
    pub number: i32,
    /// Where the line was drawn.
    pub seats: i32,
    pub entries: Json<Vec<EntryId>>,
    pub drawn_by: AccountId,
    pub drawn_at: Moment,
}

/// The chair's order of entries that are tied, best first.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::rulings, treat_none_as_null = true)]
pub struct Ruling {
    pub id: RulingId,
    pub pool_id: PoolId,
    pub entries: Json<Vec<EntryId>>,
    pub reason: String,
    pub ruled_by: AccountId,
    pub ruled_at: Moment,
}

impl From<&Ruling> for standing::Ruling {
    fn from(ruling: &Ruling) -> Self {
        Self {
            order: ruling.entries.iter().map(ToString::to_string).collect(),
            reason: ruling.reason.clone(),
        }
    }
}

/// What somebody of the panel said about an entry.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::remarks, treat_none_as_null = true)]
pub struct Remark {
    pub id: RemarkId,
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub body: String,
    pub said_by: AccountId,
    pub said_at: Moment,
}

/// A judge's comment that an officer has read and lets entrants read, as it stood on that edition of the sheet.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::released_comments)]
pub struct ReleasedComment {
    pub sheet_id: SheetId,
    pub edition: i32,
    pub released_by: AccountId,
    pub released_at: Moment,
}
