//! What states and kinds are called on every page about results.

use serde::Serialize;

use super::words::Words;
use crate::features::{
    contests::EntryKind, pools::PoolStatus, selection::NominationStatus, selection::Outcome,
};

/// A state as a chip: the class that gives it its sign and colour, and the word.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Chip {
    pub class: &'static str,
    pub word: String,
}

pub fn kind_word(words: &Words, kind: EntryKind) -> String {
    words.say(match kind {
        EntryKind::Individual => "result-kind-individual",
        EntryKind::Collective => "result-kind-collective",
        EntryKind::NotRecorded => "result-kind-not-recorded",
    })
}

pub fn pool_chip(words: &Words, status: PoolStatus) -> Chip {
    let key = match status {
        PoolStatus::Gathering => "result-pool-gathering",
        PoolStatus::Judging => "result-pool-judging",
        PoolStatus::Decided => "result-pool-decided",
        PoolStatus::Published => "result-pool-published",
    };
    Chip { class: status.as_str(), word: words.say(key) }
}

pub fn outcome_chip(words: &Words, outcome: Outcome) -> Chip {
    let key = match outcome {
        Outcome::NotChosen => "result-outcome-not-chosen",
        Outcome::Chosen => "result-outcome-chosen",
        Outcome::Nominated => "result-outcome-nominated",
    };
    Chip { class: outcome.as_str(), word: words.say(key) }
}

pub fn nomination_chip(words: &Words, status: NominationStatus) -> Chip {
    let key = match status {
        NominationStatus::Proposed => "result-nomination-proposed",
        NominationStatus::Accepted => "result-nomination-accepted",
        NominationStatus::Returned => "result-nomination-returned",
        NominationStatus::Recalled => "result-nomination-recalled",
    };
    Chip { class: status.as_str(), word: words.say(key) }
}

/// A score that was stored as it is written in Vietnamese.
pub fn score_word(words: &Words, stored: &str) -> String {
    if words.lang == crate::base::lang::Lang::Vi { stored.to_owned() } else { stored.replace(',', ".") }
}
