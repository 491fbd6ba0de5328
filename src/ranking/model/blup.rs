//! Mixed model B: entries random too. For reliability and for selection under unequal numbers of judges; not for a published
//! score, because it pulls entries with few judges to the middle.
//!
//! With `V = I + ge Z_entry Z_entry' + gj Z_judge Z_judge'` in units of the residual variance,
//! `-2 l_R = ln|V| + ln(1'V^-1 1) + (n-1)(1 + ln(2 pi q/(n-1)))`, which is lme4's `REMLcrit` for
//! `score ~ 1 + (1 | entry) + (1 | judge)`. The factor with more levels is eliminated exactly.

use serde::Serialize;

use super::super::design::Incidence;
use super::super::linear::{Cholesky, Symmetric};
use super::search::{self, LARGEST_TRIDIAGONAL};
use super::solver::Solver;
use super::{Note, Ratings};

/// The smaller factor may have so many levels; more would take long.
const MOST_LEVELS: usize = 4_000;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blup {
    /// The variances between entries, between judges, and of the rest.
    pub entry: f64,
    pub judge: f64,
    pub residual: f64,
    pub reml: f64,
    pub grand_mean: f64,
    /// The best linear unbiased prediction of each entry, in the order of [`Ratings::entries`].
    #[serde(skip)]
    pub scores: Vec<f64>,
}

impl Blup {
    /// How much of the variance of one judge's mark is the entry's: without and with calibration.
    pub fn single_judge_reliability(&self) -> Option<(f64, f64)> {
        let all = self.entry + self.judge + self.residual;
        (all > 0.0).then(|| (self.entry / all, self.entry / (self.entry + self.residual)))
    }

    /// `ve/(ve + SE^2)` of an entry's published score.
    pub fn reliability(&self, standard_error: f64) -> f64 {
        self.entry / (self.entry + standard_error * standard_error)
    }
}

/// `Err` says why nothing can be estimated.
pub fn blup(ratings: &Ratings) -> Result<Blup, Note> {
    let problem = Problem::of(ratings)?;
    search::best(&problem, ratings).and_then(|best| problem.answer(best)).ok_or(Note::NotSolved)
}

/// "Big" is the factor with more levels, which is eliminated; "small" the other.
pub(super) struct Problem {
    /// The small levels of every big one.
    pub(super) incidence: Incidence,
    pub(super) entries_are_big: bool,
    /// Of the marks and of ones: sums per big and per small level. The marks are centred, which changes nothing but rounding.
    center: f64,
    squares: f64,
    big_sums: Vec<f64>,
    small_sums: Vec<f64>,
    sum: f64,
}

pub(super) struct AtBig<'p> {
    problem: &'p Problem,
    gamma: f64,
    /// Products a'Wb of ones and marks, and what the small factor explains of them.
    plain: [f64; 3],
    determinant: f64,
    solver: Solver,
}

impl Problem {
    pub(super) fn of(ratings: &Ratings) -> Result<Self, Note> {
        let n = ratings.len();
        if n == 0 {
            return Err(Note::Empty);
        }
        if n == ratings.entries().len() || n == ratings.judges().len() {
            return Err(Note::NothingRepeated);
        }
        let entries_are_big = ratings.entries().len() >= ratings.judges().len();
        if ratings.entries().len().min(ratings.judges().len()) > MOST_LEVELS {
            return Err(Note::TooManyLevels);
        }
        let center = ratings.scores.iter().sum::<f64>() / n as f64;
        let marks: Vec<f64> = ratings.scores.iter().map(|score| score - center).collect();
        let squares: f64 = marks.iter().map(|mark| mark * mark).sum();
        if ratings.exact.iter().all(|score| *score == ratings.exact[0]) {
            return Err(Note::NoVariation);
        }
        let by_entry: Vec<f64> = (0..ratings.entries().len())
            .map(|entry| marks[ratings.incidence.range(entry)].iter().sum())
            .collect();
        let by_judge: Vec<f64> =
            ratings.by_judge().iter().map(|list| list.iter().map(|(_, place)| marks[*place]).sum()).collect();
        let (incidence, big_sums, small_sums) = if entries_are_big {
            (ratings.incidence.clone(), by_entry, by_judge)
        } else {
            (ratings.incidence.turned(), by_judge, by_entry)
        };
        Ok(Self {
            incidence,
            entries_are_big,
            center,
            squares,
            big_sums,
            small_sums,
            sum: marks.iter().sum(),
        })
    }

    fn n(&self) -> f64 {
        self.incidence.len() as f64
    }

    pub(super) fn at_big(&self, gamma: f64) -> AtBig<'_> {
        let (matrix, vectors) = self.reduced(gamma);
        let mut plain = [self.n(), self.sum, self.squares];
        let mut determinant = 0.0;
        if gamma > 0.0 {
            for (levels, sum) in self.incidence.entries().zip(&self.big_sums) {
                let count = levels.len() as f64;
                let weight = 1.0 / (count + 1.0 / gamma);
                plain[0] -= count * count * weight;
                plain[1] -= count * sum * weight;
                plain[2] -= sum * sum * weight;
                determinant += (1.0 + gamma * count).ln();
            }
        }
        let solver = if gamma == 0.0 {
            Solver::diagonal(&matrix, vectors)
        } else if matrix.size() <= LARGEST_TRIDIAGONAL {
            Solver::tridiagonal(matrix, &vectors)
        } else {
            Solver::Whole(matrix, vectors)
        };
        AtBig { problem: self, gamma, plain, determinant, solver }
    }

    /// `K - N'(D + I/gamma)^-1 N` and `Z'W` of ones and of marks.
    fn reduced(&self, gamma: f64) -> (Symmetric, [Vec<f64>; 2]) {
        let mut matrix = Symmetric::zero(self.incidence.n_judges());
        let mut vectors = [vec![0.0; self.incidence.n_judges()], self.small_sums.clone()];
        for (levels, sum) in self.incidence.entries().zip(&self.big_sums) {
            let count = levels.len() as f64;
            let weight = if gamma > 0.0 { 1.0 / (count + 1.0 / gamma) } else { 0.0 };
            for level in levels {
                let level = *level as usize;
                let row = matrix.row_mut(level);
                row[level] += 1.0;
                for other in levels {
                    row[*other as usize] -= weight;
                }
                vectors[0][level] += 1.0 - count * weight;
                vectors[1][level] -= sum * weight;
            }
        }
        (matrix, vectors)
    }

    pub(super) fn answer(&self, [big, small]: [f64; 2]) -> Option<Blup> {
        let at_big = self.at_big(big);
        let (reml, mean, residual) = at_big.criterion(small)?;
        let (big_effects, small_effects) = self.effects(at_big.gamma, small, mean)?;
        let (entry, judge, effects) =
            if self.entries_are_big { (big, small, big_effects) } else { (small, big, small_effects) };
        let grand_mean = self.center + mean;
        Some(Blup {
            entry: entry * residual,
            judge: judge * residual,
            residual,
            reml,
            grand_mean,
            scores: effects.iter().map(|effect| grand_mean + effect).collect(),
        })
    }

    /// What each level adds to the grand mean.
    fn effects(&self, big: f64, small: f64, mean: f64) -> Option<(Vec<f64>, Vec<f64>)> {
        let (mut matrix, [ones, marks]) = self.reduced(big);
        let small_effects = if small > 0.0 {
            matrix.add_to_diagonal(1.0 / small);
            let right: Vec<f64> = marks.iter().zip(&ones).map(|(marks, ones)| marks - mean * ones).collect();
            Cholesky::of(&matrix)?.solve(&right)
        } else {
            vec![0.0; ones.len()]
        };
        let big_effects = self.incidence.entries().zip(&self.big_sums).map(|(levels, sum)| {
            if big == 0.0 {
                return 0.0;
            }
            let count = levels.len() as f64;
            let theirs: f64 = levels.iter().map(|level| small_effects[*level as usize]).sum();
            (sum - mean * count - theirs) / (count + 1.0 / big)
        });
        Some((big_effects.collect(), small_effects))
    }
}

impl AtBig<'_> {
    pub(super) fn value(&self, small: f64) -> Option<f64> {
        self.criterion(small).map(|(value, _, _)| value)
    }

    /// The criterion, the (centred) grand mean and the residual variance.
    fn criterion(&self, small: f64) -> Option<(f64, f64, f64)> {
        let (mut determinant, mut products) = (self.determinant, self.plain);
        if small > 0.0 {
            let (inner, explained) = self.solver.products(1.0 / small)?;
            determinant += inner + self.problem.incidence.n_judges() as f64 * small.ln();
            products.iter_mut().zip(explained).for_each(|(product, explained)| *product -= explained);
        }
        let [ones, cross, squares] = products;
        if ones <= 0.0 {
            return None;
        }
        let mean = cross / ones;
        let rest = squares - mean * cross;
        let freedom = self.problem.n() - 1.0;
        if rest <= 1e-13 * self.problem.squares {
            return None;
        }
        let likelihood = freedom * (1.0 + (2.0 * std::f64::consts::PI * rest / freedom).ln());
        Some((determinant + ones.ln() + likelihood, mean, rest / freedom))
    }
}
