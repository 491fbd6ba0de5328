//! Covers what a blind round must not say where entrants said it themselves: names of people, collectives and units, phone
//! numbers and e-mail addresses in a title or an answer, typed with marks or without.

use unicode_normalization::UnicodeNormalization;

const COVER: &str = "▒▒▒";

/// Texts to cover, in small letters without marks, the longest first. Of an open round it covers nothing.
#[derive(Debug, Default)]
pub struct Veil {
    is_blind: bool,
    names: Vec<Vec<char>>,
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
        let mut names: Vec<Vec<char>> = people.chain([unit_name]).flat_map(endings).collect();
        names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.dedup();
        Self { is_blind, names }
    }

    pub fn cover(&self, text: &str) -> String {
        if !self.is_blind {
            return text.to_owned();
        }
        let (letters, searched): (Vec<char>, Vec<char>) = (text.chars().collect(), small(text));
        let mut covered = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            let begins = !is_letter(at.checked_sub(1).and_then(|before| searched.get(before)));
            let name = || self.names.iter().find(|name| stands_at(&searched, at, name)).map(Vec::len);
            if let Some(length) = begins.then(|| name().or_else(|| contact_at(&searched, at))).flatten() {
                covered.push_str(COVER);
                at += length;
            } else {
                covered.push(*letter);
                at += 1;
            }
        }
        covered
    }
}

fn is_letter(letter: Option<&char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric())
}

/// As a whole word or words, if a word begins here.
fn stands_at(text: &[char], at: usize, name: &[char]) -> bool {
    let end = at + name.len();
    text.get(at..end) == Some(name) && !is_letter(text.get(end))
}

/// How long the phone number or the e-mail address is that begins here.
fn contact_at(text: &[char], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    phone_length(rest).or_else(|| email_length(rest))
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
fn endings(name: &str) -> Vec<Vec<char>> {
    let words: Vec<Vec<char>> = name.split_whitespace().map(small).collect();
    let shortest = words.len().min(3);
    (0..=words.len() - shortest)
        .filter_map(|from| words.get(from..))
        .map(|words| words.join(&' '))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Letter for letter, so that places in it are places in the text.
fn small(text: &str) -> Vec<char> {
    let bare = |letter: char| match letter {
        letter if letter.is_ascii() => letter.to_ascii_lowercase(),
        letter => without_marks(letter),
    };
    text.chars().map(bare).collect()
}

fn without_marks(letter: char) -> char {
    match letter.nfd().next().unwrap_or(letter) {
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
