//! The shrunk spread correction: judges who use a wide or a narrow part of the scale are brought to a common width, then
//! model A is fitted. The judge stretches signal and noise alike, so marks are standardised, not regressed.

use super::super::design::Components;
use super::fit::notes_on_design;
use super::mixed::fit_scores;
use super::{Fit, Note, Ratings};

const ROUNDS: usize = 4;
/// A judge with so many ratings counts half.
const SHRINKAGE: f64 = 10.0;
const FEWEST_RATINGS: usize = 3;
const WIDEST: f64 = 2.0;

#[derive(Debug)]
pub struct Spread {
    pub fit: Fit,
    /// `a_j` of each judge: above 1 for who uses a wide range.
    pub widths: Vec<f64>,
}

pub fn mixed_spread(ratings: &Ratings) -> Spread {
    let incidence = &ratings.incidence;
    let mut fit = fit_scores(incidence, &ratings.scores);
    let mut widths = vec![1.0; ratings.judges.len()];
    let by_judge = ratings.by_judge();
    let mut clipped = Vec::new();
    for _ in 0..ROUNDS {
        let Some(estimate) = Estimate::of(&fit, ratings) else { break };
        (widths, clipped) = estimate.widths(ratings, &by_judge);
        let mut scores = ratings.scores.clone();
        for ((list, width), generosity) in by_judge.iter().zip(&widths).zip(&fit.generosity) {
            let center = mean(list.iter().map(|(entry, _)| estimate.shrunk[*entry])) + generosity;
            for (_, place) in list {
                scores[*place] = (ratings.scores[*place] - center) / width + center;
            }
        }
        fit = fit_scores(incidence, &scores);
    }
    let mut notes = notes_on_design(ratings, &Components::of(incidence));
    notes.append(&mut fit.notes);
    let unknown = by_judge.iter().enumerate().filter(|(_, list)| deviation(list, &ratings.scores).is_none());
    notes.extend(unknown.map(|(judge, _)| Note::SpreadUnknown(ratings.judges[judge].clone())));
    notes.extend(clipped.iter().map(|judge| Note::SpreadClipped(ratings.judges[*judge].clone())));
    fit.notes = notes;
    // The means that are shown stay those of the marks that were given.
    fit.means =
        (0..ratings.entries.len()).map(|entry| mean(ratings.scores_of(entry).iter().copied())).collect();
    Spread { fit, widths }
}

/// Entries, drawn to the middle as far as they are noise.
struct Estimate {
    shrunk: Vec<f64>,
    /// The variance between entries that is left after shrinking, and that of the marks.
    beside: f64,
}

impl Estimate {
    fn of(fit: &Fit, ratings: &Ratings) -> Option<Self> {
        let sigma2 = fit.sigma2?;
        if fit.scores.len() < 2 {
            return None;
        }
        let middle = mean(fit.scores.iter().copied());
        let noise = sigma2 * fit.scores.len() as f64 / ratings.len() as f64;
        let between = (variance(fit.scores.iter().copied()) - noise).max(1e-12 * (sigma2 + noise));
        let kept = between / (between + noise);
        let shrunk = fit.scores.iter().map(|score| middle + kept * (score - middle)).collect();
        Some(Self { shrunk, beside: between * (1.0 - kept) + sigma2 })
    }

    fn widths(&self, ratings: &Ratings, by_judge: &[Vec<(usize, usize)>]) -> (Vec<f64>, Vec<usize>) {
        let raw: Vec<Option<(f64, f64)>> = by_judge
            .iter()
            .map(|list| {
                let expected = variance(list.iter().map(|(entry, _)| self.shrunk[*entry])) + self.beside;
                let weight = list.len() as f64 / (list.len() as f64 + SHRINKAGE);
                Some(((deviation(list, &ratings.scores)? / expected.sqrt()).ln(), weight))
            })
            .collect();
        let weights: f64 = raw.iter().flatten().map(|(_, weight)| weight).sum();
        let middle: f64 =
            raw.iter().flatten().map(|(width, weight)| width * weight).sum::<f64>() / weights.max(1e-12);
        let mut clipped = Vec::new();
        let widths = raw.iter().enumerate().map(|(judge, raw)| {
            let Some((width, weight)) = raw else { return 1.0 };
            let width = (weight * (width - middle)).exp();
            if !(1.0 / WIDEST..=WIDEST).contains(&width) {
                clipped.push(judge);
            }
            width.clamp(1.0 / WIDEST, WIDEST)
        });
        (widths.collect(), clipped)
    }
}

/// Of a judge's own marks; `None` when there are too few or all are equal.
fn deviation(list: &[(usize, usize)], scores: &[f64]) -> Option<f64> {
    let differ = list.iter().any(|(_, place)| scores[*place].total_cmp(&scores[list[0].1]).is_ne());
    let variance = variance(list.iter().map(|(_, place)| scores[*place]));
    (list.len() >= FEWEST_RATINGS && differ).then(|| variance.sqrt())
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count();
    values.sum::<f64>() / count.max(1) as f64
}

/// With n - 1; zero for fewer than two.
fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count();
    let mean = mean(values.clone());
    values.map(|value| (value - mean).powi(2)).sum::<f64>() / count.saturating_sub(1).max(1) as f64
}
