//! What texts of a contest may be: cleaned, not too long. Each answers with the sentence that stands beside the field.

use super::Slug;
use crate::base::{
    sentence::Sentence,
    text::{clean_line, clean_text},
};

pub const MAX_TITLE: usize = 200;
pub const MAX_SUMMARY: usize = 500;
pub const MAX_RULES: usize = 40_000;
pub const MAX_NAME: usize = 120;
pub const MAX_HELP: usize = 500;
pub const MAX_CONSENT: usize = 5_000;
pub const MAX_REASON: usize = 500;

/// A line that must say something.
pub fn line(text: &str, max: usize) -> Result<String, Sentence> {
    let line = line_or_nothing(text, max)?;
    if line.is_empty() { Err(Sentence::new("contests-error-empty")) } else { Ok(line) }
}

pub fn line_or_nothing(text: &str, max: usize) -> Result<String, Sentence> {
    within(clean_line(text), max)
}

/// Text of several lines that must say something.
pub fn text(text: &str, max: usize) -> Result<String, Sentence> {
    let text = text_or_nothing(text, max)?;
    if text.is_empty() { Err(Sentence::new("contests-error-empty")) } else { Ok(text) }
}

pub fn text_or_nothing(text: &str, max: usize) -> Result<String, Sentence> {
    within(clean_text(text), max)
}

pub fn title(text: &str) -> Result<String, Sentence> {
    line(text, MAX_TITLE)
}

pub fn title_or_nothing(text: &str) -> Result<String, Sentence> {
    line_or_nothing(text, MAX_TITLE)
}

pub fn slug(text: &str) -> Result<Slug, Sentence> {
    // "new" is the address of the page that makes contests.
    Slug::parse(text)
        .filter(|slug| slug.as_str() != "new")
        .ok_or_else(|| Sentence::new("contests-error-slug"))
}

/// A whole number from `min` to `max`.
pub fn within_range(number: i32, min: i32, max: i32) -> Result<i32, Sentence> {
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(Sentence::new("contests-error-range").with("min", min).with("max", max))
    }
}

fn within(text: String, max: usize) -> Result<String, Sentence> {
    let count = text.chars().count();
    if count <= max {
        Ok(text)
    } else {
        Err(Sentence::new("contests-error-too-long").with("max", max).with("count", count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_cleaned_and_neither_empty_nor_too_long() {
        for (text, expected) in [
            ("  Hội   thi\u{202e} ", Ok("Hội thi")),
            ("Hô\u{323}i thi", Ok("Hội thi")),
            ("<b>Hội</b>", Ok("<b>Hội</b>")),
            (" \u{200f} ", Err("contests-error-empty")),
        ] {
            assert_eq!(title(text).as_deref().map_err(|sentence| sentence.key), expected, "{text:?}");
        }
        for (length, fits) in [(MAX_TITLE, true), (MAX_TITLE + 1, false), (10_000, false)] {
            assert_eq!(title(&"ộ".repeat(length)).is_ok(), fits, "{length}");
        }
    }

    #[test]
    fn numbers_stay_within_their_range() {
        for (number, fits) in [(0, false), (1, true), (9, true), (10, false)] {
            assert_eq!(within_range(number, 1, 9).is_ok(), fits, "{number}");
        }
    }
}
