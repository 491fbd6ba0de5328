//! How sure a standing is: each entry's score beside the calibrated one, its places, and who is at the border of the cut.

use std::collections::{BTreeMap, HashMap};

use super::Standing;
use crate::{
    base::ids::{AccountId, EntryId},
    ranking::{
        model::{Fit, Note, Places, Rating, Ratings, border_zone, mixed, places, published},
        standing::Ratio,
    },
};

/// As `hoithi rank` draws without being told otherwise, so that a stranger finds the same places.
pub const DRAWS: usize = 2_000;
pub const SEED: u64 = 1;
/// The declared precision of calibrated scores.
const DECIMALS: u32 = 2;
/// A score lies within so many standard errors in nine of ten cases.
const NORMAL_90: f64 = 1.644_854;

#[derive(Debug)]
pub struct Certainty {
    pub seats: Option<usize>,
    /// By calibrated score, best first.
    pub rows: Vec<SureRow>,
    pub judges: Vec<SureJudge>,
    pub notes: Vec<Note>,
    /// How much marks of one entry scatter once generosity is taken out: a standard deviation, in points.
    pub noise: Option<f64>,
    /// How much judges differ in generosity: a standard deviation, in points.
    pub judges_differ: Option<f64>,
    fit: Fit,
    /// The fit's number of each entry.
    numbers: HashMap<EntryId, usize>,
}

/// One entry against another.
#[derive(Debug, Clone, PartialEq)]
pub struct Versus {
    /// Of the calibrated scores as they are printed.
    pub lead: Ratio,
    /// The standard error of the difference: judges who scored both add nothing to it.
    pub error: f64,
    /// P(the first is truly better).
    pub chance: f64,
}

impl Certainty {
    /// `None` where no error can be estimated.
    pub fn versus(&self, entry: &EntryId, rival: &EntryId) -> Option<Versus> {
        let score =
            |entry: &EntryId| self.rows.iter().find(|row| row.entry_id == *entry).map(|row| row.score);
        let (one, other) = (*self.numbers.get(entry)?, *self.numbers.get(rival)?);
        Some(Versus {
            lead: score(entry)?.plus(score(rival)?.times(-1)?)?,
            error: self.fit.uncertainty.as_ref()?.difference_variance(one, other).sqrt(),
            chance: self.fit.chance_to_beat(one, other)?,
        })
    }
}

#[derive(Debug, Clone)]
pub struct SureRow {
    pub entry_id: EntryId,
    /// Of the calibrated score; 1224.
    pub place: usize,
    /// Of the mean; 1224.
    pub raw_place: usize,
    /// All to two decimals, so that `raw + adjustment = score` holds as printed.
    pub raw: Ratio,
    pub adjustment: Ratio,
    pub score: Ratio,
    /// Judge, mark, and how generous the judge is on average.
    pub terms: Vec<(AccountId, Ratio, Ratio)>,
    pub error: Option<f64>,
    pub low: f64,
    pub high: f64,
    /// The 5th and the 95th percentile.
    pub places: Option<(usize, usize)>,
    /// P(above the cut).
    pub chance: Option<f64>,
    pub is_at_border: bool,
}

#[derive(Debug, Clone)]
pub struct SureJudge {
    pub judge_id: AccountId,
    pub generosity: Ratio,
    pub error: Option<f64>,
    pub sheets: usize,
}

/// The sheets that count, as the ranking reads them: names are ids.
pub fn ratings_of(standing: &Standing, without: Option<&AccountId>) -> Ratings {
    let given = standing.rows.iter().flat_map(|row| row.by_judge.iter().map(move |score| (row, score)));
    let kept = given.filter(|(_, score)| without != Some(&score.judge_id));
    Ratings::new(
        kept.map(|(row, score)| Rating::new(row.entry_id.as_str(), score.judge_id.as_str(), score.score)),
    )
}

/// By mixed model A. `without` leaves one judge out, to see whether one judge decides. `None` without a sheet, or when a
/// number does not fit.
pub fn certainty_of(
    standing: &Standing,
    seats: Option<usize>,
    without: Option<&AccountId>,
) -> Option<Certainty> {
    let ratings = ratings_of(standing, without);
    if ratings.is_empty() {
        return None;
    }
    let fit = mixed(&ratings);
    let printed = published(&ratings, &fit, DECIMALS)?;
    let drawn = places(&fit, seats, DRAWS, SEED);
    let chances = drawn.as_ref().and_then(|drawn| drawn.top.clone());
    let border = chances.as_deref().map(border_zone).unwrap_or_default();
    let counts = ratings.count_of_judge();
    let judges = ratings.judges().iter().enumerate().map(|(at, judge)| {
        Some(SureJudge {
            judge_id: judge.parse().ok()?,
            generosity: Ratio::nearest(*fit.generosity.get(at)?, DECIMALS)?,
            error: fit.judge_standard_error(at),
            sheets: *counts.get(at)?,
        })
    });
    let calibrated_places = ranks(&printed.iter().map(|row| row.score).collect::<Vec<_>>());
    let exact: Vec<Ratio> = (0..ratings.entries().len())
        .map(|entry| crate::ranking::standing::mean_of(ratings.exact_of(entry)))
        .collect::<Option<_>>()?;
    let raw_places = ranks(&exact);
    let judges = judges.collect::<Option<Vec<_>>>()?;
    let mut rows = Vec::new();
    let mut numbers = HashMap::new();
    for (at, row) in printed.into_iter().enumerate() {
        let error = fit.standard_error(at);
        let reach = error.unwrap_or(0.0) * NORMAL_90;
        let middle = row.score.to_f64();
        let terms =
            row.judges.iter().map(|term| Some((term.judge.parse().ok()?, term.mark, term.generosity)));
        let entry_id: EntryId = row.entry.parse().ok()?;
        numbers.insert(entry_id.clone(), at);
        rows.push(SureRow {
            entry_id,
            place: *calibrated_places.get(at)?,
            raw_place: *raw_places.get(at)?,
            raw: row.raw,
            adjustment: row.adjustment,
            score: row.score,
            terms: terms.collect::<Option<_>>()?,
            error,
            low: middle - reach,
            high: middle + reach,
            places: interval(drawn.as_ref(), at),
            chance: chances.as_ref().and_then(|chances| chances.get(at).copied()),
            is_at_border: border.contains(&at),
        });
    }
    rows.sort_by(|left, right| (left.place, &left.entry_id).cmp(&(right.place, &right.entry_id)));
    let deviation = |variance: Option<f64>| variance.map(|variance| variance.max(0.0).sqrt());
    Some(Certainty {
        seats,
        rows,
        judges,
        notes: fit.notes.clone(),
        noise: deviation(fit.sigma2),
        judges_differ: deviation(fit.tau2),
        fit,
        numbers,
    })
}

fn interval(drawn: Option<&Places>, entry: usize) -> Option<(usize, usize)> {
    drawn?.interval.get(entry).copied().flatten()
}

/// 1224.
fn ranks(scores: &[Ratio]) -> Vec<usize> {
    let mut counts: BTreeMap<Ratio, usize> = BTreeMap::new();
    for score in scores {
        *counts.entry(*score).or_default() += 1;
    }
    let mut above = 0;
    let mut places: BTreeMap<Ratio, usize> = BTreeMap::new();
    for (score, count) in counts.into_iter().rev() {
        places.insert(score, above + 1);
        above += count;
    }
    scores.iter().filter_map(|score| places.get(score).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_the_first_of_their_places() {
        let scores = [5, 9, 5, 1, 9].map(Ratio::whole);
        assert_eq!(ranks(&scores), [3, 1, 3, 5, 1]);
        assert_eq!(ranks(&[]), Vec::<usize>::new());
    }
}
