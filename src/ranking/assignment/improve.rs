//! Random swaps that make the design estimate differences better (A-optimality: a smaller trace of the inverse).

use std::collections::BTreeSet;

use rand::RngExt;
use rand_chacha::ChaCha20Rng;

use super::super::linear::Cholesky;
use super::connect::{Swap, incidence};
use super::costs::Problem;

const MOST_TRIES: usize = 300;
/// A try costs the cube of the number of judges; this many multiplications are spent at most.
const EFFORT: usize = 50_000_000;

pub fn improve(problem: &Problem<'_>, judges_of: &mut [BTreeSet<usize>], random: &mut ChaCha20Rng) {
    let tries = MOST_TRIES.min(EFFORT / problem.judges.len().pow(3).max(1));
    let sheets = |judges_of: &[BTreeSet<usize>]| -> Vec<(usize, usize)> {
        let pairs = judges_of.iter().enumerate();
        pairs.flat_map(|(entry, judges)| judges.iter().map(move |judge| (entry, *judge))).collect()
    };
    let mut pairs = sheets(judges_of);
    if pairs.is_empty() {
        return;
    }
    let Some(mut trace) = trace_of_inverse(judges_of, problem.judges.len()) else { return };
    for _ in 0..tries {
        let (left, right) = (random.random_range(0..pairs.len()), random.random_range(0..pairs.len()));
        let swap = Swap { left: pairs[left], right: pairs[right] };
        if !swap.is_allowed(problem, judges_of) || loses_expertise(problem, swap) {
            continue;
        }
        swap.make(judges_of);
        match trace_of_inverse(judges_of, problem.judges.len()) {
            Some(smaller) if smaller < trace => {
                trace = smaller;
                pairs = sheets(judges_of);
            }
            _ => swap.reversed().make(judges_of),
        }
    }
}

fn loses_expertise(problem: &Problem<'_>, swap: Swap) -> bool {
    let fit = |(entry, judge): (usize, usize)| problem.expertise(entry, judge);
    let new = swap.reversed();
    problem.has_expertise() && fit(new.left) + fit(new.right) < fit(swap.left) + fit(swap.right)
}

/// Of the pseudo-inverse of the Laplacian, plus a constant. `None` when the graph is not connected.
fn trace_of_inverse(judges_of: &[BTreeSet<usize>], n_judges: usize) -> Option<f64> {
    let (incidence, _) = incidence(judges_of, n_judges);
    let trace = Cholesky::of(&incidence.grounded_laplacian())?.inverse().trace();
    (trace.is_finite() && trace < 1e9).then_some(trace)
}
