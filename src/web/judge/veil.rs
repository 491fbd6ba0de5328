//! Covers what a blind round must not say where entrants said it themselves: their own names and their unit's name in a
//! title or an answer.

const COVER: &str = "▒▒▒";

/// Texts to cover, in small letters, the longest first. Of an open round it covers nothing.
#[derive(Debug, Default)]
pub struct Veil(Vec<Vec<char>>);

impl Veil {
    pub fn new(is_blind: bool, authors: &str, makers: &[String], unit_name: &str) -> Self {
        if !is_blind {
            return Self::default();
        }
        let people = authors.split([',', ';', '\n']).map(str::trim).chain(makers.iter().map(String::as_str));
        // Whoever has one short name shares it with ordinary words.
        let people = people.filter(|name| name.contains(' ') || name.chars().count() >= 8);
        let mut covered: Vec<Vec<char>> = people.map(small).chain(endings(unit_name)).collect();
        covered.sort_by_key(|text| std::cmp::Reverse(text.len()));
        covered.dedup();
        Self(covered)
    }

    pub fn cover(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let (letters, searched): (Vec<char>, Vec<char>) = (text.chars().collect(), small(text));
        let mut covered = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            let found = self.0.iter().find(|name| stands_at(&searched, at, name));
            if let Some(name) = found {
                covered.push_str(COVER);
                at += name.len();
            } else {
                covered.push(*letter);
                at += 1;
            }
        }
        covered
    }
}

/// As a whole word or words.
fn stands_at(text: &[char], at: usize, name: &[char]) -> bool {
    let end = at + name.len();
    let is_edge = |letter: Option<&char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    text.get(at..end) == Some(name)
        && is_edge(at.checked_sub(1).and_then(|before| text.get(before)))
        && is_edge(text.get(end))
}

/// A name with the words before it left out one by one, down to three words: people write "xã An Hiệp" for
/// "Hội LHPN xã An Hiệp".
fn endings(unit_name: &str) -> Vec<Vec<char>> {
    let words: Vec<&str> = unit_name.split_whitespace().collect();
    let shortest = words.len().min(3);
    (0..=words.len() - shortest)
        .filter_map(|from| words.get(from..))
        .map(|words| small(&words.join(" ")))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Letter for letter, so that places in it are places in the text.
fn small(text: &str) -> Vec<char> {
    text.chars().map(|letter| letter.to_lowercase().next().unwrap_or(letter)).collect()
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
            ("", ""),
        ] {
            assert_eq!(veil.cover(text), covered);
        }
        let open = Veil::new(false, "Nguyễn Thị Hoa", &makers, "xã An Hiệp");
        assert_eq!(open.cover("Nguyễn Thị Hoa"), "Nguyễn Thị Hoa");
        assert_eq!(Veil::new(true, "", &[], "").cover("Bài"), "Bài");
    }
}
