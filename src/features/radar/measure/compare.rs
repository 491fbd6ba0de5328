//! Two texts side by side, exactly: how much they share and which passages.

use std::collections::HashMap;

use super::syllables::{SHINGLE, Shingles, Text};

/// Shorter runs are phrases that everybody uses.
const MIN_RUN: usize = 8;
/// Runs that are so near to each other are one passage with some words changed.
const MAX_GAP: usize = 4;
const MAX_PASSAGES: usize = 12;
/// Places of one shingle that are looked at; more are repetition.
const MAX_PLACES: usize = 8;

/// How alike two texts are, without what is common to many.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Shingles in both by shingles in either: from 0 to 1 (Jaccard 1901).
    pub jaccard: f64,
    /// Shingles in both by shingles of the shorter: from 0 to 1 (Broder 1997). A copied part of a long text shows here.
    pub containment: f64,
    pub n_shared: usize,
    /// The longest first.
    pub passages: Vec<Passage>,
}

/// Where the same stands in both texts: ranges of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub first: (usize, usize),
    pub second: (usize, usize),
    pub n_syllables: usize,
}

impl Comparison {
    /// Whether a person should look: a third of the shorter text, or a long passage of any text.
    pub fn is_near(&self) -> bool {
        let longest = self.passages.first().map_or(0, |passage| passage.n_syllables);
        (self.n_shared >= 20 && self.containment >= 0.35) || longest >= 60
    }

    /// How sure, from 0 to 100: the share of the shorter text, or of a page (200 syllables) for a passage of a long one.
    pub fn score(&self) -> i32 {
        let longest = self.passages.first().map_or(0, |passage| passage.n_syllables);
        let by_passage = i32::try_from(longest.min(200)).unwrap_or(200) / 2;
        // A share of at most 1, so at most 100.
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
        let by_share = (self.containment * 100.0).round() as i32;
        by_share.max(by_passage)
    }
}

pub fn compare(first: &Text, second: &Text, common: &Shingles) -> Comparison {
    let own = |text: &Text| -> Shingles { text.shingles().difference(common).copied().collect() };
    let (a, b) = (own(first), own(second));
    let n_shared = a.intersection(&b).count();
    if n_shared == 0 {
        return Comparison::default();
    }
    let share = |of: usize| share_of(n_shared, of);
    Comparison {
        jaccard: share(a.len() + b.len() - n_shared),
        containment: share(a.len().min(b.len())),
        n_shared,
        passages: passages(first, second, common),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of shingles are far below 2^52")]
fn share_of(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Greedy tiling (after Wise 1993): from the first text's beginning, the longest run that stands in the second too.
fn passages(first: &Text, second: &Text, common: &Shingles) -> Vec<Passage> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, shingle) in second.shingle_list().into_iter().enumerate() {
        let of = places.entry(shingle).or_default();
        if of.len() < MAX_PLACES {
            of.push(at);
        }
    }
    let shingles = first.shingle_list();
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(shingle) = shingles.get(at) {
        let found = places.get(shingle).into_iter().flatten();
        let longest =
            found.map(|there| (run_length(first, at, second, *there), *there)).max_by_key(|run| run.0);
        match longest {
            Some((length, there)) if length >= MIN_RUN && says_something(&shingles, at, length, common) => {
                add_run(&mut runs, (at, there, length));
                at += length;
            }
            _ => at += 1,
        }
    }
    let mut passages: Vec<Passage> = runs
        .into_iter()
        .filter_map(|(at, there, length)| {
            Some(Passage {
                first: (first.places.get(at)?.0, first.places.get(at + length - 1)?.1),
                second: (
                    second.places.get(there)?.0,
                    second.places.get((there + length - 1).min(second.len() - 1))?.1,
                ),
                n_syllables: length,
            })
        })
        .collect();
    passages.sort_by_key(|passage| (std::cmp::Reverse(passage.n_syllables), passage.first));
    passages.truncate(MAX_PASSAGES);
    passages
}

fn run_length(first: &Text, at: usize, second: &Text, there: usize) -> usize {
    let a = first.syllables.get(at..).unwrap_or_default();
    let b = second.syllables.get(there..).unwrap_or_default();
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// At least half of its shingles are not common to many texts.
fn says_something(shingles: &[u64], at: usize, length: usize, common: &Shingles) -> bool {
    let end = (at + length).saturating_sub(SHINGLE - 1);
    let of_run = shingles.get(at..end).unwrap_or_default();
    of_run.iter().filter(|shingle| !common.contains(shingle)).count() * 2 >= of_run.len()
}

fn add_run(runs: &mut Vec<(usize, usize, usize)>, run: (usize, usize, usize)) {
    if let Some(last) = runs.last_mut() {
        let (gap_here, gap_there) = (run.0.checked_sub(last.0 + last.2), run.1.checked_sub(last.1 + last.2));
        if let (Some(here), Some(there)) = (gap_here, gap_there)
            && here == there
            && here <= MAX_GAP
        {
            last.2 += here + run.2;
            return;
        }
    }
    runs.push(run);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("tiếng{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn shares_are_what_a_hand_calculator_says() {
        let none = Shingles::new();
        let compared = |a: &str, b: &str| compare(&Text::read(a), &Text::read(b), &none);
        // 8 shingles and 8; 4 of them in both (syllables 4 to 9).
        let half = compared(&words(0, 10), &words(4, 14));
        assert_eq!((half.n_shared, half.jaccard, half.containment), (4, 4.0 / 12.0, 0.5));
        assert!(half.passages.is_empty() && !half.is_near(), "six syllables are a phrase");
        // A text of 30 within one of 300.
        let part = compared(&words(100, 130), &words(0, 300));
        assert_eq!((part.n_shared, part.containment, part.score()), (28, 1.0, 100));
        assert!(part.is_near());
        assert_eq!(compared("", &words(0, 9)), Comparison::default());
        assert_eq!(compared(&words(0, 90), &words(200, 290)), Comparison::default());
    }

    #[test]
    fn passages_are_found_with_words_changed_and_other_marks() {
        let first = "Mở đầu riêng. Chị em chi hội dùng sổ tay số để ghi biên bản buổi sinh hoạt hằng tháng.";
        let second = "CHI EM CHI HOI DUNG SO TAY SO de ghi lai noi dung cua buổi sinh hoạt hằng tháng và hết";
        let compared = compare(&Text::read(first), &Text::read(second), &Shingles::new());
        let passage = &compared.passages[0];
        assert_eq!(&first[passage.first.0..passage.first.1], "Chị em chi hội dùng sổ tay số để ghi");
        assert_eq!(&second[passage.second.0..passage.second.1], "CHI EM CHI HOI DUNG SO TAY SO de ghi");
        let changed = words(0, 60).replace("tiếng31 ", "khác ");
        let joined = compare(&Text::read(&words(0, 60)), &Text::read(&changed), &Shingles::new());
        assert_eq!(joined.passages[0].n_syllables, 60, "one word changed is one passage");
        assert!(joined.is_near());
    }

    #[test]
    fn what_is_common_does_not_count() {
        let template = words(0, 200);
        let common = Text::read(&template).shingles();
        let (a, b) = (format!("{template} {}", words(300, 350)), format!("{template} {}", words(400, 450)));
        let compared = compare(&Text::read(&a), &Text::read(&b), &common);
        assert_eq!((compared.n_shared, compared.passages.len(), compared.is_near()), (0, 0, false));
    }
}
