//! Covers what a blind round must not say where entrants said it themselves: names of people, collectives and units, phone
//! numbers and e-mail addresses in a title or an answer, typed with marks or without.

use std::cmp::Reverse;

use unicode_normalization::char::decompose_canonical;

const COVER: &str = "▒▒▒";

/// What it covers, in small letters without marks. Of an open round it covers nothing.
#[derive(Debug, Default)]
pub struct Veil {
    is_blind: bool,
    names: Vec<Vec<char>>,
    /// By their first letter, and of one letter the longest first.
    endings: Vec<Ending>,
}

/// A name from one of its words on.
#[derive(Debug, Clone, Copy)]
struct Ending {
    first: char,
    name: usize,
    from: usize,
}

impl Veil {
    /// `makers`: whatever else says whose it is (`judging::views::makers_of`).
    pub fn new(is_blind: bool, authors: &str, makers: &[String], unit_name: &str) -> Self {
        if !is_blind {
            return Self::default();
        }
        let people = authors.split([',', ';', '\n']).map(str::trim).chain(makers.iter().map(String::as_str));
        // Whoever has one short name shares it with ordinary words.
        let people = people.filter(|name| name.contains(' ') || name.chars().count() >= 8);
        let mut names: Vec<Vec<char>> =
            people.chain([unit_name]).map(small_words).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let mut endings: Vec<Ending> =
            names.iter().enumerate().flat_map(|(at, name)| endings(at, name)).collect();
        let length = |ending: &Ending| names.get(ending.name).map_or(0, Vec::len).saturating_sub(ending.from);
        endings.sort_by_key(|ending| (ending.first, Reverse(length(ending))));
        Self { is_blind, names, endings }
    }

    pub fn cover(&self, text: &str) -> String {
        if !self.is_blind {
            return text.to_owned();
        }
        let searched = small(text);
        let mut covered = String::with_capacity(text.len());
        let mut until = 0;
        for (at, letter) in text.chars().enumerate() {
            if at < until {
                continue;
            }
            let begins = !is_letter(at.checked_sub(1).and_then(|before| searched.get(before)));
            if let Some(length) = begins.then(|| self.covered_at(&searched, at)).flatten() {
                covered.push_str(COVER);
                until = at + length;
            } else {
                covered.push(letter);
            }
        }
        covered
    }

    /// How much of the text is to be covered from the word on that begins here.
    fn covered_at(&self, text: &[char], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let first = *rest.first()?;
        let from = self.endings.partition_point(|ending| ending.first < first);
        let endings = self.endings.iter().skip(from).take_while(|ending| ending.first == first);
        let mut names = endings.filter_map(|ending| self.names.get(ending.name)?.get(ending.from..));
        names.find(|name| begins_with(rest, name)).map(<[char]>::len).or_else(|| contact_length(rest))
    }
}

fn is_letter(letter: Option<&char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric())
}

/// As a whole word or words.
fn begins_with(text: &[char], name: &[char]) -> bool {
    text.starts_with(name) && !is_letter(text.get(name.len()))
}

/// How long the phone number or the e-mail address is that the text begins with.
fn contact_length(text: &[char]) -> Option<usize> {
    phone_length(text).or_else(|| email_length(text))
}

/// Nine to eleven digits that begin as numbers do here, with single spaces, dots and dashes between them.
fn phone_length(text: &[char]) -> Option<usize> {
    let mut digits = String::new();
    let mut length = usize::from(text.first() == Some(&'+'));
    let start = length;
    while let Some(letter) = text.get(length) {
        let is_between = " .-".contains(*letter) && text.get(length + 1).is_some_and(char::is_ascii_digit);
        match letter {
            letter if letter.is_ascii_digit() => digits.push(*letter),
            _ if is_between && length > start => {}
            _ => break,
        }
        length += 1;
    }
    let begins = if start == 1 {
        digits.starts_with("84")
    } else {
        digits.starts_with('0') || digits.starts_with("84")
    };
    (begins && (9..=11).contains(&digits.len())).then_some(length)
}

fn email_length(text: &[char]) -> Option<usize> {
    let is_part = |letter: &&char| letter.is_ascii_alphanumeric() || "._%+-".contains(**letter);
    let name = text.iter().take_while(is_part).count();
    if name == 0 || text.get(name) != Some(&'@') {
        return None;
    }
    let domain: Vec<char> = text.get(name + 1..)?.iter().take_while(is_part).copied().collect();
    let length = domain.iter().rposition(char::is_ascii_alphanumeric)? + 1;
    domain.get(..length)?.contains(&'.').then_some(name + 1 + length)
}

/// A name with the words before it left out one by one, down to three words: people write "xã An Hiệp" for
/// "Hội LHPN xã An Hiệp", and "chị Kim Hoa" for "Nguyễn Thị Kim Hoa".
fn endings(name: usize, words: &[char]) -> impl Iterator<Item = Ending> {
    let begin = |at: &usize| at.checked_sub(1).is_none_or(|before| words.get(before) == Some(&' '));
    let begins: Vec<usize> = (0..words.len()).filter(begin).collect();
    let n_left_out = begins.len().saturating_sub(3);
    let begins = begins.into_iter().take(n_left_out + 1);
    begins.filter_map(move |from| Some(Ending { first: *words.get(from)?, name, from }))
}

/// The words of a name with one space between them.
fn small_words(name: &str) -> Vec<char> {
    let mut words: Vec<char> = Vec::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().map(small_letter));
    }
    words
}

/// Letter for letter, so that places in it are places in the text.
fn small(text: &str) -> Vec<char> {
    text.chars().map(small_letter).collect()
}

fn small_letter(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut bare = None;
    decompose_canonical(letter, |part| {
        bare.get_or_insert(part);
    });
    match bare.unwrap_or(letter) {
        'đ' | 'Đ' => 'd',
        letter => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_wherever_they_stand() {
        let makers = ["Lê Văn Tám".to_owned()];
        let veil = Veil::new(true, "Nguyễn Thị Hoa, Lan", &makers, "Hội LHPN xã An Hiệp");
        for (text, covered) in [
            ("Dùng ở Hội LHPN xã An Hiệp.", "Dùng ở ▒▒▒."),
            ("Phụ nữ XÃ AN HIỆP lan tỏa", "Phụ nữ ▒▒▒ lan tỏa"),
            ("xã An Hiệpp", "xã An Hiệpp"),
            ("nguyễn thị hoa và Lê Văn Tám", "▒▒▒ và ▒▒▒"),
            ("phu nu xa an hiep cua Nguyen Thi Hoa", "phu nu ▒▒▒ cua ▒▒▒"),
            ("Gọi 0912 345 678 hay +84 912.345.678.", "Gọi ▒▒▒ hay ▒▒▒."),
            ("Thư: chi.hoa@gmail.com, cảm ơn", "Thư: ▒▒▒, cảm ơn"),
            ("Năm 2024 có 1.234.567 người, 0 đồng, a@b", "Năm 2024 có 1.234.567 người, 0 đồng, a@b"),
            ("", ""),
        ] {
            assert_eq!(veil.cover(text), covered);
        }
        let open = Veil::new(false, "Nguyễn Thị Hoa", &makers, "xã An Hiệp");
        assert_eq!(open.cover("Nguyễn Thị Hoa"), "Nguyễn Thị Hoa");
        assert_eq!(Veil::new(true, "", &[], "").cover("Bài"), "Bài");
    }
}
