use diesel::prelude::*;

use super::LinkState;
use crate::base::{
    clock::Moment,
    ids::{AccountId, EntryId, LinkCheckId, LinkRepairId},
};

crate::text_enum! {
    pub enum LinkSource {
        Answer = "answer",
        /// A QR code in a picture of the entry.
        Code = "code",
    }
}

/// One address that an entry leads to, and what was seen there the last time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::link_checks, treat_none_as_null = true)]
pub struct LinkCheck {
    pub id: LinkCheckId,
    pub entry_id: EntryId,
    pub source: LinkSource,
    /// The id of the field or of the attachment.
    pub place: String,
    /// As it stands in the entry.
    pub address: String,
    pub state: LinkState,
    pub status_code: Option<i32>,
    pub failure_count: i32,
    pub failing_since: Option<Moment>,
    pub checked_at: Option<Moment>,
    pub found_at: Moment,
}

crate::text_enum! {
    pub enum RepairState {
        Open = "open",
        /// Whoever made the entry put another address in its place.
        Mended = "mended",
        /// It answers again, or it is no longer a part of the entry.
        Settled = "settled",
    }
}

/// The leave to change one dead link of an entry, for a while.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::link_repairs, treat_none_as_null = true)]
pub struct LinkRepair {
    pub id: LinkRepairId,
    pub entry_id: EntryId,
    pub place: String,
    pub address: String,
    pub state: RepairState,
    pub asked_at: Moment,
    pub due_at: Moment,
    pub new_address: Option<String>,
    pub ended_at: Option<Moment>,
    pub ended_by: Option<AccountId>,
}
