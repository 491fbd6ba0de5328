//! Mixed model A, the recommended calibration: entries fixed, judges random, `(M + I/gamma) b = r`. In one sentence: the
//! entry's mean minus the average generosity of the judges it happened to get.

use std::sync::Arc;

use super::super::design::{Components, Incidence};
use super::super::linear::{Cholesky, Shifted, Symmetric, Tridiagonal};
use super::fit::{Fit, notes_on_design};
use super::large::{LARGEST_TRIDIAGONAL, best_gamma_of_many};
use super::reml::{Gamma, Likelihood, best_gamma};
use super::sums::Sums;
use super::uncertainty::JudgeNoise;
use super::{Note, Ratings, Uncertainty};

/// With fewer judges their variance is not estimated but assumed.
const FEWEST_JUDGES: usize = 5;
const ASSUMED_GAMMA: f64 = 0.25;

/// Calibrated scores with their errors.
pub fn mixed(ratings: &Ratings) -> Fit {
    let components = Components::of(&ratings.incidence);
    let mut fit = fit_scores(&ratings.incidence, &ratings.scores);
    let mut notes = notes_on_design(ratings, &components);
    notes.append(&mut fit.notes);
    fit.notes = notes;
    fit
}

/// Raw means. Their errors are those of the mixed model: the noise of the marks and the whole luck of the judges met.
pub fn mean(ratings: &Ratings) -> Fit {
    let mut fit = mixed(ratings);
    fit.notes.retain(|note| !matches!(note, Note::JudgesAlike));
    fit.scores.clone_from(&fit.means);
    fit.uncertainty = fit.uncertainty.map(|uncertainty| {
        let ratio = fit.tau2.unwrap_or(0.0) / uncertainty.sigma2;
        Uncertainty { noise: JudgeNoise::Independent(ratio), ..uncertainty }
    });
    fit
}

/// The model on any scores, in the incidence's order.
pub(super) fn fit_scores(incidence: &Incidence, scores: &[f64]) -> Fit {
    let sums = Sums::of(incidence, scores);
    let mut fit = Fit::raw(sums.means.clone(), incidence.n_judges(), Components::of(incidence).count);
    if let Some(note) = why_not(incidence, &sums) {
        fit.notes.push(note);
        return fit;
    }
    let likelihood = Likelihood {
        nu: (incidence.len() - incidence.n_entries()) as f64,
        within: sums.within,
        n_judges: incidence.n_judges() as f64,
        sum_of_log_counts: incidence.entries().map(|judges| (judges.len() as f64).ln()).sum(),
    };
    let n_judges = incidence.n_judges();
    let gamma = if n_judges < FEWEST_JUDGES {
        fit.notes.push(Note::FewJudges(n_judges));
        Gamma::Inside(ASSUMED_GAMMA)
    } else if incidence.len() + fit.components == incidence.n_entries() + n_judges {
        // Entries and judges alone can explain every mark, so the likelihood is flat towards full correction.
        fit.notes.push(Note::NotSeparable);
        Gamma::Inside(ASSUMED_GAMMA)
    } else if n_judges <= LARGEST_TRIDIAGONAL {
        best_gamma(&likelihood, &Tridiagonal::of(incidence.laplacian(), &[&sums.residuals]))
    } else {
        let (gamma, solved) = best_gamma_of_many(&likelihood, incidence, &sums);
        return finish(fit, gamma, solved, &likelihood, incidence, &sums);
    };
    finish(fit, gamma, None, &likelihood, incidence, &sums)
}

fn why_not(incidence: &Incidence, sums: &Sums) -> Option<Note> {
    if incidence.len() == 0 {
        Some(Note::Empty)
    } else if incidence.len() == incidence.n_entries() {
        Some(Note::NothingRepeated)
    } else if sums.within == 0.0 {
        Some(Note::NoVariation)
    } else {
        None
    }
}

fn finish(
    mut fit: Fit,
    gamma: Gamma,
    solved: Option<(Cholesky, Symmetric)>,
    likelihood: &Likelihood,
    incidence: &Incidence,
    sums: &Sums,
) -> Fit {
    let gamma = match gamma {
        Gamma::Zero => {
            let sigma2 = likelihood.within / likelihood.nu;
            (fit.sigma2, fit.tau2, fit.reml) = (Some(sigma2), Some(0.0), Some(likelihood.at_zero()));
            fit.notes.push(Note::JudgesAlike);
            fit.judge_variances = Some(vec![0.0; incidence.n_judges()]);
            let noise = JudgeNoise::Independent(0.0);
            fit.uncertainty = Some(Uncertainty { sigma2, incidence: incidence.clone(), noise });
            return fit;
        }
        Gamma::Beyond(gamma) => {
            fit.notes.push(Note::PerfectFit);
            gamma
        }
        Gamma::Inside(gamma) => gamma,
    };
    let solved = solved.or_else(|| {
        let mut whole = incidence.laplacian();
        whole.add_to_diagonal(1.0 / gamma);
        let factor = Cholesky::of(&whole)?;
        let inverse = factor.inverse();
        Some((factor, inverse))
    });
    let Some((factor, covariance)) = solved else {
        fit.notes.push(Note::NotSolved);
        return fit;
    };
    let generosity = factor.solve(&sums.residuals);
    let explained: f64 =
        generosity.iter().zip(&sums.residuals).map(|(generosity, rest)| generosity * rest).sum();
    let sigma2 = ((sums.within - explained) / likelihood.nu).max(0.0);
    fit.scores = sums.corrected(incidence, &generosity);
    fit.generosity = generosity;
    (fit.sigma2, fit.tau2) = (Some(sigma2), Some(gamma * sigma2));
    let shifted =
        Shifted { log_determinant: factor.log_determinant(), quadratic: explained, ..Shifted::default() };
    fit.reml = likelihood.criterion(1.0 / gamma, &shifted);
    if fit.notes.contains(&Note::PerfectFit) && fit.reml.is_none() {
        return fit;
    }
    fit.judge_variances =
        Some((0..covariance.size()).map(|judge| sigma2 * covariance[(judge, judge)]).collect());
    let noise = JudgeNoise::Joint { covariance, factor: Arc::new(factor), centered: None };
    fit.uncertainty = Some(Uncertainty { sigma2, incidence: incidence.clone(), noise });
    fit
}
