//! What is still missing before a contest can open: pure, from what is declared.

use chrono::Duration;

use super::{
    AwardTarget, Contest, Criterion, CutPolicy, Declared, DeclaredRound, EntryKind, Field, FieldKind,
    RoundMethod, TieStep,
};
use crate::base::{clock::Moment, points::Points, sentence::Sentence};

crate::text_enum! {
    /// A page of the settings, in the order in which they are filled in.
    pub enum Part {
        Texts = "texts",
        Dates = "dates",
        Limits = "limits",
        Categories = "categories",
        Fields = "fields",
        Consents = "consents",
        Rounds = "rounds",
        Criteria = "criteria",
        Ties = "ties",
        Awards = "awards",
    }
}

/// Something that is not right yet. What only advises does not keep the contest from opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub part: Part,
    pub what: Sentence,
    pub is_advice: bool,
}

fn needed(part: Part, key: &'static str) -> Missing {
    Missing { part, what: Sentence::new(key), is_advice: false }
}

fn needed_in(part: Part, key: &'static str, name: &str) -> Missing {
    Missing { part, what: Sentence::new(key).with("name", name), is_advice: false }
}

fn advised(part: Part, key: &'static str) -> Missing {
    Missing { part, what: Sentence::new(key), is_advice: true }
}

/// In the order of the settings' pages.
pub fn what_is_missing(declared: &Declared, now: Moment) -> Vec<Missing> {
    let mut missing = texts(&declared.contest);
    missing.extend(dates(&declared.contest, now));
    missing.extend(fields(&declared.fields));
    missing.extend(consents(declared));
    missing.extend(rounds(declared));
    missing.extend(declared.rounds.iter().filter(|round| round.round.takes_sheets()).flat_map(form));
    missing.extend(declared.rounds.iter().filter_map(chain));
    missing.extend(awards(declared));
    missing
}

/// Nobody can foresee from its words alone what a chain does to equal scores.
fn chain(declared: &DeclaredRound) -> Option<Missing> {
    let round = &declared.round;
    (!round.is_chain_shown()).then(|| needed_in(Part::Ties, "contests-missing-chain-shown", &round.name))
}

pub fn can_open(missing: &[Missing]) -> bool {
    missing.iter().all(|item| item.is_advice)
}

fn texts(contest: &Contest) -> Vec<Missing> {
    let mut missing = Vec::new();
    if contest.title.trim().is_empty() {
        missing.push(needed(Part::Texts, "contests-missing-title"));
    }
    if contest.summary.trim().is_empty() {
        missing.push(advised(Part::Texts, "contests-missing-summary"));
    }
    if contest.rules.trim().is_empty() {
        missing.push(needed(Part::Texts, "contests-missing-rules"));
    }
    if contest.title_en.trim().is_empty() {
        missing.push(advised(Part::Texts, "contests-missing-english"));
    }
    missing
}

fn dates(contest: &Contest, now: Moment) -> Vec<Missing> {
    let mut missing = Vec::new();
    match (contest.opens_at, contest.closes_at) {
        (_, None) => missing.push(needed(Part::Dates, "contests-missing-closing")),
        (Some(opens), Some(closes)) if closes <= opens => {
            missing.push(needed(Part::Dates, "contests-missing-dates-order"));
        }
        (_, Some(closes)) if closes <= now => {
            missing.push(needed(Part::Dates, "contests-missing-closing-past"));
        }
        (opens, Some(closes)) if closes - opens.unwrap_or(now) < Duration::days(1) => {
            missing.push(advised(Part::Dates, "contests-missing-short"));
        }
        _ => {}
    }
    if !contest.kinds.iter().any(|kind| *kind != EntryKind::NotRecorded) {
        missing.push(needed(Part::Limits, "contests-missing-kinds"));
    }
    if contest.code_prefix.is_empty() {
        missing.push(needed(Part::Limits, "contests-missing-prefix"));
    }
    missing
}

fn fields(fields: &[Field]) -> Vec<Missing> {
    let mut missing = Vec::new();
    if fields.is_empty() {
        missing.push(needed(Part::Fields, "contests-missing-fields"));
    }
    for field in fields {
        let settings = &field.settings;
        match field.kind {
            FieldKind::OneOf | FieldKind::ManyOf | FieldKind::Tools if settings.options.len() < 2 => {
                missing.push(needed_in(Part::Fields, "contests-missing-options", &field.label));
            }
            FieldKind::Files if settings.media.is_empty() => {
                missing.push(needed_in(Part::Fields, "contests-missing-media", &field.label));
            }
            FieldKind::Files if settings.max_bytes.is_none() || settings.max_count.is_none() => {
                missing.push(needed_in(Part::Fields, "contests-missing-file-limits", &field.label));
            }
            FieldKind::Number if matches!((settings.min, settings.max), (Some(min), Some(max)) if max < min) =>
            {
                missing.push(needed_in(Part::Fields, "contests-missing-number-range", &field.label));
            }
            _ => {}
        }
    }
    if !fields.is_empty()
        && !fields.iter().any(|field| matches!(field.kind, FieldKind::Files | FieldKind::Link))
    {
        missing.push(advised(Part::Fields, "contests-missing-no-files"));
    }
    missing
}

fn consents(declared: &Declared) -> Vec<Missing> {
    if declared.consents.is_empty() {
        return vec![needed(Part::Consents, "contests-missing-consents")];
    }
    let empty = declared.consents.iter().filter(|consent| consent.text.trim().is_empty());
    empty
        .map(|consent| needed_in(Part::Consents, "contests-missing-consent-text", &consent.purpose))
        .collect()
}

fn rounds(declared: &Declared) -> Vec<Missing> {
    if declared.rounds.is_empty() {
        return vec![needed(Part::Rounds, "contests-missing-rounds")];
    }
    let mut missing = Vec::new();
    let host_position = declared.level_position(&declared.host.level);
    let mut below: Option<i32> = None;
    for DeclaredRound { round, .. } in &declared.rounds {
        let position = declared.level_position(&round.pool_level);
        if position.is_none() {
            missing.push(needed_in(Part::Rounds, "contests-missing-level", &round.name));
        }
        if position.zip(host_position).is_some_and(|(position, host)| position < host) {
            missing.push(needed_in(Part::Rounds, "contests-missing-level-above-host", &round.name));
        }
        if position.zip(below).is_some_and(|(position, below)| position > below) {
            missing.push(needed_in(Part::Rounds, "contests-missing-rounds-climb", &round.name));
        }
        below = position.or(below);
        missing.extend(one_round(declared, round));
    }
    let first = declared.rounds.first().map(|declared| declared.round.method);
    if first == Some(RoundMethod::Vote) {
        missing.push(advised(Part::Rounds, "contests-missing-vote-first"));
    }
    missing
}

fn one_round(declared: &Declared, round: &super::Round) -> Vec<Missing> {
    let mut missing = Vec::new();
    let is_last = declared.rounds.last().is_some_and(|last| last.round.id == round.id);
    if round.takes_sheets() && round.judges_per_entry < 1 {
        missing.push(needed_in(Part::Rounds, "contests-missing-judges", &round.name));
    }
    if round.method != RoundMethod::Decide
        && round.cut_policy == CutPolicy::Chain
        && round.tie_chain.is_empty()
    {
        missing.push(needed_in(Part::Rounds, "contests-missing-ties", &round.name));
    }
    if round.method == RoundMethod::Combined && !(1..=99).contains(&round.vote_weight) {
        missing.push(needed_in(Part::Rounds, "contests-missing-vote-weight", &round.name));
    }
    if matches!((round.opens_at, round.closes_at), (Some(opens), Some(closes)) if closes <= opens) {
        missing.push(needed_in(Part::Rounds, "contests-missing-round-dates", &round.name));
    }
    if !is_last && round.quota.total.is_none() && round.quota.by_kind.is_empty() {
        let what = Sentence::new("contests-missing-quota").with("name", round.name.as_str());
        missing.push(Missing { part: Part::Rounds, what, is_advice: true });
    }
    missing
}

fn form(declared: &DeclaredRound) -> Vec<Missing> {
    let round = &declared.round;
    if declared.criteria.is_empty() {
        return vec![needed_in(Part::Criteria, "contests-missing-criteria", &round.name)];
    }
    let mut missing: Vec<Missing> = declared.criteria.iter().flat_map(criterion).collect();
    let gone = round.tie_chain.iter().any(|step| match step {
        TieStep::Criterion { criterion } => !declared.criteria.iter().any(|row| row.id == *criterion),
        _ => false,
    });
    if gone {
        missing.push(needed_in(Part::Rounds, "contests-missing-tie-criterion", &round.name));
    }
    missing
}

fn criterion(criterion: &Criterion) -> Vec<Missing> {
    let mut missing = Vec::new();
    if criterion.weight <= Points::ZERO {
        missing.push(needed_in(Part::Criteria, "contests-missing-weight", &criterion.name));
    }
    if criterion.max_mark <= criterion.min_mark {
        missing.push(needed_in(Part::Criteria, "contests-missing-range", &criterion.name));
    } else if !divides(criterion.step, criterion.min_mark, criterion.max_mark) {
        missing.push(needed_in(Part::Criteria, "contests-missing-step", &criterion.name));
    }
    missing
}

/// Whether going up by `step` from `min` reaches `max`.
pub fn divides(step: Points, min: Points, max: Points) -> bool {
    let step = step.ten_thousandths();
    step > 0 && (max.ten_thousandths() - min.ten_thousandths()) % step == 0
}

fn awards(declared: &Declared) -> Vec<Missing> {
    let mut all = declared.rounds.iter().flat_map(|round| &round.awards);
    if declared.rounds.is_empty() {
        return Vec::new();
    }
    if all.all(|award| award.goes_to != AwardTarget::Entry) {
        return vec![needed(Part::Awards, "contests-missing-awards")];
    }
    Vec::new()
}
