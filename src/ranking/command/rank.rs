//! `hoithi rank`.

use std::io::Read;

use super::super::methods::{borda, zscore};
use super::super::model::{
    Fit, Note, Places, Ratings, least_squares_with_errors, mean, mixed, mixed_spread, places,
};
use super::super::standing::{Ratio, score};
use super::order::{decimals_for, placed};
use super::rank_report::{EntryLine, JudgeLine, RankReport, Variance};
use super::read::read;
use super::sheets::File;
use super::{CommandError, Method};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankOptions {
    pub method: Method,
    /// Computes the chance to be among so many best.
    pub top: Option<usize>,
    pub draws: usize,
    pub seed: u64,
}

impl Default for RankOptions {
    fn default() -> Self {
        Self { method: Method::Mixed, top: None, draws: 2_000, seed: 1 }
    }
}

/// At least so many marks must be left for trimming.
const FEWEST_LEFT: usize = 3;

pub fn rank(input: impl Read, options: &RankOptions) -> Result<RankReport, CommandError> {
    let file = read(input)?;
    let Scored { shown, compared, fit, has_errors, mut notes } = scored(&file.ratings, options.method)?;
    let drawn = if has_errors { places(&fit, options.top, options.draws, options.seed) } else { None };
    if drawn.as_ref().is_some_and(|drawn| !drawn.all_drawn) {
        notes.push(Note::PlacesNearCutOnly);
    }
    let ranks = placed(&compared);
    let mut entries: Vec<EntryLine> = (0..shown.len())
        .map(|entry| EntryLine {
            entry: file.ratings.entries()[entry].clone(),
            rank: ranks[entry].first,
            score: shown[entry],
            mean: fit.means[entry],
            ratings: file.ratings.count(entry),
            se: fit.standard_error(entry).filter(|_| has_errors),
            place_low: interval(drawn.as_ref(), entry).map(|(low, _)| low),
            place_high: interval(drawn.as_ref(), entry).map(|(_, high)| high),
            p_top: drawn.as_ref().and_then(|drawn| drawn.top.as_ref()?.get(entry).copied()),
        })
        .collect();
    entries.sort_by(|left, right| left.rank.cmp(&right.rank).then_with(|| left.entry.cmp(&right.entry)));
    let counts = file.ratings.count_of_judge();
    let judges = file.ratings.judges().iter().enumerate().map(|(judge, name)| JudgeLine {
        judge: name.clone(),
        generosity: fit.generosity[judge],
        se: fit.judge_standard_error(judge),
        ratings: counts[judge],
    });
    Ok(RankReport {
        method: options.method.to_string(),
        entries,
        judges: judges.collect(),
        variance: Variance { sigma2: fit.sigma2, tau2: fit.tau2, reml: fit.reml },
        components: fit.components,
        warnings: warnings(&file, &notes),
        top: options.top,
    })
}

fn interval(drawn: Option<&Places>, entry: usize) -> Option<(usize, usize)> {
    drawn?.interval.get(entry).copied().flatten()
}

struct Scored {
    shown: Vec<Option<f64>>,
    compared: Vec<Option<Ratio>>,
    fit: Fit,
    has_errors: bool,
    notes: Vec<Note>,
}

impl Scored {
    fn exact(scores: Vec<Option<Ratio>>, fit: Fit, has_errors: bool) -> Self {
        let shown = scores.iter().map(|score| score.map(Ratio::to_f64)).collect();
        let notes = fit.notes.clone();
        Self { shown, compared: scores, fit, has_errors, notes }
    }

    /// Calibrated scores are tied where they are equal after rounding.
    fn rounded(scores: &[f64], fit: Fit, ratings: &Ratings, has_errors: bool) -> Self {
        let decimals = decimals_for(&ratings.scores);
        let mut notes = fit.notes.clone();
        if decimals > 2 {
            notes.push(Note::FinerPrecision(decimals));
        }
        let compared = scores.iter().map(|score| Ratio::nearest(*score, decimals)).collect();
        Self { shown: scores.iter().copied().map(Some).collect(), compared, fit, has_errors, notes }
    }
}

fn scored(ratings: &Ratings, method: Method) -> Result<Scored, CommandError> {
    let each = |of: &dyn Fn(&[Ratio]) -> Option<Ratio>| -> Vec<Option<Ratio>> {
        (0..ratings.entries().len()).map(|entry| of(ratings.exact_of(entry))).collect()
    };
    Ok(match method {
        Method::Mean => Scored::exact(each(&|own| score::mean(own)), mean(ratings), true),
        Method::Median => {
            without_errors(Scored::exact(each(&|own| score::median(own.to_vec())), mean(ratings), false))
        }
        Method::Trimmed(each_side) => {
            let trimmed = |own: &[Ratio]| score::trimmed(own.to_vec(), each_side, FEWEST_LEFT);
            let untrimmed = (0..ratings.entries().len())
                .filter(|entry| trimmed(ratings.exact_of(*entry)).is_some_and(|(_, untrimmed)| untrimmed));
            let untrimmed = untrimmed.count();
            let scores = each(&|own| trimmed(own).map(|(score, _)| score));
            let mut answer = without_errors(Scored::exact(scores, mean(ratings), false));
            if untrimmed > 0 {
                answer.notes.push(Note::Untrimmed(untrimmed));
            }
            answer
        }
        Method::ZScore => {
            let (scores, mut flat) = zscore(ratings, true)?;
            let mut answer = without_errors(Scored::rounded(&scores, mean(ratings), ratings, false));
            answer.notes.push(Note::AssumesRandomDraw);
            answer.notes.append(&mut flat);
            answer
        }
        Method::Borda => without_errors(Scored::exact(borda(ratings), mean(ratings), false)),
        Method::LeastSquares => {
            let fit = least_squares_with_errors(ratings);
            Scored::rounded(&fit.scores.clone(), fit, ratings, true)
        }
        Method::Mixed => {
            let fit = mixed(ratings);
            Scored::rounded(&fit.scores.clone(), fit, ratings, true)
        }
        Method::MixedSpread => {
            let fit = mixed_spread(ratings).fit;
            Scored::rounded(&fit.scores.clone(), fit, ratings, true)
        }
    })
}

fn without_errors(mut scored: Scored) -> Scored {
    scored.notes.push(Note::NoErrorsForMethod);
    scored
}

fn warnings(file: &File, notes: &[Note]) -> Vec<String> {
    let incomplete = file.incomplete.iter().map(|sheet| {
        format!(
            "The sheet of judge {} for {} does not count: \"{}\" is missing.",
            sheet.judge, sheet.entry, sheet.criterion
        )
    });
    incomplete.chain(notes.iter().map(ToString::to_string)).collect()
}
