//! The path of an entry, as the drawn part of pages wants it.

use serde::Serialize;

use crate::{
    features::{
        entries::views::{Station, StationState},
        pools::PoolStatus,
    },
    web::words::Words,
};

#[derive(Debug, Clone, Serialize)]
pub struct ShownStation {
    pub name: String,
    pub note: String,
    pub state: &'static str,
    pub state_word: String,
}

pub fn show_path(stations: &[Station], is_draft: bool, words: &Words) -> Vec<ShownStation> {
    stations.iter().enumerate().map(|(at, station)| show(at, station, is_draft, words)).collect()
}

fn show(at: usize, station: &Station, is_draft: bool, words: &Words) -> ShownStation {
    let (state, key) = match station.state {
        StationState::Ahead => ("", ""),
        StationState::Here => ("here", "entries-path-here"),
        StationState::Done => ("done", "entries-path-done"),
        StationState::Won => ("won", "entries-path-won"),
        StationState::Stopped => ("stopped", "entries-path-stopped"),
    };
    ShownStation {
        name: station.name.clone(),
        note: note(at, station, is_draft, words),
        state,
        state_word: if key.is_empty() { String::new() } else { words.say(key) },
    }
}

fn note(at: usize, station: &Station, is_draft: bool, words: &Words) -> String {
    if station.is_waiting_above {
        return words.say("entries-path-waiting-above");
    }
    match station.state {
        StationState::Ahead => String::new(),
        StationState::Here if is_draft => words.say("entries-path-draft"),
        StationState::Here => words.say(match station.pool_status {
            Some(PoolStatus::Judging) => "entries-path-judging",
            Some(PoolStatus::Decided | PoolStatus::Published) => "entries-path-decided",
            Some(PoolStatus::Gathering) | None => "entries-path-gathering",
        }),
        StationState::Won => words.say("entries-path-chosen"),
        StationState::Stopped => words.say("entries-path-ended"),
        StationState::Done => {
            let received = station.received_at.map(|received| local_date(received, words));
            let key = if at == 0 { "entries-path-sent" } else { "entries-path-received" };
            received.map(|date| words.say_with(key, &[("date", date.into())])).unwrap_or_default()
        }
    }
}

fn local_date(at: crate::base::clock::Moment, words: &Words) -> String {
    use chrono::TimeZone;
    words.date(words.zone.from_utc_datetime(&at).date_naive())
}
