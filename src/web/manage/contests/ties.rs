//! The declared chains on made-up scores, before the contest opens.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::frame::{Crumb, StepLink, hold, or_said};
use crate::{
    base::sentence::Sentence,
    features::{
        contests::{
            ContestStatus, DeclaredRound, SeenChains,
            chain_run::{ChainRun, MADE_UP_SEED, run_chain},
            chains_to_see,
            checklist::Part,
            show_chains,
        },
        judging::standing::{ratio_text, step_key},
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        render::Page,
        site::contests::rounds::tie_word,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct TiesPage {
    pub crumbs: Vec<Crumb>,
    pub steps: Vec<StepLink>,
    pub missing: Vec<String>,
    pub href: String,
    pub seed: &'static str,
    pub rounds: Vec<RoundRun>,
    /// What the button says was seen, "round:hash" each; none when every chain was shown already.
    pub to_confirm: Vec<String>,
    pub next: String,
    pub next_word: String,
}

#[derive(Debug, Serialize)]
pub struct RoundRun {
    pub name: String,
    pub chain: Vec<String>,
    pub is_shown: bool,
    pub rows: Vec<RunRow>,
    pub steps: Vec<RunStep>,
}

#[derive(Debug, Serialize)]
pub struct RunRow {
    pub place: String,
    pub entry: String,
    pub scores: Vec<String>,
    pub mean: String,
    pub split_by: String,
}

#[derive(Debug, Serialize)]
pub struct RunStep {
    pub step: String,
    pub groups: Vec<String>,
}

impl Page for TiesPage {
    const TEMPLATE: &'static str = "manage/contests/ties.html";
}

pub async fn show(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let words = &signed.visitor.words;
    let rounds = held.declared.rounds.iter().filter(|row| row.round.takes_sheets());
    let status = held.contest().status;
    let is_draft = status == ContestStatus::Draft;
    let waits = held.declared.rounds.iter().any(|row| !row.round.is_chain_shown());
    let page = TiesPage {
        crumbs: held.crumbs(words),
        steps: held.steps(Some(Part::Ties), words),
        missing: held
            .missing
            .iter()
            .filter(|item| item.part == Part::Ties)
            .map(|item| item.what.said(words.lang))
            .collect(),
        href: held.href(Part::Ties),
        seed: MADE_UP_SEED,
        rounds: rounds.map(|row| round_run(row, words)).collect(),
        to_confirm: if waits && status != ContestStatus::Ended {
            chains_to_see(&held.declared).iter().map(|(round, chain)| format!("{round}:{chain}")).collect()
        } else {
            Vec::new()
        },
        next: if is_draft { held.next(Part::Ties) } else { held.base() },
        next_word: words.say(if is_draft { "setup-next" } else { "setup-overview" }),
    };
    app.page(&signed.visitor, &page)
}

pub async fn confirm(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let is_draft = held.contest().status == ContestStatus::Draft;
    let after = if is_draft { held.next(Part::Ties) } else { held.base() };
    let seen = seen_chains(&form)?;
    let (person, id, now) = (Arc::clone(&signed.person), held.declared.contest.id.clone(), app.clock.now());
    let done = app.db.write(move |db| show_chains(db, &person, &id, &seen, now)).await;
    let (to, said) = match or_said(done)? {
        Ok(_) => (after, ("ok", Sentence::new("setup-ties-confirmed"))),
        Err(sentence) => (held.href(Part::Ties), ("no", sentence)),
    };
    Ok(signed.visitor.redirect(&app, &to, Some(said)))
}

fn seen_chains(form: &Form) -> Result<SeenChains, WebError> {
    let pairs = form.all("chain").into_iter().map(|line| {
        let (round, chain) = line.split_once(':').ok_or(WebError::NotFound)?;
        Ok((round.parse().map_err(|_| WebError::NotFound)?, chain.to_owned()))
    });
    pairs.collect()
}

fn round_run(row: &DeclaredRound, words: &Words) -> RoundRun {
    let found = run_chain(&row.round, &row.criteria);
    let steps: Vec<String> =
        row.round.tie_chain.iter().map(|step| tie_word(step, &row.criteria, words)).collect();
    RoundRun {
        name: row.round.name_in(words.lang).to_owned(),
        chain: if steps.is_empty() { vec![words.say("contests-tie-shared")] } else { steps },
        is_shown: row.round.is_chain_shown() && !row.round.tie_chain.is_empty(),
        rows: found.as_ref().map(|run| rows(run, words)).unwrap_or_default(),
        steps: found
            .iter()
            .flat_map(|run| &run.standing.ties)
            .map(|tie| RunStep {
                step: words.say(step_key(&tie.step)),
                groups: tie.groups.iter().map(|group| group.join(", ")).collect(),
            })
            .collect(),
    }
}

fn rows(run: &ChainRun, words: &Words) -> Vec<RunRow> {
    let row = |ranked: &crate::ranking::standing::Row| {
        let (_, scores, mean) = run.entries.iter().find(|(entry, _, _)| *entry == ranked.entry)?;
        Some(RunRow {
            place: ranked.place.first.to_string(),
            entry: ranked.entry.clone(),
            scores: scores.iter().map(|score| ratio_text(*score, 2, words.lang)).collect(),
            mean: ratio_text(*mean, 2, words.lang),
            split_by: ranked.split_by.as_ref().map(|step| words.say(step_key(step))).unwrap_or_default(),
        })
    };
    run.standing.rows.iter().filter_map(row).collect()
}
