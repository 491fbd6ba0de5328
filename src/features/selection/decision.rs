use chrono::NaiveDate;
use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{AccountId, DecisionId, EntryId, PoolId},
    json::Json,
};

/// What a body decided from the standing; a later number replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::decisions, treat_none_as_null = true)]
pub struct Decision {
    pub id: DecisionId,
    pub pool_id: PoolId,
    pub number: i32,
    pub body_name: String,
    pub members_present: Json<Vec<String>>,
    pub minutes: String,
    pub document_number: String,
    pub document_date: Option<NaiveDate>,
    pub standing: String,
    pub standing_hash: String,
    pub change_reason: String,
    pub decided_by: AccountId,
    pub decided_at: Moment,
}

/// What was decided about one entry.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::decision_entries)]
pub struct DecisionEntry {
    pub decision_id: DecisionId,
    pub entry_id: EntryId,
    pub outcome: Outcome,
    pub place: Option<i32>,
    pub score_text: String,
    pub deviation_reason: String,
}

crate::text_enum! {
    /// A nominated entry is chosen and goes up.
    pub enum Outcome { NotChosen = "not_chosen", Chosen = "chosen", Nominated = "nominated" }
}
