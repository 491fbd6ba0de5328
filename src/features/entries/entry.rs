use diesel::prelude::*;

use super::{Answers, EntryStatus};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, CategoryId, ConsentId, ContestId, EntryId, UnitId},
        json::Json,
    },
    features::{
        contests::EntryKind,
        units::{LevelCode, Unit},
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// What is sent in. The names and the level of its unit are as they were when it was begun.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::entries, treat_none_as_null = true)]
pub struct Entry {
    pub id: EntryId,
    pub contest_id: ContestId,
    pub unit_id: UnitId,
    pub unit_name: String,
    /// Tells units of one name apart; empty for one without a unit above.
    pub unit_above: String,
    pub level: LevelCode,
    pub kind: EntryKind,
    pub category_id: Option<CategoryId>,
    pub code: Option<String>,
    pub title: String,
    pub authors: String,
    pub search_text: String,
    pub answers: Json<Answers>,
    pub status: EntryStatus,
    pub status_reason: Option<String>,
    pub status_by: Option<AccountId>,
    #[diesel(deserialize_as = ReadMoment)]
    pub status_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub correction_due_at: Option<Moment>,
    pub owner_id: AccountId,
    pub entered_by: AccountId,
    /// An officer entered it for a member.
    pub is_on_behalf: bool,
    pub revision: i32,
    pub edition: i32,
    pub is_late: bool,
    pub is_published: bool,
    #[diesel(deserialize_as = ReadMoment)]
    pub created_at: Moment,
    #[diesel(deserialize_as = ReadMoment)]
    pub saved_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub submitted_at: Option<Moment>,
}

impl Entry {
    /// One that has nothing yet but its place and whoever began it.
    pub fn begun(contest: &ContestId, (unit, above): (Unit, String), by: &AccountId, now: Moment) -> Self {
        Self {
            id: EntryId::generate(),
            contest_id: contest.clone(),
            unit_id: unit.id,
            unit_name: unit.name,
            unit_above: above,
            level: unit.level,
            kind: EntryKind::NotRecorded,
            category_id: None,
            code: None,
            title: String::new(),
            authors: String::new(),
            search_text: String::new(),
            answers: Json(Answers::default()),
            status: EntryStatus::Draft,
            status_reason: None,
            status_by: None,
            status_at: now,
            correction_due_at: None,
            owner_id: by.clone(),
            entered_by: by.clone(),
            is_on_behalf: false,
            revision: 0,
            edition: 1,
            is_late: false,
            is_published: false,
            created_at: now,
            saved_at: now,
            submitted_at: None,
        }
    }
}

/// A tool that was used to make the entry, for filters and counts.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::entry_tools)]
pub struct EntryTool {
    pub entry_id: EntryId,
    pub tool: String,
}

/// Which version of which text was agreed to, by whom and when.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::entry_consents)]
pub struct EntryConsent {
    pub entry_id: EntryId,
    pub consent_id: ConsentId,
    pub account_id: AccountId,
    pub given_at: Moment,
}
