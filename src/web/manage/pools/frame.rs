//! What stands above every page of a pool, and the proof that the reader runs it.

use serde::Serialize;

use crate::{
    base::{ids::PoolId, sentence::Sentence},
    features::{
        accounts::Person,
        contests::{self, Contest, Feedback, Round},
        judging,
        pools::{self, Pool},
        units::{self, Unit},
    },
    infra::db::Db,
    web::{
        error::WebError,
        render::NavItem,
        result_words::{Chip, pool_chip},
        words::Words,
    },
};

/// A pool that the reader may run, with what it belongs to.
#[derive(Debug, Clone)]
pub struct OpenedPool {
    pub pool: Pool,
    pub round: Round,
    pub contest: Contest,
    pub unit: Unit,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PoolHead {
    pub contest: String,
    pub contest_href: String,
    pub round: String,
    pub unit: String,
    pub unit_href: String,
    pub state: Chip,
    /// Empty without one.
    pub deadline: String,
    pub tabs: Vec<NavItem>,
    /// The address of the pool, without a slash at the end.
    pub href: String,
}

/// Somebody else's pool is not found.
pub fn open_pool(db: &mut Db, person: &Person, id: &str) -> Result<OpenedPool, WebError> {
    let id: PoolId = id.parse().map_err(|_| WebError::NotFound)?;
    let pool = pools::store::find(db, &id)?.ok_or(WebError::NotFound)?;
    if !pools::policy::may_run(db, person, &pool)? {
        return Err(WebError::NotFound);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(WebError::NotFound)?;
    if judging::policy::is_blinded_in(db, person, &pool, &round)? {
        return Err(WebError::Refused(Sentence::new("pool-refused-blind-judge")));
    }
    let contest = contests::store::find(db, &pool.contest_id)?.ok_or(WebError::NotFound)?;
    let unit = units::store::find(db, &pool.unit_id)?.ok_or(WebError::NotFound)?;
    Ok(OpenedPool { pool, round, contest, unit })
}

impl OpenedPool {
    pub fn href(&self) -> String {
        format!("/manage/pools/{}", self.pool.id)
    }

    /// `current` is the last part of the page's address, empty for the overview.
    pub fn head(&self, words: &Words, current: &str) -> PoolHead {
        let deadline = self.pool.deadline_at.map(|at| {
            let args = [("at", words.date_time(at).into()), ("left", words.distance(at).into())];
            words.say_with("pool-deadline", &args)
        });
        PoolHead {
            contest: self.contest.title_in(words.lang).to_owned(),
            contest_href: format!("/contests/{}", self.contest.slug.as_str()),
            round: self.round.name_in(words.lang).to_owned(),
            unit: self.unit.name.clone(),
            unit_href: format!("/units/{}", self.unit.id),
            state: pool_chip(words, self.pool.status),
            deadline: deadline.unwrap_or_default(),
            tabs: pool_tabs(&self.pool, &self.round, words, current),
            href: self.href(),
        }
    }
}

/// Only what this round has.
pub fn pool_tabs(pool: &Pool, round: &Round, words: &Words, current: &str) -> Vec<NavItem> {
    let base = format!("/manage/pools/{}", pool.id);
    let (sheets, votes) = (round.takes_sheets(), round.takes_votes());
    let tabs = [
        ("", "pool-link-overview", true),
        ("panel", "pool-link-panel", sheets),
        ("assignments", "pool-link-assignments", sheets),
        ("progress", "pool-link-progress", sheets),
        ("votes", "pool-link-votes", votes),
        ("standing", "pool-link-standing", sheets || votes),
        ("certainty", "pool-link-certainty", sheets),
        ("judges", "pool-link-judges", sheets),
        ("deliberation", "pool-link-deliberation", sheets),
        ("decision", "pool-link-decision", true),
        ("nominations", "pool-link-nominations", true),
        ("awards", "pool-link-awards", true),
        ("comments", "pool-link-comments", sheets && round.feedback != Feedback::None),
        ("publish", "pool-link-publish", true),
    ];
    let item = |(part, key, _): (&str, &'static str, bool)| NavItem {
        href: if part.is_empty() { base.clone() } else { format!("{base}/{part}") },
        label: words.say(key),
        current: part == current,
    };
    tabs.into_iter().filter(|(_, _, shown)| *shown).map(item).collect()
}
