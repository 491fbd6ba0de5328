//! One contest at a glance, for those who run it: what is missing, what would happen, what stands where.

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::{
    frame::{Crumb, Held, StepLink, hold},
    open::{Missed, missed},
};
use crate::{
    features::{
        contests::{
            Phase,
            checklist::{Part, can_open},
            dry_run::dry_run,
            views::count_units_by_level,
        },
        pools::glance::views::list_of_contest,
        units::LevelCode,
    },
    web::{
        error::WebError,
        form::AppData,
        manage::home::{PoolView, pool_view},
        render::Page,
        site::contests::card::{Chip, phase_chip, when},
        visitor::SignedIn,
        words::Words,
    },
};

const MAX_POOLS: i64 = 100;

#[derive(Debug, Serialize)]
pub struct ShowPage {
    pub title: String,
    pub crumbs: Vec<Crumb>,
    pub chip: Chip,
    pub when: String,
    pub base: String,
    pub public: String,
    pub host_entries: String,
    pub phase: &'static str,
    pub can_open: bool,
    pub can_end: bool,
    pub steps: Vec<StepLink>,
    pub missing: Vec<Missed>,
    pub first_missing: String,
    pub dry_rounds: Vec<String>,
    pub dry_paths: Vec<DryLine>,
    pub pools: Vec<PoolView>,
}

#[derive(Debug, Serialize)]
pub struct DryLine {
    pub level: String,
    pub text: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "manage/contests/show.html";
}

pub async fn show(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let (contest_id, host) = (held.contest().id.clone(), held.declared.host.id.clone());
    let (units, pools) = app
        .db
        .read(move |db| -> Result<_, crate::infra::db::DbError> {
            Ok((count_units_by_level(db, &host)?, list_of_contest(db, &contest_id, MAX_POOLS)?))
        })
        .await?;
    let words = &signed.visitor.words;
    let contest = held.contest();
    let phase = contest.phase(words.now);
    let first_missing = held.missing.iter().find(|item| !item.is_advice).map(|item| held.href(item.part));
    let page = ShowPage {
        title: contest.title_in(words.lang).to_owned(),
        crumbs: vec![Crumb { href: "/manage".into(), label: words.say("nav-manage") }],
        chip: phase_chip(phase, words),
        when: when(phase, contest.opens_at, contest.closes_at, words),
        base: held.base(),
        public: format!("/contests/{}", contest.slug.as_str()),
        host_entries: format!("/manage/units/{}/entries", held.declared.host.id),
        phase: phase.as_str(),
        can_open: phase == Phase::Draft && can_open(&held.missing),
        can_end: phase == Phase::Judging,
        steps: held.steps(None, words),
        missing: missing(&held, phase, words),
        first_missing: first_missing.unwrap_or_default(),
        dry_rounds: dry_rounds(&held, &units, words),
        dry_paths: dry_paths(&held, words),
        pools: pools.iter().map(|pool| pool_view(pool, words)).collect(),
    };
    app.page(&signed.visitor, &page)
}

/// Of an open contest only what keeps its rounds from being judged.
fn missing(held: &Held, phase: Phase, words: &Words) -> Vec<Missed> {
    let mut missing = missed(held, words);
    match phase {
        Phase::Draft => {}
        Phase::Ended => missing.clear(),
        _ => missing.retain(|item| item.href == held.href(Part::Ties)),
    }
    missing
}

/// "Vòng cấp tỉnh: mỗi tỉnh một cụm thi, 63 cụm".
fn dry_rounds(held: &Held, units: &[(LevelCode, i64)], words: &Words) -> Vec<String> {
    let rounds = held.declared.rounds.iter().map(|declared| {
        let round = &declared.round;
        let count = units.iter().find(|(level, _)| *level == round.pool_level).map_or(0, |(_, count)| *count);
        let level = crate::web::site::contests::rounds::level_name(&held.declared, round, words);
        words.say_with(
            "setup-dry-round",
            &[
                ("name", round.name_in(words.lang).into()),
                ("level", level.to_lowercase().into()),
                ("count", count.into()),
            ],
        )
    });
    rounds.collect()
}

fn dry_paths(held: &Held, words: &Words) -> Vec<DryLine> {
    let levels = &held.declared.levels;
    let name_of = |code: &LevelCode| {
        let level = levels.iter().find(|level| level.code == *code);
        level.map(|level| level.name_in(words.lang).to_owned()).unwrap_or_default()
    };
    let lines = dry_run(&held.declared).into_iter().map(|path| {
        let rounds: Vec<&str> = path
            .rounds
            .iter()
            .filter_map(|number| held.declared.rounds.get(*number))
            .map(|declared| declared.round.name_in(words.lang))
            .collect();
        let text = if rounds.is_empty() { words.say("setup-dry-nowhere") } else { rounds.join(" → ") };
        DryLine { level: name_of(&path.level), text }
    });
    lines.collect()
}
