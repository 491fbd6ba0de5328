//! What lists and pages say of a contest alike: where it stands, and when.

use chrono::{TimeZone, Timelike};
use serde::Serialize;

use crate::{
    base::clock::Moment,
    features::contests::{Phase, listing::ContestCard},
    web::words::Words,
};

#[derive(Debug, Serialize)]
pub struct CardView {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub host: String,
    pub chip: Chip,
    pub when: String,
}

/// A state in a word, and the class that gives it its sign and colour.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    pub class: &'static str,
    pub word: String,
}

impl CardView {
    pub fn new(card: &ContestCard, words: &Words) -> Self {
        let phase = card.phase(words.now);
        Self {
            href: format!("/contests/{}", card.slug.as_str()),
            title: words.either(&card.title, &card.title_en).to_owned(),
            summary: words.either(&card.summary, &card.summary_en).to_owned(),
            host: card.host_name.clone(),
            chip: phase_chip(phase, words),
            when: when(phase, card.opens_at, card.closes_at, words),
        }
    }
}

pub fn phase_chip(phase: Phase, words: &Words) -> Chip {
    let (class, key) = match phase {
        Phase::Draft => ("draft", "contests-phase-draft"),
        Phase::Coming => ("scheduled", "contests-phase-coming"),
        Phase::Taking => ("open", "contests-phase-taking"),
        Phase::Judging => ("judging", "contests-phase-judging"),
        Phase::Ended => ("archived", "contests-phase-ended"),
    };
    Chip { class, word: words.say(key) }
}

/// The date that matters next, and how far it is.
pub fn when(phase: Phase, opens_at: Option<Moment>, closes_at: Option<Moment>, words: &Words) -> String {
    let (key, at) = match phase {
        Phase::Coming => ("contests-when-opens", opens_at),
        Phase::Taking => ("contests-when-closes", closes_at),
        Phase::Draft | Phase::Judging | Phase::Ended => ("contests-when-closed", closes_at),
    };
    let Some(at) = at else { return String::new() };
    words.say_with(key, &[("date", moment(at, words).into()), ("distance", words.distance(at).into())])
}

/// The last second of a day is the day itself: "hết ngày 31/07/2024".
pub fn moment(at: Moment, words: &Words) -> String {
    let local = words.zone.from_utc_datetime(&at);
    if (local.hour(), local.minute(), local.second()) == (23, 59, 59) {
        words.say_with("contests-end-of-day", &[("date", words.date(local.date_naive()).into())])
    } else {
        words.date_time(at)
    }
}
