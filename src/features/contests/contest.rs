use diesel::prelude::*;

use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, UnitId},
        json::Json,
        lang::Lang,
    },
    infra::db::{MaybeMoment, ReadMoment},
};

/// One contest, hosted by a unit; it covers the subtree of that unit.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::contests, treat_none_as_null = true)]
pub struct Contest {
    pub id: ContestId,
    pub slug: Slug,
    pub host_unit_id: UnitId,
    pub status: ContestStatus,
    pub title: String,
    pub title_en: String,
    pub summary: String,
    pub summary_en: String,
    pub rules: String,
    pub rules_en: String,
    #[diesel(deserialize_as = MaybeMoment)]
    pub opens_at: Option<Moment>,
    #[diesel(deserialize_as = MaybeMoment)]
    pub closes_at: Option<Moment>,
    pub grace_minutes: i32,
    pub code_prefix: String,
    pub next_number: i32,
    pub kinds: Json<Vec<EntryKind>>,
    pub max_per_person: Option<i32>,
    pub max_per_unit: Option<i32>,
    pub preset: Option<String>,
    pub is_demonstration: bool,
    pub search_text: String,
    pub edition: i32,
    pub created_by: AccountId,
    #[diesel(deserialize_as = ReadMoment)]
    pub created_at: Moment,
    #[diesel(deserialize_as = MaybeMoment)]
    pub opened_at: Option<Moment>,
    #[diesel(deserialize_as = MaybeMoment)]
    pub ended_at: Option<Moment>,
}

/// An account that runs a contest without being an officer of its host.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::infra::db::schema::organisers)]
pub struct Organiser {
    pub contest_id: ContestId,
    pub account_id: AccountId,
    pub added_at: Moment,
}

crate::text_enum! {
    /// Whether the doors are open at a moment also depends on the dates: see `Contest::takes_entries`.
    /// A discarded one never opened; it is kept for the record of what happened alone, and nobody finds it.
    pub enum ContestStatus { Draft = "draft", Open = "open", Ended = "ended", Discarded = "discarded" }
}

crate::text_enum! {
    /// `NotRecorded` exists for imported history only; nobody can choose it.
    pub enum EntryKind { Individual = "individual", Collective = "collective", NotRecorded = "not_recorded" }
}

/// A contest's name in addresses: small letters, digits and hyphens.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Slug(String);

crate::stored_as!(diesel::sql_types::Text, String, Slug, |text: String| Ok::<_, std::convert::Infallible>(
    Slug(text)
));

impl Slug {
    /// Nothing when no letter or digit is left, or when it is longer than 80 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let slug = crate::base::text::slug(text);
        ((1..=80).contains(&slug.len())).then_some(Self(slug))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

crate::text_enum! {
    /// Where a contest stands at a moment, as people ask for it.
    pub enum Phase {
        Draft = "draft",
        Coming = "coming",
        Taking = "taking",
        Judging = "judging",
        Ended = "ended",
    }
}

impl Phase {
    pub fn of(
        status: ContestStatus,
        opens_at: Option<Moment>,
        closes_at: Option<Moment>,
        grace_minutes: i32,
        now: Moment,
    ) -> Self {
        let grace = chrono::Duration::minutes(i64::from(grace_minutes));
        match status {
            ContestStatus::Draft => Self::Draft,
            ContestStatus::Ended | ContestStatus::Discarded => Self::Ended,
            ContestStatus::Open if opens_at.is_some_and(|opens| now < opens) => Self::Coming,
            ContestStatus::Open if closes_at.is_none_or(|closes| now < closes + grace) => Self::Taking,
            ContestStatus::Open => Self::Judging,
        }
    }
}

impl ContestStatus {
    /// What everyone may see.
    pub const PUBLIC: [Self; 2] = [Self::Open, Self::Ended];
}

impl Contest {
    pub fn phase(&self, now: Moment) -> Phase {
        Phase::of(self.status, self.opens_at, self.closes_at, self.grace_minutes, now)
    }

    pub fn title_in(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.title_en.is_empty() { &self.title_en } else { &self.title }
    }
}

impl Contest {
    /// Whether a new entry can be sent in. The opening second belongs to the contest, the closing second does not;
    /// the grace window takes what was begun in time, marked as late.
    pub fn takes_entries(&self, now: Moment) -> bool {
        let grace = chrono::Duration::minutes(i64::from(self.grace_minutes));
        self.status == ContestStatus::Open
            && self.opens_at.is_none_or(|opens| opens <= now)
            && self.closes_at.is_none_or(|closes| now < closes + grace)
    }

    /// After the closing second, inside the grace window or beyond it.
    pub fn is_late(&self, now: Moment) -> bool {
        self.closes_at.is_some_and(|closes| now >= closes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contest_comes_takes_entries_is_judged_and_ends() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let (opens, closes) = (Some(at("2024-03-01T00:00:00")), Some(at("2024-03-31T16:59:59")));
        for (status, now, phase) in [
            (ContestStatus::Draft, "2024-03-10T00:00:00", Phase::Draft),
            (ContestStatus::Open, "2024-02-29T23:59:59", Phase::Coming),
            (ContestStatus::Open, "2024-03-01T00:00:00", Phase::Taking),
            (ContestStatus::Open, "2024-03-31T17:29:58", Phase::Taking),
            (ContestStatus::Open, "2024-03-31T17:29:59", Phase::Judging),
            (ContestStatus::Ended, "2024-03-10T00:00:00", Phase::Ended),
        ] {
            assert_eq!(Phase::of(status, opens, closes, 30, at(now)), phase, "{now}");
        }
        assert_eq!(Phase::of(ContestStatus::Open, None, None, 0, at("2024-01-01T00:00:00")), Phase::Taking);
    }
}
