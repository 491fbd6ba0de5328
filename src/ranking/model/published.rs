//! A calibrated score that anybody can compute again with a pocket calculator: the marks, less the generosity of each judge
//! as it is printed, and the mean of what is left.

use super::super::standing::Ratio;
use super::{Fit, Ratings};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgeLine {
    pub judge: String,
    pub mark: Ratio,
    /// As printed, rounded; positive is generous.
    pub generosity: Ratio,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub entry: String,
    /// The mean of the marks, rounded half-up.
    pub raw: Ratio,
    /// What is added to it: minus the mean of the generosities printed, rounded half-up.
    pub adjustment: Ratio,
    /// Both together: exactly what ranks.
    pub score: Ratio,
    pub judges: Vec<JudgeLine>,
}

/// For the fits by least squares and by the mixed model. Printed numbers are rounded first and computed with afterwards, so
/// nobody can find a difference; the score moves by one and a half units of the last decimal at most. `None` when a number does not fit.
pub fn published(ratings: &Ratings, fit: &Fit, decimals: u32) -> Option<Vec<Published>> {
    let generosity: Vec<Ratio> = fit
        .generosity
        .iter()
        .map(|generosity| Ratio::nearest(*generosity, decimals))
        .collect::<Option<_>>()?;
    (0..ratings.entries().len())
        .map(|entry| {
            let marks = ratings.exact_of(entry);
            let judges = ratings.incidence.of(entry).iter().zip(marks).map(|(judge, mark)| JudgeLine {
                judge: ratings.judges()[*judge as usize].clone(),
                mark: *mark,
                generosity: generosity[*judge as usize],
            });
            let judges: Vec<JudgeLine> = judges.collect();
            let count = i128::try_from(marks.len()).ok()?;
            let sum = |of: fn(&JudgeLine) -> Ratio| {
                judges.iter().try_fold(Ratio::ZERO, |sum, line| sum.plus(of(line)))?.divided_by(count)
            };
            let raw = sum(|line| line.mark)?.rounded(decimals)?;
            let adjustment = sum(|line| line.generosity)?.times(-1)?.rounded(decimals)?;
            let score = raw.plus(adjustment)?;
            Some(Published { entry: ratings.entries()[entry].clone(), raw, adjustment, score, judges })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Rating, least_squares};
    use super::*;

    #[test]
    fn the_printed_numbers_add_up() {
        // The triangle of the model's tests: generosities 4, -7/3, -5/3; scores 20/3, 9, 13/3.
        let marks =
            [("a", "x", 10), ("a", "y", 5), ("b", "y", 6), ("b", "z", 8), ("c", "z", 2), ("c", "x", 9)];
        let ratings = Ratings::new(marks.map(|(e, j, m)| Rating::new(e, j, Ratio::whole(m))));
        let published = published(&ratings, &least_squares(&ratings), 2).unwrap();
        let first = &published[0];
        assert_eq!(
            (first.raw.shown(2), first.judges[1].generosity.shown(2)),
            ("7.50".into(), "-2.33".into())
        );
        // -(4 - 2.33)/2 = -0.835, half-up -0.83; 7.50 - 0.83.
        assert_eq!((first.adjustment.shown(2), first.score.shown(2)), ("-0.83".into(), "6.67".into()));
        assert_eq!(
            (published[1].score.shown(2), published[2].score.shown(2)),
            ("9.00".into(), "4.34".into())
        );
    }
}
