use diesel::prelude::*;

use crate::base::{
    clock::Moment,
    ids::{ConsentId, ContestId},
};

/// A text that entrants agree to, in numbered versions.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::consents, treat_none_as_null = true)]
pub struct Consent {
    pub id: ConsentId,
    pub contest_id: ContestId,
    pub position: i32,
    pub purpose: String,
    pub version: i32,
    pub text: String,
    pub text_en: String,
    pub is_required: bool,
    pub created_at: Moment,
    pub superseded_at: Option<Moment>,
}
