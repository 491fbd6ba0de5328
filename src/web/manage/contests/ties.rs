//! The declared chains on made-up scores, before the contest opens.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use super::frame::{Crumb, hold, or_said};
use crate::{
    base::sentence::Sentence,
    features::{
        contests::{
            ContestStatus, DeclaredRound,
            chain_run::{ChainRun, MADE_UP_SEED, run_chain},
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
    pub href: String,
    pub seed: &'static str,
    pub rounds: Vec<RoundRun>,
    pub can_confirm: bool,
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
    let page = TiesPage {
        crumbs: held.crumbs(words),
        href: format!("{}/ties", held.base()),
        seed: MADE_UP_SEED,
        rounds: rounds.map(|row| round_run(row, words)).collect(),
        can_confirm: held.contest().status == ContestStatus::Draft,
    };
    app.page(&signed.visitor, &page)
}

pub async fn confirm(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    let to = held.base();
    let (person, id, now) = (Arc::clone(&signed.person), held.declared.contest.id.clone(), app.clock.now());
    let done = app.db.write(move |db| show_chains(db, &person, &id, now)).await;
    let said = match or_said(done)? {
        Ok(_) => ("ok", Sentence::new("setup-ties-confirmed")),
        Err(sentence) => ("no", sentence),
    };
    Ok(signed.visitor.redirect(&app, &to, Some(said)))
}

fn round_run(row: &DeclaredRound, words: &Words) -> RoundRun {
    let found = run_chain(&row.round, &row.criteria);
    let steps: Vec<String> =
        row.round.tie_chain.iter().map(|step| tie_word(step, &row.criteria, words)).collect();
    RoundRun {
        name: row.round.name_in(words.lang).to_owned(),
        chain: if steps.is_empty() { vec![words.say("contests-tie-shared")] } else { steps },
        is_shown: row.round.shown_chain == row.round.chain_hash(),
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
