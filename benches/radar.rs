//! The radar over 10,000 made-up entries, beside comparing all with all in the same run: how long, and what is found. Every
//! fiftieth text is a copy of another with words changed, all share a template; every hundredth picture is a changed one.
#![expect(clippy::cast_precision_loss, reason = "counts are small")]

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use hoithi::features::radar::measure::{
    Index, MAX_DISTANCE, PictureHash, Shingles, Text, asked_keys, common_shingles, compare, kept_keys,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

const N: usize = 10_000;
/// Against this many all others are compared; the whole is `N / SAMPLE` times as much.
const SAMPLE: usize = 100;

fn main() {
    println!("{:<62} {:>12}", format!("{N} entries, one thread"), "clock");
    texts();
    pictures();
}

fn line(what: &str, took: Duration) {
    println!("{what:<62} {:>9.2} s", took.as_secs_f64());
}

fn texts() {
    let (texts, planted) = made_up_texts();
    let began = Instant::now();
    let read: Vec<Text> = texts.iter().map(|text| Text::read(text)).collect();
    let sample: Vec<Shingles> = read.iter().take(300).map(Text::shingles).collect();
    let common = common_shingles(&sample);
    let mut index = Index::default();
    for (at, text) in read.iter().enumerate() {
        index.keep(at, &kept_keys(text, &common));
    }
    let fingerprinted = began.elapsed();
    let began = Instant::now();
    let (mut n_candidates, mut found) = (0, HashSet::new());
    for (at, text) in read.iter().enumerate() {
        for other in index.ask(&asked_keys(text, &common)).into_iter().filter(|other| *other > at) {
            n_candidates += 1;
            if read.get(other).is_some_and(|other| compare(text, other, &common).is_near()) {
                found.insert((at, other));
            }
        }
    }
    let matched = began.elapsed();
    line("texts: read, folded, shingled, keyed", fingerprinted);
    line(&format!("texts: {n_candidates} candidates, {} pairs", found.len()), matched);
    let began = Instant::now();
    let sets: Vec<Shingles> = read.iter().map(|text| &text.shingles() - &common).collect();
    let (mut n_near, mut missed) = (0, 0);
    for (at, own) in sets.iter().take(SAMPLE).enumerate() {
        for (other, set) in sets.iter().enumerate().filter(|(other, _)| *other != at) {
            let n_shared = own.intersection(set).count();
            if n_shared >= 20 && n_shared as f64 >= 0.35 * own.len().min(set.len()) as f64 {
                n_near += 1;
                missed += usize::from(!found.contains(&(at.min(other), at.max(other))));
            }
        }
    }
    let all = began.elapsed().mul_f64(N as f64 / SAMPLE as f64 / 2.0);
    line(&format!("texts: all with all, from {SAMPLE} of them (extrapolated)"), all);
    let n_planted = planted.iter().filter(|pair| found.contains(pair)).count();
    println!(
        "  {:.0} times faster; {n_planted} of {} planted copies found; of {n_near} pairs by brute force {missed} missed; {} found that were not planted",
        all.as_secs_f64() / (fingerprinted + matched).as_secs_f64(),
        planted.len(),
        found.iter().filter(|pair| !planted.contains(pair)).count(),
    );
}

fn pictures() {
    let mut random = StdRng::seed_from_u64(7);
    let mut hashes: Vec<PictureHash> = Vec::new();
    let mut planted = HashSet::new();
    for at in 0..N {
        let mut hash = PictureHash(std::array::from_fn(|_| std::array::from_fn(|_| random.random())));
        if at % 100 == 99 {
            // As many bits as a crop and a recompression turn.
            let of = random.random_range(0..at);
            hash = hashes[of];
            for _ in 0..24 {
                let (view, bit) = (random.random_range(0..3), random.random_range(0..256_usize));
                hash.0[view][bit / 8] ^= 1 << (bit % 8);
            }
            planted.insert((of, at));
        }
        hashes.push(hash);
    }
    let began = Instant::now();
    let mut index = Index::default();
    for (at, hash) in hashes.iter().enumerate() {
        index.keep(at, &hash.kept_keys());
    }
    let mut found = HashSet::new();
    for (at, hash) in hashes.iter().enumerate() {
        for other in index.ask(&hash.asked_keys()).into_iter().filter(|other| *other > at) {
            if hash.distance(&hashes[other]) <= MAX_DISTANCE {
                found.insert((at, other));
            }
        }
    }
    let matched = began.elapsed();
    line(&format!("pictures: keyed and matched, {} pairs", found.len()), matched);
    let began = Instant::now();
    for hash in hashes.iter().take(SAMPLE) {
        black_box(hashes.iter().filter(|other| hash.distance(other) <= MAX_DISTANCE).count());
    }
    let all = began.elapsed().mul_f64(N as f64 / SAMPLE as f64 / 2.0);
    line(&format!("pictures: all with all, from {SAMPLE} of them (extrapolated)"), all);
    println!(
        "  {:.1} times faster; {} of {} planted copies found",
        all.as_secs_f64() / matched.as_secs_f64(),
        planted.intersection(&found).count(),
        planted.len()
    );
}

/// Texts of 150 to 450 syllables, the frequent ones far more frequent, behind a template of 60.
fn made_up_texts() -> (Vec<String>, HashSet<(usize, usize)>) {
    let mut random = StdRng::seed_from_u64(1);
    let syllables: Vec<String> = [
        "b", "c", "ch", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "t", "th", "tr", "v", "x",
    ]
    .iter()
    .flat_map(|first| {
        ["a", "an", "ang", "anh", "ao", "e", "em", "iên", "ông", "ơn", "ươ", "ui"]
            .map(|rest| format!("{first}{rest}"))
    })
    .collect();
    let word = |random: &mut StdRng| {
        // The smaller of two: some syllables are far more common than others.
        let at = random.random_range(0..syllables.len()).min(random.random_range(0..syllables.len()));
        syllables[at].clone()
    };
    let template: Vec<String> = (0..60).map(|_| word(&mut random)).collect();
    let mut bodies: Vec<Vec<String>> = Vec::new();
    let mut planted = HashSet::new();
    for at in 0..N {
        let length = random.random_range(150..450);
        let mut body: Vec<String> = (0..length).map(|_| word(&mut random)).collect();
        if at % 50 == 49 {
            let of = random.random_range(0..at);
            body.clone_from(&bodies[of]);
            for _ in 0..body.len() / 20 {
                let place = random.random_range(0..body.len());
                body[place] = word(&mut random);
            }
            planted.insert((of, at));
        }
        bodies.push(body);
    }
    let texts = bodies.iter().map(|body| format!("{} {}", template.join(" "), body.join(" ")));
    (texts.collect(), planted)
}
