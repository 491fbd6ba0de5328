//! The form of a round, and the rubric score of one sheet.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Ratio;
use super::pool::WhyLeftOut;
use super::ratio::least_common_multiple;

/// The rubric score of a sheet with full marks.
pub const SCALE: i64 = 100;

/// Marks and weight are ten-thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub name: String,
    pub min: i64,
    pub max: i64,
    pub weight: i64,
    pub required: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InvalidForm {
    #[error("A form has at least one criterion.")]
    Empty,
    #[error("The criterion \"{0}\" stands twice on the form.")]
    Twice(String),
    #[error("The highest mark of \"{0}\" must be above its lowest.")]
    NoRange(String),
    #[error("The weight of \"{0}\" must be above zero.")]
    NoWeight(String),
    #[error("The marks and weights are so fine that scores cannot be computed exactly.")]
    TooFine,
}

impl InvalidForm {
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "ranking-form-empty",
            Self::Twice(_) => "ranking-form-twice",
            Self::NoRange(_) => "ranking-form-no-range",
            Self::NoWeight(_) => "ranking-form-no-weight",
            Self::TooFine => "ranking-form-too-fine",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    criteria: Vec<Criterion>,
    /// What each ten-thousandth above the lowest mark of a criterion adds to the numerator of the score.
    steps: Vec<i128>,
    denominator: i128,
}

impl Form {
    pub fn new(criteria: Vec<Criterion>) -> Result<Self, InvalidForm> {
        if criteria.is_empty() {
            return Err(InvalidForm::Empty);
        }
        for (position, criterion) in criteria.iter().enumerate() {
            if criteria.iter().take(position).any(|earlier| earlier.name == criterion.name) {
                return Err(InvalidForm::Twice(criterion.name.clone()));
            }
            if criterion.max <= criterion.min {
                return Err(InvalidForm::NoRange(criterion.name.clone()));
            }
            if criterion.weight <= 0 {
                return Err(InvalidForm::NoWeight(criterion.name.clone()));
            }
        }
        let (steps, denominator) = common_denominator(&criteria).ok_or(InvalidForm::TooFine)?;
        Ok(Self { criteria, steps, denominator })
    }

    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    pub fn position(&self, name: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.name == name)
    }

    /// The exact rubric score, 0 to [`SCALE`]: `sum w (v - min)/(max - min) * S / sum w`. Marks stand in the form's order.
    pub fn score(&self, marks: &[Option<i64>]) -> Result<Ratio, WhyLeftOut> {
        if marks.len() != self.criteria.len() {
            return Err(WhyLeftOut::WrongLength);
        }
        let mut numerator = 0_i128;
        for ((criterion, step), mark) in self.criteria.iter().zip(&self.steps).zip(marks) {
            let mark = mark.ok_or_else(|| WhyLeftOut::Missing(criterion.name.clone()))?;
            if mark < criterion.min || mark > criterion.max {
                return Err(WhyLeftOut::OutOfRange(criterion.name.clone()));
            }
            numerator += i128::from(mark - criterion.min) * step;
        }
        Ratio::new(numerator, self.denominator).ok_or(WhyLeftOut::WrongLength)
    }

    /// The same form without some criteria: an optional criterion that somebody left empty is dropped for everybody,
    /// because renormalising sheet by sheet would favour whoever skipped a hard one.
    pub(super) fn without(&self, dropped: &[usize]) -> Result<Self, InvalidForm> {
        let kept = self.criteria.iter().enumerate().filter(|(position, _)| !dropped.contains(position));
        Self::new(kept.map(|(_, criterion)| criterion.clone()).collect())
    }
}

/// Every score of a form is a whole number over this one denominator. The largest possible numerator is checked here, so
/// that scoring cannot overflow; a factor of 2^40 is left for sums over judges.
fn common_denominator(criteria: &[Criterion]) -> Option<(Vec<i128>, i128)> {
    let ranges: Vec<i128> = criteria.iter().map(|c| i128::from(c.max) - i128::from(c.min)).collect();
    let common = ranges.iter().try_fold(1, |common, range| least_common_multiple(common, *range))?;
    let weights: i128 = criteria.iter().map(|criterion| i128::from(criterion.weight)).sum();
    let denominator = common.checked_mul(weights)?;
    denominator.checked_mul(i128::from(SCALE))?.checked_mul(1 << 40)?;
    let weighted = criteria.iter().zip(&ranges);
    let steps = weighted
        .map(|(criterion, range)| i128::from(criterion.weight) * i128::from(SCALE) * (common / range));
    Some((steps.collect(), denominator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn criterion(name: &str, min: i64, max: i64, weight: i64) -> Criterion {
        Criterion {
            name: name.into(),
            min: min * 10_000,
            max: max * 10_000,
            weight: weight * 10_000,
            required: true,
        }
    }

    #[test]
    fn a_score_is_the_exact_weighted_share_of_full_marks() {
        let form = Form::new(vec![criterion("idea", 0, 10, 2), criterion("art", 1, 7, 1)]).unwrap();
        // (2 * 8.5/10 + 1 * (3 - 1)/6) * 100 / 3 = (17/10 + 1/3) * 100/3 = 61/30 * 100/3 = 610/9.
        assert_eq!(form.score(&[Some(85_000), Some(30_000)]).unwrap().to_string(), "610/9");
        assert_eq!(form.score(&[Some(100_000), Some(70_000)]).unwrap(), Ratio::whole(100));
        assert_eq!(form.score(&[Some(0), Some(10_000)]).unwrap(), Ratio::ZERO);
    }

    #[test]
    fn a_sheet_that_does_not_fit_the_form_has_no_score() {
        let form = Form::new(vec![criterion("idea", 0, 10, 2), criterion("art", 1, 7, 1)]).unwrap();
        for (marks, why) in [
            (vec![Some(1)], WhyLeftOut::WrongLength),
            (vec![Some(1), None], WhyLeftOut::Missing("art".into())),
            (vec![Some(100_001), Some(10_000)], WhyLeftOut::OutOfRange("idea".into())),
            (vec![Some(0), Some(9_999)], WhyLeftOut::OutOfRange("art".into())),
        ] {
            assert_eq!(form.score(&marks), Err(why));
        }
    }

    #[test]
    fn a_form_that_cannot_score_is_refused() {
        for (criteria, refusal) in [
            (vec![], InvalidForm::Empty),
            (vec![criterion("a", 0, 1, 1), criterion("a", 0, 1, 1)], InvalidForm::Twice("a".into())),
            (vec![criterion("a", 1, 1, 1)], InvalidForm::NoRange("a".into())),
            (vec![criterion("a", 0, 1, 0)], InvalidForm::NoWeight("a".into())),
            (
                (0..9).map(|n| criterion(&n.to_string(), -n, i64::MAX / 20_000 - n * n, 1)).collect(),
                InvalidForm::TooFine,
            ),
        ] {
            assert_eq!(Form::new(criteria), Err(refusal));
        }
    }
}
