//! What decides who may see an entry and deal with it, apart from all else that it is.

use diesel::prelude::*;

use super::{Entry, EntryStatus};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, EntryId, UnitId},
    },
    infra::db::MaybeMoment,
};

/// Of an entry that was read, or of an [`EntryAccess`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access<'e> {
    pub contest_id: &'e ContestId,
    pub unit_id: &'e UnitId,
    pub owner_id: &'e AccountId,
    pub entered_by: &'e AccountId,
    pub status: EntryStatus,
    pub is_published: bool,
    pub was_sent: bool,
}

/// The part of an entry's row that files ask for: a player asks for one piece of a film after the other, and each time it is
/// decided anew.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::infra::db::schema::entries)]
pub struct EntryAccess {
    pub id: EntryId,
    contest_id: ContestId,
    unit_id: UnitId,
    owner_id: AccountId,
    entered_by: AccountId,
    status: EntryStatus,
    is_published: bool,
    #[diesel(deserialize_as = MaybeMoment)]
    submitted_at: Option<Moment>,
}

macro_rules! access_of {
    ($($row:ty),+) => { $( impl $row {
        pub fn access(&self) -> Access<'_> {
            Access {
                contest_id: &self.contest_id,
                unit_id: &self.unit_id,
                owner_id: &self.owner_id,
                entered_by: &self.entered_by,
                status: self.status,
                is_published: self.is_published,
                was_sent: self.submitted_at.is_some(),
            }
        }
    } )+ };
}
access_of!(Entry, EntryAccess);
