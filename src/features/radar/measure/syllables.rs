//! From a text to its syllables and shingles. Vietnamese is written in syllables, so a shingle is three of them, not
//! some bytes: whoever types without marks, with other marks or in capitals writes the same shingles.

use std::collections::{HashMap, HashSet};

use crate::base::text::fold;

/// Syllables in a shingle. With three, texts on one theme share about 2 % by chance, and one changed syllable spoils three.
pub const SHINGLE: usize = 3;
/// A longer text is compared by its beginning.
const MAX_SYLLABLES: usize = 60_000;

pub type Shingles = HashSet<u64>;

/// A text that can be compared: for each syllable the hash of its folded form, and where it stands in the text (bytes).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub(super) syllables: Vec<u64>,
    pub(super) places: Vec<(usize, usize)>,
}

impl Text {
    pub fn read(text: &str) -> Self {
        let mut read = Self::default();
        let mut start = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            let is_inside =
                letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter);
            match (start, is_inside) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    read.take(text, from, at);
                    start = None;
                }
                _ => {}
            }
            if read.syllables.len() >= MAX_SYLLABLES {
                break;
            }
        }
        read
    }

    fn take(&mut self, text: &str, from: usize, to: usize) {
        let folded = fold(text.get(from..to).unwrap_or_default());
        if !folded.is_empty() {
            self.syllables.push(hash(folded.as_bytes()));
            self.places.push((from, to));
        }
    }

    pub fn len(&self) -> usize {
        self.syllables.len()
    }

    pub fn is_empty(&self) -> bool {
        self.syllables.is_empty()
    }

    /// One hash for each place where a shingle begins: `len() - 2` of them.
    pub(super) fn shingle_list(&self) -> Vec<u64> {
        self.syllables.windows(SHINGLE).map(shingle).collect()
    }

    pub fn shingles(&self) -> Shingles {
        self.syllables.windows(SHINGLE).map(shingle).collect()
    }
}

/// Shingles that stand in many texts of one contest and so say nothing: the words of the form, a template that everyone
/// was given. `texts` is one set of shingles for each entry; common is what at least a tenth of them, and at least six,
/// have (document frequency, as in Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, § 6.2).
pub fn common_shingles<'s>(texts: impl IntoIterator<Item = &'s Shingles>) -> Shingles {
    const MIN_TEXTS: usize = 6;
    let mut counts: HashMap<u64, usize> = HashMap::new();
    let mut n_texts = 0;
    for text in texts {
        n_texts += 1;
        for shingle in text {
            *counts.entry(*shingle).or_default() += 1;
        }
    }
    let bar = MIN_TEXTS.max(n_texts / 10);
    counts.into_iter().filter(|(_, count)| *count >= bar).map(|(shingle, _)| shingle).collect()
}

fn shingle(syllables: &[u64]) -> u64 {
    syllables.iter().fold(0, |hash, syllable| mix(hash.rotate_left(23) ^ syllable))
}

/// FNV-1a (Fowler, Noll, Vo) with a last stirring.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(fnv)
}

/// The last steps of `SplitMix64` (Steele, Lea and Flood 2014): every bit of the input moves every bit of the answer.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_is_the_same_however_it_is_typed() {
        let plain = Text::read("bo ma qr cua phu nu quy dong");
        for typed in [
            "Bộ mã QR của phụ nữ Quý Đông",
            "BỘ MÃ QR, CỦA PHỤ NỮ (QUÝ ĐÔNG)!",
            "Bo\u{302}\u{323} ma\u{303} qr cu\u{309}a phu\u{323} nu\u{31b}\u{303} qui\u{301} d\u{323}ong",
        ] {
            assert_eq!(Text::read(typed).syllables, plain.syllables, "{typed}");
        }
        assert_eq!((plain.len(), plain.shingles().len()), (8, 6));
        for (nothing, n) in [("", 0), ("– … !", 0), ("một", 1), ("một hai", 2)] {
            let text = Text::read(nothing);
            assert_eq!((text.len(), text.shingles().len()), (n, 0), "{nothing:?}");
        }
    }

    #[test]
    fn places_lead_back_into_the_text() {
        let text = "Chị  Hoa: sổ tay.";
        let words: Vec<&str> =
            Text::read(text).places.iter().map(|(from, to)| text.get(*from..*to).unwrap()).collect();
        assert_eq!(words, ["Chị", "Hoa", "sổ", "tay"]);
    }

    #[test]
    fn what_many_texts_say_is_common() {
        let with = |own: &str| Text::read(&format!("mẫu chung của cả huyện {own}")).shingles();
        let texts: Vec<Shingles> = (0..8).map(|n| with(&format!("bài riêng số {n} thôi"))).collect();
        let common = common_shingles(&texts);
        assert!(Text::read("mẫu chung của cả huyện").shingles().is_subset(&common));
        assert!(!common.contains(Text::read("riêng số 3").shingles().iter().next().unwrap()));
        assert!(common_shingles(texts.iter().take(5)).is_empty(), "five are few");
    }
}
