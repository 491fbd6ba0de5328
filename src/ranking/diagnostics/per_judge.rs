//! Measures that need the scores alone, or the marks per criterion.

use std::collections::BTreeMap;

use super::super::model::{Fit, Ratings, Spread};
use super::statistics::{correlation, mean, two_sided_chi_squared, two_sided_normal};
use super::{Details, Measure};

pub(super) const NARROW: f64 = 0.6;
pub(super) const ONE_VALUE: f64 = 0.6;
pub(super) const NOISY: f64 = 1.5;
pub(super) const HALO: f64 = 0.8;
/// Of a 90 % interval.
pub(super) const NORMAL_90: f64 = 1.644_853_626_951_472_7;

/// What is left of every rating after entry and judge, in the ratings' order, made comparable between entries with few and
/// many judges: `r/sqrt(1 - 1/n_i)`. `None` for an entry with one rating, which explains itself.
pub(super) fn residuals(ratings: &Ratings, fit: &Fit) -> Vec<Option<f64>> {
    let entries = 0..ratings.entries().len();
    let residuals = entries.flat_map(|entry| {
        let own = ratings.scores_of(entry).iter().zip(ratings.incidence.of(entry));
        let count = ratings.count(entry) as f64;
        own.map(move |(score, judge)| {
            let rest = score - fit.scores[entry] - fit.generosity[*judge as usize];
            (count > 1.0).then(|| rest / (1.0 - 1.0 / count).sqrt())
        })
    });
    residuals.collect()
}

pub(super) fn generosity(fit: &Fit, judge: usize) -> Option<(Measure, f64)> {
    let (points, error) = (fit.generosity[judge], fit.judge_standard_error(judge)?);
    (error > 0.0).then(|| {
        (Measure::Generosity { points, margin: NORMAL_90 * error }, two_sided_normal(points / error))
    })
}

pub(super) fn spread(spread: &Spread, judge: usize) -> Measure {
    Measure::Spread { width: spread.widths[judge] }
}

pub(super) fn central_tendency(ratings: &Ratings, list: &[(usize, usize)]) -> Option<Measure> {
    let mut counts = BTreeMap::new();
    for (_, place) in list {
        *counts.entry(ratings.exact[*place]).or_insert(0_usize) += 1;
    }
    let most = counts.into_values().max()?;
    Some(Measure::CentralTendency { share: most as f64 / list.len() as f64 })
}

pub(super) fn noise(residuals: &[f64], sigma2: f64) -> Option<(Measure, f64)> {
    if residuals.len() < 2 || sigma2 <= 0.0 {
        return None;
    }
    let squares: f64 = residuals.iter().map(|rest| rest * rest).sum();
    let ratio = (squares / residuals.len() as f64 / sigma2).sqrt();
    Some((Measure::Noise { ratio }, two_sided_chi_squared(squares / sigma2, residuals.len() as f64)?))
}

/// With the mean of the others on the same entries, each of their marks freed from its judge's generosity.
pub(super) fn agreement(
    ratings: &Ratings,
    fit: &Fit,
    judge: usize,
    list: &[(usize, usize)],
) -> Option<Measure> {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (entry, place) in list {
        let marks = ratings.scores_of(*entry).iter().zip(ratings.incidence.of(*entry));
        let rest: Vec<f64> = marks
            .filter(|(_, rater)| **rater as usize != judge)
            .map(|(score, rater)| score - fit.generosity[*rater as usize])
            .collect();
        if let Some(mean) = mean(&rest) {
            own.push(ratings.scores[*place]);
            others.push(mean);
        }
    }
    Some(Measure::Agreement { correlation: correlation(&own, &others)? })
}

/// The mean correlation between a judge's criteria, after the panel's mean of that entry and criterion and the judge's own
/// habit on that criterion are taken out.
pub(super) fn halo(
    ratings: &Ratings,
    details: &Details,
    judge: usize,
    list: &[(usize, usize)],
) -> Option<Measure> {
    let name = &ratings.judges()[judge];
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for (entry, _) in list {
        let entry_name = &ratings.entries()[*entry];
        let own = details.of(entry_name, name).map(|detail| detail.criteria.as_slice()).unwrap_or_default();
        let others: Vec<&[f64]> = ratings
            .incidence
            .of(*entry)
            .iter()
            .filter(|rater| **rater as usize != judge)
            .filter_map(|rater| {
                Some(details.of(entry_name, &ratings.judges()[*rater as usize])?.criteria.as_slice())
            })
            .filter(|criteria| criteria.len() == own.len())
            .collect();
        if own.len() < 2 || others.is_empty() || (!columns.is_empty() && columns.len() != own.len()) {
            continue;
        }
        columns.resize(own.len(), Vec::new());
        for (criterion, column) in columns.iter_mut().enumerate() {
            let panel = others.iter().map(|marks| marks[criterion]).sum::<f64>() / others.len() as f64;
            column.push(own[criterion] - panel);
        }
    }
    let pairs = columns
        .iter()
        .enumerate()
        .flat_map(|(number, left)| columns[..number].iter().map(move |right| (left, right)));
    let correlations: Vec<f64> = pairs.filter_map(|(left, right)| correlation(left, right)).collect();
    Some(Measure::Halo { correlation: mean(&correlations)? })
}
