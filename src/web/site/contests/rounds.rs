//! The rounds of a contest in words: where they are judged, how, by what, and what can be won.

use serde::Serialize;

use super::card::moment;
use crate::{
    base::{points::Points, seal::hash_hex},
    features::contests::{
        Award, AwardTarget, ContestParts, Criterion, CutPolicy, Declared, DeclaredRound, Round, RoundMethod,
        TieStep,
    },
    web::words::Words,
};

#[derive(Debug, Serialize)]
pub struct RoundView {
    pub name: String,
    pub level: String,
    pub method: String,
    pub facts: Vec<Fact>,
    pub criteria: Vec<CriterionView>,
    pub total: String,
    pub has_groups: bool,
    pub awards: Vec<AwardView>,
    /// The hash of the seed of the lot: shown before, so that the draw can be checked after.
    pub lot_seal: String,
}

#[derive(Debug, Serialize)]
pub struct Fact {
    pub term: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct CriterionView {
    pub group: String,
    pub name: String,
    pub description: String,
    pub max: String,
    pub weight: String,
    pub levels: Vec<Fact>,
}

#[derive(Debug, Serialize)]
pub struct AwardView {
    pub name: String,
    pub note: String,
}

/// A step of the path of an entry, from the unit that sends it in to the last round.
#[derive(Debug, Serialize)]
pub struct Step {
    pub name: String,
    pub note: String,
    pub state: &'static str,
    pub state_word: String,
}

pub fn path(declared: &Declared, words: &Words) -> Vec<Step> {
    let step = |name: String, note: String| Step { name, note, state: "", state_word: String::new() };
    let sending = step(words.say("contests-path-send"), words.say("contests-path-send-note"));
    let rounds = declared.rounds.iter().map(|declared_round| {
        let round = &declared_round.round;
        step(words.either(&round.name, &round.name_en).to_owned(), level_name(declared, round, words))
    });
    std::iter::once(sending).chain(rounds).collect()
}

pub fn rounds(declared: &Declared, parts: &ContestParts, words: &Words) -> Vec<RoundView> {
    let view = |row: &DeclaredRound| round_view(declared, row, parts.desk(&row.round.id).quorum, words);
    declared.rounds.iter().map(view).collect()
}

pub fn level_name(declared: &Declared, round: &Round, words: &Words) -> String {
    let level = declared.levels.iter().find(|level| level.code == round.pool_level);
    level.map_or_else(|| round.pool_level.as_str().to_owned(), |level| level.name_in(words.lang).to_owned())
}

pub fn method_word(method: RoundMethod, words: &Words) -> String {
    words.say(match method {
        RoundMethod::Score => "contests-method-score",
        RoundMethod::Vote => "contests-method-vote",
        RoundMethod::Combined => "contests-method-combined",
        RoundMethod::Decide => "contests-method-decide",
    })
}

fn round_view(declared: &Declared, row: &DeclaredRound, quorum: i32, words: &Words) -> RoundView {
    let round = &row.round;
    let total: i64 = row.criteria.iter().map(|criterion| criterion.max_mark.ten_thousandths()).sum();
    // Weights that equal the highest marks say nothing that the marks do not.
    let has_weights = row.criteria.iter().any(|criterion| criterion.weight != criterion.max_mark);
    RoundView {
        name: words.either(&round.name, &round.name_en).to_owned(),
        level: level_name(declared, round, words),
        method: method_word(round.method, words),
        facts: facts(declared, row, quorum, words),
        has_groups: row.criteria.iter().any(|criterion| !criterion.group_name.is_empty()),
        criteria: row
            .criteria
            .iter()
            .map(|criterion| criterion_view(criterion, has_weights, words))
            .collect(),
        total: words.points(Points::from_ten_thousandths(total)),
        awards: row.awards.iter().map(|award| award_view(award, words)).collect(),
        lot_seal: if uses_lot(round) { hash_hex(round.lot_seed.as_bytes()) } else { String::new() },
    }
}

fn facts(declared: &Declared, row: &DeclaredRound, quorum: i32, words: &Words) -> Vec<Fact> {
    let round = &row.round;
    let mut facts = Vec::new();
    let mut add = |key: &str, text: String| facts.push(Fact { term: words.say(key), text });
    if let Some(at) = round.opens_at {
        add("contests-round-opens", moment(at, words));
    }
    if let Some(at) = round.closes_at {
        add("contests-round-closes", moment(at, words));
    }
    if round.takes_sheets() {
        let count = [("count", round.judges_per_entry.into()), ("quorum", quorum.into())];
        let key = if quorum > 0 { "contests-round-judges-quorum" } else { "contests-round-judges-each" };
        add("contests-round-judges", words.say_with(key, &count));
        let blind = if round.is_blind { "contests-round-blind-yes" } else { "contests-round-blind-no" };
        add("contests-round-blind", words.say(blind));
    }
    if round.method == RoundMethod::Combined {
        let shares = [("jury", (100 - round.vote_weight).into()), ("vote", round.vote_weight.into())];
        add("contests-round-shares", words.say_with("contests-round-shares-text", &shares));
    }
    if round.carry_weight > 0 {
        let share = words.say_with("contests-round-carry-text", &[("share", round.carry_weight.into())]);
        add("contests-round-carry", share);
    }
    if round.is_standardised {
        add("contests-round-standardised", words.say("contests-round-standardised-text"));
    }
    if round.takes_sheets() {
        add("contests-round-feedback", words.say(&format!("setup-feedback-{}", round.feedback)));
    }
    if round.method != RoundMethod::Decide {
        add("contests-round-ties", ties(row, words));
    }
    let is_last = declared.rounds.last().is_some_and(|last| last.round.id == round.id);
    if !is_last {
        add("contests-round-quota", quota(round, words));
    }
    facts
}

fn quota(round: &Round, words: &Words) -> String {
    let mut parts = Vec::new();
    if let Some(total) = round.quota.total {
        parts.push(words.say_with("contests-quota-total", &[("count", total.into())]));
    }
    for (kind, limit) in &round.quota.by_kind {
        let kind = words.say(&format!("contests-kind-{kind}"));
        parts.push(
            words.say_with("contests-quota-kind", &[("kind", kind.into()), ("count", (*limit).into())]),
        );
    }
    for (kind, limit) in &round.quota.by_unit_kind {
        let kind = words.say(&format!("contests-unit-kind-{kind}"));
        parts.push(
            words.say_with("contests-quota-unit", &[("kind", kind.into()), ("count", (*limit).into())]),
        );
    }
    if parts.is_empty() { words.say("contests-quota-none") } else { parts.join("; ") }
}

fn ties(row: &DeclaredRound, words: &Words) -> String {
    let mut steps: Vec<String> =
        row.round.tie_chain.iter().map(|step| tie_word(step, &row.criteria, words)).collect();
    if steps.is_empty() {
        steps.push(words.say("contests-tie-shared"));
    }
    let policy = match row.round.cut_policy {
        CutPolicy::IncludeAll => Some("contests-cut-include_all"),
        CutPolicy::ExcludeAll => Some("contests-cut-exclude_all"),
        CutPolicy::Lot => Some("contests-cut-lot"),
        CutPolicy::Chain => None,
    };
    steps.extend(policy.map(|key| words.say(key)));
    steps.join("; ")
}

pub fn tie_word(step: &TieStep, criteria: &[Criterion], words: &Words) -> String {
    match step {
        TieStep::Criterion { criterion } => {
            let found = criteria.iter().find(|row| row.id == *criterion);
            let name = found.map(|row| words.either(&row.name, &row.name_en)).unwrap_or_default();
            words.say_with("contests-tie-criterion", &[("name", name.into())])
        }
        TieStep::HeadToHead => words.say("contests-tie-head-to-head"),
        TieStep::Median => words.say("contests-tie-median"),
        TieStep::Chair => words.say("contests-tie-chair"),
        TieStep::Lot => words.say("contests-tie-lot"),
    }
}

fn uses_lot(round: &Round) -> bool {
    round.cut_policy == CutPolicy::Lot || round.tie_chain.contains(&TieStep::Lot)
}

fn criterion_view(criterion: &Criterion, has_weights: bool, words: &Words) -> CriterionView {
    CriterionView {
        group: criterion.group_name.clone(),
        name: words.either(&criterion.name, &criterion.name_en).to_owned(),
        description: criterion.description.clone(),
        max: words.points(criterion.max_mark),
        weight: if has_weights { words.points(criterion.weight) } else { String::new() },
        levels: criterion
            .descriptors
            .iter()
            .map(|level| Fact {
                term: words.points(level.mark),
                text: words.either(&level.text, &level.text_en).to_owned(),
            })
            .collect(),
    }
}

fn award_view(award: &Award, words: &Words) -> AwardView {
    let mut notes = Vec::new();
    if award.goes_to == AwardTarget::Unit {
        notes.push(words.say("contests-award-for-unit"));
    }
    if let Some(kind) = award.kind {
        notes.push(words.say(&format!("contests-kind-{kind}")));
    }
    if let Some(count) = award.max_grants {
        notes.push(words.say_with("contests-award-count", &[("count", count.into())]));
    }
    AwardView { name: words.either(&award.name, &award.name_en).to_owned(), note: notes.join(" · ") }
}
