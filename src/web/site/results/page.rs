//! A published version as people read it: by round and award, each winner with the path from its unit to the top.

use std::collections::HashMap;

use serde::Serialize;

use crate::{
    features::{
        contests::{Award, AwardTarget, Contest},
        publication::{
            Publication,
            content::{
                AwardedTo, ChosenEntry, Content, DrawnLot, PublishedAward, PublishedEntry, VoidedSheet,
            },
            views::Version,
        },
    },
    ranking::standing::commitment,
    web::{
        entry_parts::ShownCover,
        render::Page,
        result_words::{Chip, kind_word, outcome_chip},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct ResultsPage {
    pub slug: String,
    pub contest: String,
    /// What the result is of; empty for the whole contest.
    pub pool: String,
    pub is_published: bool,
    pub version: i32,
    pub is_latest: bool,
    pub latest_href: String,
    pub at: String,
    /// Why this version corrects the one before.
    pub reason: String,
    pub hash: String,
    pub previous_hash: String,
    /// The exact text that was hashed; empty in the result of a pool.
    pub content_href: String,
    pub groups: Vec<Group>,
    pub chosen: Vec<ChosenRow>,
    pub voided: Vec<String>,
    pub lots: Vec<ShownLot>,
    pub versions: Vec<VersionLink>,
}

impl Page for ResultsPage {
    const TEMPLATE: &'static str = "site/results/show.html";
}

/// A lot that was drawn, with all that it takes to draw it again.
#[derive(Debug, Serialize)]
pub struct ShownLot {
    pub said: String,
    pub seal: String,
    pub order: Vec<String>,
}

/// What was won in one pool.
#[derive(Debug, Serialize)]
pub struct Group {
    pub title: String,
    pub awards: Vec<Honour>,
}

#[derive(Debug, Serialize)]
pub struct Honour {
    pub name: String,
    /// `m1`, `m2`, `m3` or empty.
    pub medal: &'static str,
    pub winners: Vec<Winner>,
}

#[derive(Debug, Serialize)]
pub struct Winner {
    pub title: String,
    /// Empty for a unit.
    pub href: String,
    pub detail: String,
    pub cover: ShownCover,
    /// Which of the six grounds its poster has without a cover.
    pub ground: usize,
    pub path_label: String,
    pub path: Vec<Step>,
}

#[derive(Debug, Serialize)]
pub struct Step {
    pub name: String,
    pub note: String,
    pub state: &'static str,
    pub state_word: String,
}

#[derive(Debug, Serialize)]
pub struct ChosenRow {
    pub title: String,
    pub href: String,
    pub detail: String,
    pub outcome: Chip,
}

#[derive(Debug, Serialize)]
pub struct VersionLink {
    pub version: i32,
    pub at: String,
    pub reason: String,
    pub href: String,
    pub is_shown: bool,
}

/// What a version stands in.
pub struct Frame<'f> {
    pub contest: &'f Contest,
    pub awards: &'f [Award],
    /// The round and unit of the pool, and the address of its results; absent for the whole contest.
    pub pool: Option<(String, String)>,
    pub versions: &'f [Version],
    /// The small pictures of the entries that everyone may see, by code.
    pub covers: &'f HashMap<String, ShownCover>,
}

pub fn page(words: &Words, frame: &Frame<'_>, shown: Option<(&Publication, &Content)>) -> ResultsPage {
    let slug = frame.contest.slug.as_str();
    let (pool, base) = match &frame.pool {
        Some((name, href)) => (name.clone(), href.clone()),
        None => (String::new(), format!("/contests/{slug}/results")),
    };
    let number = shown.map_or(0, |(publication, _)| publication.version);
    let link = |version: &Version| VersionLink {
        version: version.version,
        at: words.date_time(version.published_at),
        reason: version.reason.clone(),
        href: if frame.pool.is_some() {
            format!("{base}?version={}", version.version)
        } else {
            format!("{base}/{}", version.version)
        },
        is_shown: version.version == number,
    };
    ResultsPage {
        voided: shown.map(|(_, content)| voided(content, words)).unwrap_or_default(),
        lots: shown.map(|(_, content)| lots(content, words)).unwrap_or_default(),
        contest: frame.contest.title_in(words.lang).to_owned(),
        is_published: shown.is_some(),
        version: number,
        is_latest: frame.versions.first().is_none_or(|newest| newest.version == number),
        latest_href: base.clone(),
        at: shown.map(|(publication, _)| words.date_time(publication.published_at)).unwrap_or_default(),
        reason: shown.map(|(publication, _)| publication.reason.clone()).unwrap_or_default(),
        hash: shown.map(|(publication, _)| publication.content_hash.clone()).unwrap_or_default(),
        previous_hash: shown.map(|(publication, _)| publication.previous_hash.clone()).unwrap_or_default(),
        content_href: if frame.pool.is_none() && shown.is_some() {
            format!("{base}/{number}/content.json")
        } else {
            String::new()
        },
        groups: shown.map(|(_, content)| groups(words, frame, content)).unwrap_or_default(),
        chosen: shown.map(|(_, content)| chosen(words, slug, content)).unwrap_or_default(),
        versions: frame.versions.iter().map(link).collect(),
        slug: slug.to_owned(),
        pool,
    }
}

/// In the order of the version: what belongs together stands together.
fn groups(words: &Words, frame: &Frame<'_>, content: &Content) -> Vec<Group> {
    let names: HashMap<&str, &Award> =
        frame.awards.iter().map(|award| (award.name.as_str(), award)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for award in &content.awards {
        let title = format!("{}: {}", award.round_name, award.unit);
        if groups.last().is_none_or(|group| group.title != title) {
            groups.push(Group { title, awards: Vec::new() });
        }
        let known = names.get(award.award.as_str()).copied();
        let name = known.map_or(award.award.as_str(), |known| words.either(&known.name, &known.name_en));
        let winner = winner(words, frame, award);
        let Some(group) = groups.last_mut() else { continue };
        if let Some(honour) = group.awards.last_mut().filter(|honour| honour.name == name) {
            honour.winners.push(winner);
        } else {
            let medal = known.map_or("", |known| medal(known, frame.awards));
            group.awards.push(Honour { name: name.to_owned(), medal, winners: vec![winner] });
        }
    }
    groups
}

/// Gold, silver and bronze for the first three awards that entries can win in a round.
fn medal(award: &Award, all: &[Award]) -> &'static str {
    let same_round =
        all.iter().filter(|other| other.round_id == award.round_id && other.goes_to == AwardTarget::Entry);
    match same_round.take(3).position(|other| other.id == award.id) {
        Some(0) => "m1",
        Some(1) => "m2",
        Some(2) => "m3",
        _ => "",
    }
}

fn winner(words: &Words, frame: &Frame<'_>, award: &PublishedAward) -> Winner {
    match &award.to {
        AwardedTo::Entry(entry) => Winner {
            title: entry.title.clone(),
            href: entry_href(frame.contest.slug.as_str(), entry),
            cover: frame.covers.get(&entry.code).cloned().unwrap_or_default(),
            detail: format!("{} · {} · {}", entry.code, kind_word(words, entry.kind), entry.unit),
            ground: ground(&entry.code),
            path_label: words.say_with("results-path-label", &[("title", entry.title.as_str().into())]),
            path: path(words, entry, &award.unit),
        },
        AwardedTo::Unit(name) => Winner {
            title: name.clone(),
            href: String::new(),
            cover: ShownCover::default(),
            detail: String::new(),
            ground: ground(name),
            path_label: String::new(),
            path: Vec::new(),
        },
    }
}

/// From the entry's unit up to the top; the award was won where the pool stood.
fn path(words: &Words, entry: &PublishedEntry, won_at: &str) -> Vec<Step> {
    let won = entry.path.iter().position(|name| name == won_at);
    let step = |(at, name): (usize, &String)| {
        let state = match won {
            Some(won) if at < won => "done",
            Some(won) if at == won => "won",
            _ => "",
        };
        let state_word = match state {
            "done" => words.say("results-path-passed"),
            "won" => words.say("results-path-won"),
            _ => String::new(),
        };
        Step { name: name.clone(), note: String::new(), state, state_word }
    };
    entry.path.iter().enumerate().map(step).collect()
}

fn chosen(words: &Words, slug: &str, content: &Content) -> Vec<ChosenRow> {
    let row = |chosen: &ChosenEntry| ChosenRow {
        title: chosen.entry.title.clone(),
        href: entry_href(slug, &chosen.entry),
        detail: format!(
            "{} · {} · {}",
            chosen.entry.code,
            kind_word(words, chosen.entry.kind),
            chosen.entry.unit
        ),
        outcome: outcome_chip(words, chosen.outcome),
    };
    content.chosen.iter().flatten().map(row).collect()
}

fn entry_href(slug: &str, entry: &PublishedEntry) -> String {
    format!("/contests/{slug}/entries/{}", entry.code)
}

fn ground(text: &str) -> usize {
    text.bytes().map(usize::from).sum::<usize>() % 6
}

/// Sheets that do not count, each in a sentence with who took it out and why.
fn voided(content: &Content, words: &Words) -> Vec<String> {
    let sentence = |sheet: &VoidedSheet| {
        let at = sheet.at.trim_end_matches('Z').parse().map(|at| words.date_time(at)).unwrap_or_default();
        let args = [
            ("entry", sheet.entry.as_str().into()),
            ("judge", sheet.judge.into()),
            ("pool", sheet.pool.as_str().into()),
            ("by", sheet.by.as_str().into()),
            ("reason", sheet.reason.as_str().into()),
            ("at", at.into()),
        ];
        let key = if sheet.by.is_empty() { "results-voided-conflict" } else { "results-voided" };
        words.say_with(key, &args)
    };
    content.voided.iter().map(sentence).collect()
}

fn lots(content: &Content, words: &Words) -> Vec<ShownLot> {
    let shown = |lot: &DrawnLot| ShownLot {
        said: words.say_with(
            "results-lot",
            &[("round", lot.round.as_str().into()), ("seed", lot.seed.as_str().into())],
        ),
        seal: commitment(&lot.seed),
        order: lot
            .order
            .iter()
            .map(|entry| format!("{}: {} → {}", entry.entry, entry.id, entry.hash))
            .collect(),
    };
    content.lots.iter().map(shown).collect()
}
