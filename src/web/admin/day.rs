//! Days as administrators type them, and the moment at which they begin here.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone};

use crate::{
    base::{clock::Moment, sentence::Sentence},
    web::app::App,
};

/// As browsers send it (2025-07-01), or as people write it (01/07/2025).
pub fn date(text: &str) -> Result<NaiveDate, Sentence> {
    let text = text.trim();
    let day = text.parse().or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
    let is_sane = |day: &NaiveDate| (1900..=2200).contains(&day.year());
    day.ok().filter(is_sane).ok_or_else(|| Sentence::new("admin-date-invalid"))
}

/// The first moment of a day in the organisation's time zone.
pub fn begins(day: NaiveDate, app: &App) -> Moment {
    let midnight = day.and_time(NaiveTime::MIN);
    app.zone.from_local_datetime(&midnight).earliest().map_or(midnight, |at| at.naive_utc())
}
