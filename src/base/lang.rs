//! The languages, their words (Fluent, built into the program), and how each writes dates and numbers.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid, static_loader};

use super::clock::Moment;

crate::text_enum! {
    pub enum Lang { Vi = "vi", En = "en" }
}

static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "vi",
        // Marks of direction around each argument would stand in the HTML and break search in the page.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// Texts without values, as they were said first.
type Said = LazyLock<RwLock<HashMap<String, String>>>;
static SAID_VI: Said = LazyLock::new(RwLock::default);
static SAID_EN: Said = LazyLock::new(RwLock::default);

/// The arguments of a text, as Fluent takes them.
pub type Values<'v> = HashMap<Cow<'static, str>, FluentValue<'v>>;

/// An argument of a text: a number keeps its plural.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Text(String),
    Number(i64),
    /// Itself a text to be said in the reader's language.
    Key(&'static str),
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Stands for an argument that comes later; no text has it.
const GAP: &str = "\u{fffc}";

/// A text with an argument that comes later, as the pieces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gapped(Vec<String>);

impl Gapped {
    pub fn fill(&self, argument: &str) -> String {
        self.0.join(argument)
    }
}

macro_rules! number_args {
    ($($number:ty),+) => { $( impl From<$number> for Arg {
        fn from(number: $number) -> Self {
            Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
        }
    } )+ };
}
number_args!(i32, i64, u32, u64, usize);

impl Lang {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }

    /// Whether this language has the text itself, without falling back.
    pub fn knows(self, key: &str) -> bool {
        WORDS.lookup_single_language::<&str>(self.id(), key, None).is_ok()
    }

    /// A text without values is put together once: Fluent takes ten times as long as a copy.
    pub fn say(self, key: &str) -> String {
        let said = match self {
            Self::Vi => &SAID_VI,
            Self::En => &SAID_EN,
        };
        if let Some(text) = said.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return text.clone();
        }
        let text = self.look_up(key, None);
        // What no file of words names would be kept for ever under any name.
        if self.knows(key) {
            said.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), text.clone());
        }
        text
    }

    pub fn say_with(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        if args.is_empty() {
            return self.say(key);
        }
        let values: Values<'_> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Key(key) => FluentValue::from(self.say(key)),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        self.say_values(key, &values)
    }

    /// For lists that say the same of every row: put together once, with a gap for the argument. Not for one on which the words
    /// depend, as a number's plural.
    pub fn say_with_gap(self, key: &str, gap: &'static str) -> Gapped {
        let said = self.say_with(key, &[(gap, GAP.into())]);
        Gapped(said.split(GAP).map(str::to_owned).collect())
    }

    /// For templates, whose arguments are known only when they run.
    pub fn say_values(self, key: &str, values: &Values<'_>) -> String {
        if values.is_empty() { self.say(key) } else { self.look_up(key, Some(values)) }
    }

    /// Asks the language itself first: the loader's own look-up compares all languages anew for each text, which costs
    /// more than the text.
    fn look_up(self, key: &str, values: Option<&Values<'_>>) -> String {
        let found = WORDS.lookup_single_language(self.id(), key, values);
        found.unwrap_or_else(|_| WORDS.lookup_complete(self.id(), key, values))
    }

    /// `1.234` in Vietnamese, `1,234` in English.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mark = if self == Self::Vi { '.' } else { ',' };
        let mut written = String::new();
        if number < 0 {
            written.push('-');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                written.push(mark);
            }
            written.push(digit);
        }
        written
    }

    /// A number with a fixed count of decimals, for scores that were rounded for display.
    pub fn decimal(self, number: f64, places: usize) -> String {
        let written = format!("{number:.places$}");
        if self == Self::Vi { written.replace('.', ",") } else { written }
    }

    /// `18/05/2024` in both languages: the users' own order, never the American one.
    pub fn date(self, date: NaiveDate) -> String {
        let mut written = String::with_capacity(10);
        push_two(&mut written, date.day());
        written.push('/');
        push_two(&mut written, date.month());
        written.push('/');
        written.push_str(&date.year().to_string());
        written
    }

    /// `09:05 ngày 18/05/2024`, in the organisation's time zone.
    pub fn date_time(self, at: Moment, zone: Tz) -> String {
        let local = zone.from_utc_datetime(&at).naive_local();
        let mut written = clock(local);
        written.push_str(match self {
            Self::Vi => " ngày ",
            Self::En => " on ",
        });
        written.push_str(&self.date(local.date()));
        written
    }

    /// `09:41`, in the organisation's time zone.
    pub fn clock_time(self, at: Moment, zone: Tz) -> String {
        clock(zone.from_utc_datetime(&at).naive_local())
    }

    /// `12,5 MB`.
    pub fn bytes(self, count: i64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a size for people")]
        let size = count as f64;
        match count {
            ..1_000 => format!("{count} B"),
            1_000..1_000_000 => format!("{} kB", self.decimal(size / 1e3, 0)),
            1_000_000..1_000_000_000 => format!("{} MB", self.decimal(size / 1e6, 1)),
            _ => format!("{} GB", self.decimal(size / 1e9, 2)),
        }
    }

    /// How far a moment lies ahead or behind, as people say it: "còn 4 ngày".
    pub fn distance(self, at: Moment, now: Moment) -> String {
        let (ahead, span) = if at >= now { (true, at - now) } else { (false, now - at) };
        let (unit, count) = if span >= Duration::days(2) {
            ("days", span.num_days())
        } else if span >= Duration::hours(2) {
            ("hours", span.num_hours())
        } else {
            ("minutes", span.num_minutes().max(1))
        };
        let key = format!("base-{}-{unit}", if ahead { "left" } else { "ago" });
        self.say_with(&key, &[("n", Arg::Number(count))])
    }
}

/// Two digits. Lists show hundreds of dates, and a format with padding costs ten times as much.
fn push_two(written: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        written.extend(char::from_digit(digit, 10));
    }
}

fn clock(local: NaiveDateTime) -> String {
    let mut written = String::with_capacity(32);
    push_two(&mut written, local.hour());
    written.push(':');
    push_two(&mut written, local.minute());
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_filled_as_the_argument_would_be_said() {
        for lang in [Lang::Vi, Lang::En] {
            for (key, gap) in
                [("judge-mark-max", "max"), ("judge-note-of", "criterion"), ("renditions-page", "n")]
            {
                for text in ["7", "", "Sáng tạo & “mới”"] {
                    let said = lang.say_with(key, &[(gap, text.into())]);
                    assert_eq!(lang.say_with_gap(key, gap).fill(text), said);
                }
            }
        }
    }

    #[test]
    fn a_text_is_said_the_same_every_time_and_by_each_language_in_its_own_words() {
        for key in ["shell-brand", "nav-judge", "no-text-has-this-name"] {
            for lang in [Lang::Vi, Lang::En] {
                assert_eq!(lang.say(key), lang.look_up(key, None));
                assert_eq!(lang.say(key), lang.say(key));
            }
        }
        assert_ne!(Lang::Vi.say("nav-judge"), Lang::En.say("nav-judge"));
    }
}
