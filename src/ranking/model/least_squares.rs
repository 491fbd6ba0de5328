//! `y_ij = theta_i + b_j + e_ij` by least squares: the full correction. Entries are eliminated: `M b = r`.

use std::sync::Arc;

use super::super::design::Components;
use super::super::linear::{Cholesky, Symmetric};
use super::fit::{Fit, notes_on_design};
use super::operator::{Operator, center};
use super::sums::Sums;
use super::uncertainty::JudgeNoise;
use super::{Note, Ratings, Uncertainty};

/// More judges are solved for by conjugate gradients.
const LARGEST_DENSE: usize = 300;
/// More judges get no standard errors: the inverse would not fit into memory.
const LARGEST_INVERSE: usize = 8_000;

/// In each part of the panel the generosities add up to zero, every judge counting once, so that a score is what the average
/// judge of that part would have given.
pub fn least_squares(ratings: &Ratings) -> Fit {
    solve(ratings, false)
}

/// With the covariances of everything.
pub fn least_squares_with_errors(ratings: &Ratings) -> Fit {
    solve(ratings, true)
}

fn solve(ratings: &Ratings, with_errors: bool) -> Fit {
    let incidence = &ratings.incidence;
    let sums = Sums::of(incidence, &ratings.scores);
    let components = Components::of(incidence);
    let mut fit = Fit::raw(sums.means.clone(), incidence.n_judges(), components.count);
    fit.notes = notes_on_design(ratings, &components);
    if ratings.is_empty() {
        fit.notes.push(Note::Empty);
        return fit;
    }
    let factor = (with_errors && incidence.n_judges() <= LARGEST_INVERSE
        || incidence.n_judges() <= LARGEST_DENSE)
        .then(|| Cholesky::of(&grounded(incidence.laplacian(), &components)))
        .flatten();
    let generosity = match &factor {
        Some(factor) => {
            let mut solution = factor.solve(&sums.residuals);
            center(&mut solution, &components);
            Some(solution)
        }
        None => Operator::new(incidence).solve(&sums.residuals, 0.0, None, Some(&components)),
    };
    let Some(generosity) = generosity else {
        fit.notes.push(Note::NotSolved);
        return fit;
    };
    fit.scores = sums.corrected(incidence, &generosity);
    fit.generosity = generosity;
    let freedom =
        (ratings.len() + components.count).checked_sub(incidence.n_entries() + incidence.n_judges());
    match freedom {
        None | Some(0) => fit.notes.push(Note::NoDegreesOfFreedom),
        Some(freedom) => {
            let squares = squares_left(ratings, &fit);
            if squares <= 1e-13 * sums.within {
                fit.sigma2 = Some(0.0);
                fit.notes.push(if sums.within == 0.0 { Note::NoVariation } else { Note::PerfectFit });
                return fit;
            }
            let sigma2 = squares / freedom as f64;
            fit.sigma2 = Some(sigma2);
            if let (Some(factor), true) = (factor, with_errors) {
                let covariance = pseudo_inverse(&factor, &components);
                let variances = (0..covariance.size()).map(|judge| sigma2 * covariance[(judge, judge)]);
                fit.judge_variances = Some(variances.collect());
                let noise =
                    JudgeNoise::Joint { covariance, factor: Arc::new(factor), centered: Some(components) };
                fit.uncertainty = Some(Uncertainty { sigma2, incidence: incidence.clone(), noise });
            }
        }
    }
    fit
}

fn squares_left(ratings: &Ratings, fit: &Fit) -> f64 {
    let mut squares = 0.0;
    for (entry, theta) in fit.scores.iter().enumerate() {
        for (score, judge) in ratings.scores_of(entry).iter().zip(ratings.incidence.of(entry)) {
            squares += (score - theta - fit.generosity[*judge as usize]).powi(2);
        }
    }
    squares
}

/// `M + 1 1'/|c|` inside every component: its null vectors get the eigenvalue one.
fn grounded(mut laplacian: Symmetric, components: &Components) -> Symmetric {
    add_projector(&mut laplacian, components, 1.0);
    laplacian
}

fn pseudo_inverse(factor: &Cholesky, components: &Components) -> Symmetric {
    let mut inverse = factor.inverse();
    add_projector(&mut inverse, components, -1.0);
    inverse
}

fn add_projector(matrix: &mut Symmetric, components: &Components, sign: f64) {
    let sizes = components.sizes_in_judges();
    for (judge, component) in components.of_judge.iter().enumerate() {
        let share = sign / f64::from(sizes[*component as usize]);
        for (value, other) in matrix.row_mut(judge).iter_mut().zip(&components.of_judge) {
            if other == component {
                *value += share;
            }
        }
    }
}
