//! `MinHash` signatures of passages, cut into bands (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
//! 2014, § 3.3 and 3.4). Two sets with Jaccard similarity s have an equal minimum with probability s, so they share one of
//! b bands of r minima with probability 1 - (1 - s^r)^b: for b = 20 and r = 4 that is 0.002 at s = 0.1, 0.73 at 0.5,
//! 0.99 at 0.7.
//!
//! A whole text is cut into passages, because whoever copies one page of twenty leaves both texts unlike as a whole. What is
//! kept has passages side by side; what asks has them overlapping by three quarters. A copied run of two passages' length
//! holds a kept passage whole, and the asking passage nearest to it is at most an eighth out of step: Jaccard 0.78.

use std::collections::BTreeSet;

use super::syllables::{SHINGLE, Shingles, Text, mix};

const BANDS: usize = 20;
const ROWS: usize = 4;
/// Syllables in a passage.
const PASSAGE: usize = 120;
const STEP: usize = PASSAGE / 4;
/// A passage with fewer shingles of its own is too short to say anything.
const MIN_SHINGLES: usize = 12;

/// The keys under which a text is found again: at most 20 for each 120 syllables, in order.
pub fn kept_keys(text: &Text, common: &Shingles) -> Vec<i64> {
    keys(text, common, PASSAGE)
}

/// The keys by which a text looks for others: about four times as many.
pub fn asked_keys(text: &Text, common: &Shingles) -> Vec<i64> {
    keys(text, common, STEP)
}

fn keys(text: &Text, common: &Shingles, step: usize) -> Vec<i64> {
    let shingles = text.shingle_list();
    let mut keys = BTreeSet::new();
    for start in starts(shingles.len(), step) {
        let end = shingles.len().min(start + PASSAGE - SHINGLE + 1);
        let own: BTreeSet<u64> = shingles
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .filter(|shingle| !common.contains(shingle))
            .copied()
            .collect();
        if own.len() >= MIN_SHINGLES {
            keys.extend(bands(&own));
        }
    }
    keys.into_iter().collect()
}

/// Where passages begin; the last one ends with the text.
fn starts(n_shingles: usize, step: usize) -> Vec<usize> {
    let last = n_shingles.saturating_sub(PASSAGE - SHINGLE + 1);
    let mut starts: Vec<usize> = (0..last).step_by(step).collect();
    starts.push(last);
    starts
}

fn bands(shingles: &BTreeSet<u64>) -> Vec<i64> {
    let mut minima = [u64::MAX; BANDS * ROWS];
    for shingle in shingles {
        let mut factor = 0x9e37_79b9_7f4a_7c15_u64;
        for minimum in &mut minima {
            // Multiply-shift hashing (Dietzfelbinger et al. 1997) with an odd factor for each row.
            factor = factor.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(0x2545_f491_4f6c_dd1c) | 1;
            *minimum = (*minimum).min(shingle.wrapping_mul(factor) >> 16);
        }
    }
    let band =
        |(band, rows): (u64, &[u64])| rows.iter().fold(mix(band), |key, row| mix(key ^ row)).cast_signed();
    (1..).zip(minima.chunks(ROWS)).map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("tiếng{n}")).collect::<Vec<_>>().join(" ")
    }

    fn share_a_key(a: &str, b: &str) -> bool {
        let none = Shingles::new();
        let kept = kept_keys(&Text::read(a), &none);
        asked_keys(&Text::read(b), &none).iter().any(|key| kept.contains(key))
    }

    #[test]
    fn what_is_copied_is_found_and_what_is_not_is_not() {
        let whole = words(0, 400);
        let changed: Vec<String> =
            (0..400).map(|n| format!("tiếng{}", if n % 25 == 3 { n + 9_000 } else { n })).collect();
        for (what, a, b, expected) in [
            ("the same", whole.clone(), whole.clone(), true),
            ("every 25th syllable changed", whole.clone(), changed.join(" "), true),
            (
                "a page within twenty",
                words(0, 5_000),
                format!("{} {} {}", words(9_000, 9_500), words(2_013, 2_273), words(9_500, 9_900)),
                true,
            ),
            ("a page taken out of twenty", words(2_013, 2_273), words(0, 5_000), true),
            ("nothing in common", words(0, 400), words(1_000, 1_400), false),
            ("too short", words(0, 10), words(0, 10), false),
            ("nothing", String::new(), String::new(), false),
        ] {
            assert_eq!(share_a_key(&a, &b), expected, "{what}");
        }
    }

    #[test]
    fn a_template_that_everyone_has_gives_no_keys() {
        let template = Text::read(&words(0, 300));
        assert!(kept_keys(&template, &template.shingles()).is_empty());
        assert_eq!(kept_keys(&template, &Shingles::new()).len(), 3 * BANDS);
    }

    #[test]
    fn unlike_passages_meet_by_chance_as_seldom_as_the_formula_says() {
        // A tenth of the shingles in common: 0.002 for each pair.
        let n_found = (0..300)
            .filter(|n| {
                let own = 1_000 * (n + 1);
                let a = format!("{} {}", words(0, 24), words(own, own + 96));
                let b = format!("{} {}", words(0, 24), words(own + 300, own + 396));
                share_a_key(&a, &b)
            })
            .count();
        assert!(n_found <= 5, "{n_found} of 300");
    }
}
