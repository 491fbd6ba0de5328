//! What every model answers.

use super::super::design::{Components, Incidence};
use super::{Note, Ratings, Uncertainty};

#[derive(Debug)]
pub struct Fit {
    /// Of each entry, in the order of [`Ratings::entries`], in the units of the ratings.
    pub scores: Vec<f64>,
    /// `ybar_i`.
    pub means: Vec<f64>,
    /// Of each judge, in the order of [`Ratings::judges`]; positive is generous.
    pub generosity: Vec<f64>,
    /// Of the generosities.
    pub judge_variances: Option<Vec<f64>>,
    /// The residual variance.
    pub sigma2: Option<f64>,
    /// The variance between judges.
    pub tau2: Option<f64>,
    /// `-2 ln` of the restricted likelihood, with lme4's constant.
    pub reml: Option<f64>,
    /// `None` where no error can be estimated.
    pub uncertainty: Option<Uncertainty>,
    /// Parts of the panel that no judge joins.
    pub components: usize,
    pub notes: Vec<Note>,
}

impl Fit {
    /// Raw means, as long as nothing better can be had.
    pub(super) fn raw(means: Vec<f64>, n_judges: usize, components: usize) -> Self {
        Self {
            scores: means.clone(),
            means,
            generosity: vec![0.0; n_judges],
            judge_variances: None,
            sigma2: None,
            tau2: None,
            reml: None,
            uncertainty: None,
            components,
            notes: Vec::new(),
        }
    }

    pub fn standard_error(&self, entry: usize) -> Option<f64> {
        Some(self.uncertainty.as_ref()?.variance(entry).sqrt())
    }

    pub fn judge_standard_error(&self, judge: usize) -> Option<f64> {
        Some(self.judge_variances.as_ref()?.get(judge)?.max(0.0).sqrt())
    }

    /// P(the first entry is truly better), exactly `Phi(difference / its standard error)`.
    pub fn chance_to_beat(&self, entry: usize, rival: usize) -> Option<f64> {
        let deviation = self.uncertainty.as_ref()?.difference_variance(entry, rival).sqrt();
        let difference = self.scores[entry] - self.scores[rival];
        if deviation > 0.0 { Some(normal_cdf(difference / deviation)) } else { None }
    }
}

pub fn normal_cdf(value: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(-value / std::f64::consts::SQRT_2)
}

/// What the shape of the panel alone obliges to say.
pub(super) fn notes_on_design(ratings: &Ratings, components: &Components) -> Vec<Note> {
    let mut notes = Vec::new();
    if components.count > 1 {
        notes.push(Note::Apart(components.count));
        notes.extend(
            lonely_judges(&ratings.incidence).map(|judge| Note::LonelyJudge(ratings.judges[judge].clone())),
        );
    }
    if ratings.incidence.entries().any(|judges| judges.windows(2).any(|pair| pair[0] == pair[1])) {
        notes.push(Note::Repeated);
    }
    notes
}

fn lonely_judges(incidence: &Incidence) -> impl Iterator<Item = usize> {
    let mut is_lonely = vec![true; incidence.n_judges()];
    for judges in incidence.entries() {
        for judge in
            judges.iter().filter(|judge| **judge != judges[0] || judges[judges.len() - 1] != judges[0])
        {
            is_lonely[*judge as usize] = false;
        }
    }
    is_lonely.into_iter().enumerate().filter(|(_, is_lonely)| *is_lonely).map(|(judge, _)| judge)
}
