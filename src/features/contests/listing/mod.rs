//! Contests in lists: for everyone, and for those who run them.

pub mod views;

use super::{ContestStatus, Phase, Slug};
use crate::base::{
    clock::Moment,
    ids::{ContestId, UnitId},
    page::PageRequest,
};

/// What a list shows of a contest.
#[derive(Debug, Clone, PartialEq)]
pub struct ContestCard {
    pub id: ContestId,
    pub slug: Slug,
    pub title: String,
    pub title_en: String,
    pub summary: String,
    pub summary_en: String,
    pub status: ContestStatus,
    pub opens_at: Option<Moment>,
    pub closes_at: Option<Moment>,
    pub grace_minutes: i32,
    pub host_unit_id: UnitId,
    pub host_name: String,
}

/// Contests that everyone may see, by their words and by where they stand.
#[derive(Debug, Clone)]
pub struct ContestSearch {
    pub words: String,
    pub phase: Option<Phase>,
    pub page: PageRequest,
}

impl ContestCard {
    pub fn phase(&self, now: Moment) -> Phase {
        Phase::of(self.status, self.opens_at, self.closes_at, self.grace_minutes, now)
    }
}
