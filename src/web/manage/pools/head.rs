//! What stands on top of every page of a pool, and the proof that somebody may lead its judging.

use serde::Serialize;

use super::frame::pool_tabs;
use crate::{
    base::ids::PoolId,
    features::{
        accounts::Person,
        judging::{
            PanelRole, store,
            views::{PoolPlace, find_pool_place},
        },
        pools::{self, PoolStatus},
    },
    infra::db::{Db, DbError},
    web::{error::WebError, judge, render::NavItem, words::Words},
};

pub fn pool_id(text: &str) -> Result<PoolId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// How somebody stands to a pool. Nobody has one who may neither run it nor sits on its panel.
pub struct Led {
    pub place: PoolPlace,
    /// Its officers and whoever runs the contest.
    pub may_run: bool,
    pub is_head: bool,
    pub is_judge: bool,
}

impl Led {
    pub fn read(db: &mut Db, person: &Person, pool: &PoolId) -> Result<Option<Self>, DbError> {
        let Some(place) = find_pool_place(db, pool)? else { return Ok(None) };
        let seat = store::find_seat(db, pool, &person.id)?;
        let may_run = pools::policy::may_run(db, person, &place.pool)?;
        if seat.is_none() && !may_run {
            return Ok(None);
        }
        let is_head = seat.as_ref().is_some_and(|seat| seat.role == PanelRole::Head);
        Ok(Some(Self { place, may_run, is_head, is_judge: seat.is_some() }))
    }

    pub fn may_lead(&self) -> bool {
        self.may_run || self.is_head
    }

    /// In a blind round a head is a judge like the others: only whoever runs the pool sees units.
    /// Whoever runs the pool and judges in it too is blind until it is decided.
    pub fn is_blind(&self) -> bool {
        let is_undecided = matches!(self.place.pool.status, PoolStatus::Gathering | PoolStatus::Judging);
        self.place.round.is_blind && (!self.may_run || (self.is_judge && is_undecided))
    }

    /// For a head of a blind round without the makers' names.
    pub fn title_of(&self, title: &str, authors: &str, unit_name: &str) -> String {
        judge::Veil::new(self.is_blind(), authors, &[], unit_name).cover(title)
    }

    pub fn head(&self, current: &'static str, words: &Words) -> PoolHead {
        let place = &self.place;
        let base = format!("/manage/pools/{}", place.pool.id);
        let mut tabs = pool_tabs(&place.pool, &place.round, words, current);
        if !self.may_run {
            let shown: &[&str] = if self.is_head {
                &["assignments", "progress", "standing", "certainty", "judges", "deliberation"]
            } else {
                &["standing", "deliberation"]
            };
            tabs.retain(|tab| shown.iter().any(|name| tab.href.ends_with(name)));
        }
        PoolHead {
            href: base.clone(),
            contest: place.contest.title_in(words.lang).to_owned(),
            contest_href: format!("/contests/{}", place.contest.slug.as_str()),
            round: place.round.name_in(words.lang).to_owned(),
            unit: place.unit_name.clone(),
            status: place.pool.status.as_str(),
            status_label: judge::status_label(place, words),
            may_run: self.may_run,
            is_blind: place.round.is_blind,
            tabs,
        }
    }
}

#[derive(Debug, Serialize)]
pub struct PoolHead {
    pub href: String,
    pub contest: String,
    pub contest_href: String,
    pub round: String,
    pub unit: String,
    pub status: &'static str,
    pub status_label: String,
    pub may_run: bool,
    pub is_blind: bool,
    pub tabs: Vec<NavItem>,
}
