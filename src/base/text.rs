//! Text as people type it: cleaned, folded for search, sorted as Vietnamese does.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One line of text as it is stored: NFC, no control or direction-changing characters, single spaces, no edges.
pub fn clean_line(text: &str) -> String {
    let kept: String =
        text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| is_printable(*c)).collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text of several lines as it is stored: like [`clean_line`], but line breaks stay.
pub fn clean_text(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.nfc().filter(|c| *c == '\n' || *c == '\t' || is_printable(*c)).collect();
    kept.trim().to_owned()
}

/// Controls and the marks that change the direction of text could hide what a title really says.
fn is_printable(c: char) -> bool {
    let changes_direction =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}');
    !c.is_control() && !changes_direction && c != '\u{feff}'
}

/// What stands for itself in a part of an address.
const PLAIN_IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name as one part of an address, whatever letters it has.
pub fn path_part(name: &str) -> String {
    utf8_percent_encode(name, PLAIN_IN_PATHS).to_string()
}

/// "A, B, …": the first of what may be many, for a sentence.
pub fn first_named(names: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = if names.len() > most { ", …" } else { "" };
    format!("{}{more}", names.take(most).collect::<Vec<_>>().join(", "))
}

/// Text for search: lower case without marks, đ as d, y as i (Quy and Qui are one name).
pub fn fold(text: &str) -> String {
    let bare = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let letters = bare.map(|c| match c {
        'đ' => 'd',
        'y' => 'i',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    });
    let folded: String = letters.collect();
    folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A `LIKE` pattern that finds the folded words anywhere. Folding leaves no `%`, `_` or `\`.
pub fn like_pattern(text: &str) -> String {
    format!("%{}%", fold(text))
}

/// The web-safe name for a title: `ung-dung-cntt-2024`.
pub fn slug(text: &str) -> String {
    let bare: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let letters: String = bare
        .chars()
        .map(|c| if c == 'đ' { 'd' } else { c })
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    letters.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok());

/// Orders two texts as a Vietnamese dictionary does.
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
}

/// A key whose plain order is the order of [`compare`]: hexadecimal digits, for a database to sort by.
pub fn sort_key(text: &str) -> String {
    let mut key = Vec::new();
    if let Some(collator) = COLLATOR.as_ref() {
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
    }
    super::seal::hex(&key)
}

/// A person's name for sorting by given name first: "Nguyễn Thị An" becomes "An Nguyễn Thị".
pub fn given_name_first(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((family, given)) => format!("{given} {family}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_finds_what_people_type() {
        for (text, folded) in [
            ("Bộ mã QR – Quý Đông", "bo ma qr qui dong"),
            ("  ĐỖ  Thị Ưng ", "do thi ung"),
            ("Bo\u{302}\u{323} ma\u{303}", "bo ma"),
            ("50%_x", "50 x"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_line_has_no_tricks_in_it() {
        assert_eq!(clean_line(" a\u{202e}b\r\n\tc\u{0}  d "), "ab c d");
        assert_eq!(clean_line("Bo\u{302}\u{323}"), "Bộ");
    }

    #[test]
    fn names_sort_as_in_a_vietnamese_dictionary() {
        let mut names = ["Ơn", "Đa", "An", "Ưng", "Âu", "Dũng", "Ăn", "Uyên"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["An", "Ăn", "Âu", "Dũng", "Đa", "Ơn", "Uyên", "Ưng"]);
        assert!(names.is_sorted_by_key(|name| sort_key(name)));
    }

    #[test]
    fn slugs_are_safe_in_addresses() {
        assert_eq!(slug("Ứng dụng CNTT – Đợt 2!"), "ung-dung-cntt-dot-2");
    }
}
