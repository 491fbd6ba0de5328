//! How one visitor reads dates, numbers and labels: their language and the organisation's time zone, together.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::base::{
    clock::Moment,
    lang::{Arg, Gapped, Lang},
    points::Points,
};

#[derive(Debug, Clone, Copy)]
pub struct Words {
    pub lang: Lang,
    pub zone: Tz,
    pub now: Moment,
}

impl Words {
    pub fn say(&self, key: &str) -> String {
        self.lang.say(key)
    }

    pub fn say_with(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.lang.say_with(key, args)
    }

    pub fn say_with_gap(&self, key: &str, gap: &'static str) -> Gapped {
        self.lang.say_with_gap(key, gap)
    }

    pub fn date(&self, date: NaiveDate) -> String {
        self.lang.date(date)
    }

    pub fn date_time(&self, at: Moment) -> String {
        self.lang.date_time(at, self.zone)
    }

    pub fn clock_time(&self, at: Moment) -> String {
        self.lang.clock_time(at, self.zone)
    }

    /// "còn 4 ngày", to stand beside the exact time.
    pub fn distance(&self, at: Moment) -> String {
        self.lang.distance(at, self.now)
    }

    pub fn number(&self, number: i64) -> String {
        self.lang.number(number)
    }

    pub fn points(&self, points: Points) -> String {
        points.written(self.lang)
    }

    pub fn bytes(&self, count: i64) -> String {
        self.lang.bytes(count)
    }

    /// The text in this language, or the Vietnamese one where there is no translation.
    pub fn either<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        if self.lang == Lang::En && !en.is_empty() { en } else { vi }
    }
}
