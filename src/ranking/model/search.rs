//! The two ratios of variances at which the likelihood of mixed model B is largest.

use super::Ratings;
use super::blup::Problem;
use super::minimum::{minimum, minimum_of_two};
use super::mixed::fit_scores;

/// With more levels in the smaller factor the matrix is not made tridiagonal for every ratio that is tried: the search begins
/// near the bottom, and each of its few steps solves the matrix as it is.
pub const LARGEST_TRIDIAGONAL: usize = 400;

/// Of the bigger factor, then of the smaller.
pub fn best(problem: &Problem, ratings: &Ratings) -> Option<[f64; 2]> {
    if problem.incidence.n_judges() <= LARGEST_TRIDIAGONAL {
        best_of_few(problem)
    } else {
        best_of_many(problem, guess(problem, ratings))
    }
}

fn best_small(problem: &Problem, big: f64) -> Option<(f64, f64)> {
    let at_big = problem.at_big(big);
    minimum(|small| at_big.value(small))
}

/// The ratios of the two variances to the residual one: a minimum of minima.
fn best_of_few(problem: &Problem) -> Option<[f64; 2]> {
    let (big, _) = minimum(|big| Some(best_small(problem, big)?.1))?;
    Some([big, best_small(problem, big)?.0])
}

/// The same from a guess near by, and along the two edges on which one of the variances is zero.
fn best_of_many(problem: &Problem, guess: [f64; 2]) -> Option<[f64; 2]> {
    let inside = minimum_of_two(guess, |[big, small]| problem.at_big(big).value(small));
    let no_big = best_small(problem, 0.0).map(|(small, value)| ([0.0, small], value));
    let no_small = minimum(|big| problem.at_big(big).value(0.0)).map(|(big, value)| ([big, 0.0], value));
    let all = [inside, no_big, no_small].into_iter().flatten();
    all.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(place, _)| place)
}

/// From mixed model A, which differs only in what it assumes of the entries; and by moments, the spread of its scores less
/// their noise.
fn guess(problem: &Problem, ratings: &Ratings) -> [f64; 2] {
    const LEAST: f64 = 1.0 / 64.0;
    let fit = fit_scores(&ratings.incidence, &ratings.scores);
    let residual = fit.sigma2.filter(|sigma2| *sigma2 > 0.0).unwrap_or(1.0);
    let count = fit.scores.len() as f64;
    let mean = fit.scores.iter().sum::<f64>() / count;
    let spread = fit.scores.iter().map(|score| (score - mean) * (score - mean)).sum::<f64>() / count;
    let noise = ratings.incidence.entries().map(|judges| 1.0 / judges.len() as f64).sum::<f64>() / count;
    let entry = (spread / residual - noise).max(LEAST);
    let judge = (fit.tau2.unwrap_or(0.0) / residual).max(LEAST);
    if problem.entries_are_big { [entry, judge] } else { [judge, entry] }
}

#[cfg(test)]
mod tests {
    use super::super::super::standing::Ratio;
    use super::super::{Rating, blup};
    use super::*;

    /// Each entry by a few judges, marks of two random parts and noise.
    fn invented(n_entries: usize, n_judges: usize, each: usize, judge_part: i64) -> Ratings {
        let mut state = 5_u64;
        let mut next = |below: i64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33).cast_signed() % below
        };
        let severities: Vec<i64> = (0..n_judges).map(|_| judge_part * next(20)).collect();
        let mut marks = Vec::new();
        for entry in 0..n_entries {
            let quality = 3 * next(30);
            for step in 0..each {
                let judge = (entry * 11 + step * (n_judges / each) + step * step) % n_judges;
                let mark = 100 + quality + severities[judge] + next(40);
                marks.push(Rating::new(format!("e{entry:04}"), format!("j{judge:03}"), Ratio::whole(mark)));
            }
        }
        Ratings::new(marks)
    }

    #[test]
    fn the_search_for_many_finds_what_the_search_for_few_finds() {
        for (n_entries, n_judges, judge_part) in [(120, 24, 2), (24, 60, 1), (80, 32, 0)] {
            let ratings = invented(n_entries, n_judges, 4, judge_part);
            let problem = Problem::of(&ratings).unwrap();
            let few = problem.answer(best_of_few(&problem).unwrap()).unwrap();
            let many = problem.answer(best_of_many(&problem, guess(&problem, &ratings)).unwrap()).unwrap();
            assert!((few.reml - many.reml).abs() < 1e-7, "{} {}", few.reml, many.reml);
            for (few, many) in
                [(few.entry, many.entry), (few.judge, many.judge), (few.residual, many.residual)]
            {
                assert!((few - many).abs() < 1e-3 * few.max(1.0), "{few} {many}");
            }
        }
    }

    #[test]
    fn both_factors_may_have_many_hundred_levels() {
        let ratings = invented(900, 420, 5, 2);
        assert!(ratings.entries().len() > 400 && ratings.judges().len() > 400);
        let found = blup(&ratings).unwrap();
        // Uniform parts of 0 to 87 by threes, 0 to 38 by twos, 0 to 39: variances (n^2 - 1)/12 times the squared step.
        for (found, truth) in [(found.entry, 674.25), (found.judge, 133.0), (found.residual, 133.25)] {
            assert!((found / truth - 1.0).abs() < 0.15, "{found} is not near {truth}");
        }
        assert_eq!(blup(&ratings), Ok(found));
    }
}
