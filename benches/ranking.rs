//! How long a ranking takes, beside a bare loop over the same numbers in the same run, so that machines can be compared.
#![expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "counts are small")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use hoithi::ranking::model::{Fit, Rating, Ratings, least_squares, mixed, places};
use hoithi::ranking::standing::Ratio;

const RUNS: usize = 5;

fn main() {
    let large = a_contest(100_000, 5, 2_000);
    let pool = a_contest(200, 5, 20);
    let fit = mixed(&pool);
    println!("{:<58} {:>10} {:>10} {:>10}", "one thread, median of 5 runs", "processor", "clock", "bar");
    line("bare loop: entry means and residual sums, 500,000 ratings", median(|| bare_loop(&large)), None);
    line("least squares, 500,000 ratings", median(|| least_squares(&large)), Some(40));
    line("mixed model, REML, 100,000 standard errors", median(|| with_errors(&large)), Some(2_000));
    line(
        "place intervals, 200 entries x 5 judges x 2,000 draws",
        median(|| places(&fit, Some(10), 2_000, 1)),
        Some(50),
    );
}

/// What one run took: of the processor, where the system tells, and by the clock. On a machine that is busy with other work
/// only the first says something about the program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Took {
    processor: Duration,
    clock: Duration,
}

fn line(what: &str, took: Took, bar: Option<u64>) {
    let bar = bar.map_or_else(String::new, |bar| format!("{bar} ms"));
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1e3;
    println!(
        "{what:<58} {:>7.1} ms {:>7.1} ms {bar:>10}",
        milliseconds(took.processor),
        milliseconds(took.clock)
    );
}

fn median<T>(work: impl Fn() -> T) -> Took {
    let mut times: Vec<Took> = (0..RUNS)
        .map(|_| {
            let (start, before) = (Instant::now(), processor_time());
            black_box(work());
            let clock = start.elapsed();
            let processor =
                processor_time().zip(before).map_or(clock, |(after, before)| after.saturating_sub(before));
            Took { processor, clock }
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

/// Of this thread: Linux counts nanoseconds.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn with_errors(ratings: &Ratings) -> (Fit, Vec<Option<f64>>) {
    let fit = mixed(ratings);
    let errors = (0..ratings.entries().len()).map(|entry| fit.standard_error(entry)).collect();
    (fit, errors)
}

fn bare_loop(ratings: &Ratings) -> (f64, f64) {
    let (mut sum, mut squares) = (0.0, 0.0);
    for entry in 0..ratings.entries().len() {
        let own = ratings.scores_of(entry);
        let mean = own.iter().sum::<f64>() / own.len() as f64;
        sum += mean;
        squares += own.iter().map(|score| (score - mean).powi(2)).sum::<f64>();
    }
    (sum, squares)
}

/// Every entry is judged by `each` judges drawn at random; judges differ in generosity.
fn a_contest(n_entries: u64, each: usize, n_judges: u64) -> Ratings {
    let mut state = 1_u64;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let generosity: Vec<u64> = (0..n_judges).map(|_| below(2_000)).collect();
    let mut ratings = Vec::new();
    for entry in 0..n_entries {
        let quality = below(4_000);
        let mut judges = BTreeSet::new();
        while judges.len() < each {
            judges.insert(below(n_judges));
        }
        for judge in judges {
            let mark = 3_000 + quality + generosity[judge as usize] + below(2_000);
            let score = Ratio::new(mark.into(), 100).unwrap_or(Ratio::ZERO);
            ratings.push(Rating::new(format!("entry {entry:06}"), format!("judge {judge:04}"), score));
        }
    }
    Ratings::new(ratings)
}
