use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, CriterionId, EntryId, PoolId, SheetEventId, SheetId},
        json::Json,
        points::Points,
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// One judge's marks for one entry.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::sheets, treat_none_as_null = true)]
pub struct Sheet {
    pub id: SheetId,
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub status: SheetStatus,
    pub comment: String,
    pub private_note: String,
    pub edition: i32,
    #[diesel(deserialize_as = ReadMoment)]
    pub saved_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub submitted_at: Option<Moment>,
    /// Notes for criteria that have no mark yet.
    pub loose_notes: Json<BTreeMap<CriterionId, String>>,
}

/// The mark for one criterion on a sheet.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::marks)]
pub struct Mark {
    pub sheet_id: SheetId,
    pub criterion_id: CriterionId,
    pub value: Points,
    pub note: String,
}

/// A submission, reopening or voiding of a sheet, with its content at that moment.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::sheet_events, treat_none_as_null = true)]
pub struct SheetEvent {
    pub id: SheetEventId,
    pub sheet_id: SheetId,
    pub event: SheetEventKind,
    pub content: String,
    pub reason: String,
    pub account_id: AccountId,
    pub happened_at: Moment,
}

crate::text_enum! {
    pub enum SheetStatus { Draft = "draft", Submitted = "submitted", Voided = "voided" }
}

crate::text_enum! {
    pub enum SheetEventKind { Submitted = "submitted", Reopened = "reopened", Voided = "voided" }
}
