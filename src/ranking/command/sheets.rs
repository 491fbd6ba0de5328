//! Puts the marks of one sheet together: one rating per entry and judge.

use super::super::model::Ratings;
use super::super::standing::Ratio;
use super::read::{Lines, Mark};
use super::{CommandError, Fault};

pub struct File {
    pub ratings: Ratings,
    /// Sheets that lack a criterion: they do not count, since leaving a hard criterion out would raise a mean.
    pub incomplete: Vec<Incomplete>,
    /// Marks by entry, judge and criterion, where there are two criteria at least and no gap.
    pub crossed: Option<Vec<Vec<Vec<f64>>>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    pub entry: String,
    pub judge: String,
    pub criterion: String,
}

pub fn gathered(mut lines: Lines) -> Result<File, CommandError> {
    lines.marks.sort_unstable();
    refuse_twice(&lines)?;
    let n_criteria = lines.criteria.list.len();
    let mut incomplete = Vec::new();
    let mut ratings = Vec::with_capacity(lines.marks.len() / n_criteria.max(1));
    for sheet in lines.marks.chunk_by(|left, right| (left.entry, left.judge) == (right.entry, right.judge)) {
        let (entry, judge) = (sheet[0].entry, sheet[0].judge);
        if sheet.len() == n_criteria {
            let score =
                weighted_mean(sheet, &lines.weights).ok_or_else(|| Fault::TooLarge.on(sheet[0].line))?;
            ratings.push((entry, judge, score));
        } else {
            let missing = (0..).zip(sheet).find(|(expected, mark)| mark.criterion != *expected);
            let missing = missing.map_or(sheet.len(), |(expected, _): (u32, _)| expected as usize);
            incomplete.push(Incomplete {
                entry: lines.entries.list[entry as usize].clone(),
                judge: lines.judges.list[judge as usize].clone(),
                criterion: lines.criteria.list[missing].clone(),
            });
        }
    }
    incomplete.sort_by(|left, right| (&left.entry, &left.judge).cmp(&(&right.entry, &right.judge)));
    let crossed = crossed(&lines);
    let ratings = Ratings::from_numbers(&lines.entries.list, &lines.judges.list, ratings);
    if ratings.is_empty() {
        return Err(CommandError::NoRatings);
    }
    Ok(File { ratings, incomplete, crossed })
}

fn refuse_twice(lines: &Lines) -> Result<(), CommandError> {
    let is_same = |left: &Mark, right: &Mark| {
        (left.entry, left.judge, left.criterion) == (right.entry, right.judge, right.criterion)
    };
    let repeated = lines.marks.windows(2).filter(|pair| is_same(&pair[0], &pair[1]));
    match repeated.min_by_key(|pair| pair[1].line) {
        None => Ok(()),
        Some(pair) => Err(Fault::Twice {
            entry: lines.entries.list[pair[1].entry as usize].clone(),
            judge: lines.judges.list[pair[1].judge as usize].clone(),
            first: pair[0].line,
        }
        .on(pair[1].line)),
    }
}

/// `sum w v / sum w`, exactly.
fn weighted_mean(sheet: &[Mark], weights: &[i64]) -> Option<Ratio> {
    if let [mark] = sheet {
        return Some(mark.value);
    }
    let mut sum = Ratio::ZERO;
    for mark in sheet {
        sum = sum.plus(mark.value.times((*weights.get(mark.criterion as usize)?).into())?)?;
    }
    sum.divided_by(weights.iter().map(|weight| i128::from(*weight)).sum())
}

fn crossed(lines: &Lines) -> Option<Vec<Vec<Vec<f64>>>> {
    let sizes = [lines.entries.list.len(), lines.judges.list.len(), lines.criteria.list.len()];
    if sizes.iter().any(|size| *size < 2) || lines.marks.len() != sizes.iter().product::<usize>() {
        return None;
    }
    let values: Vec<f64> = lines.marks.iter().map(|mark| mark.value.to_f64()).collect();
    let entries = values.chunks(sizes[1] * sizes[2]);
    Some(entries.map(|judges| judges.chunks(sizes[2]).map(<[f64]>::to_vec).collect()).collect())
}
