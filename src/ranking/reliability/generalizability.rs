//! Generalizability with criteria as a facet: entries x judges x criteria, all crossed, one mark in each cell.

use serde::Serialize;

/// Components of variance; a negative estimate is reported as it is, and counts as zero in the coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Generalizability {
    pub entry: f64,
    pub judge: f64,
    pub criterion: f64,
    pub entry_judge: f64,
    pub entry_criterion: f64,
    pub judge_criterion: f64,
    pub rest: f64,
}

impl Generalizability {
    /// `G = ve/(ve + v_ij/k + v_ic/C + v_e/(kC))` for a mean over so many judges and criteria.
    pub fn coefficient(&self, judges: usize, criteria: usize) -> Option<f64> {
        let (judges, criteria) = (judges as f64, criteria as f64);
        let noise = self.entry_judge.max(0.0) / judges
            + self.entry_criterion.max(0.0) / criteria
            + self.rest.max(0.0) / (judges * criteria);
        let coefficient = self.entry.max(0.0) / (self.entry.max(0.0) + noise);
        coefficient.is_finite().then_some(coefficient)
    }
}

#[expect(
    clippy::similar_names,
    clippy::many_single_char_names,
    reason = "the letters of the textbook's table"
)]
/// `marks[entry][judge][criterion]`. `None` unless there are two of each at least, no gap, and some variation.
pub fn generalizability(marks: &[Vec<Vec<f64>>]) -> Option<Generalizability> {
    let (n, k, c) = (marks.len(), marks.first()?.len(), marks.first()?.first()?.len());
    let is_whole =
        marks.iter().all(|judges| judges.len() == k && judges.iter().all(|criteria| criteria.len() == c));
    let first = marks[0][0][0];
    let is_flat = marks.iter().flatten().flatten().all(|mark| mark.total_cmp(&first).is_eq());
    if n < 2 || k < 2 || c < 2 || !is_whole || is_flat {
        return None;
    }
    let sizes = [n, k, c];
    // The squares of means over what is not named, as often as there are marks: the raw sums of the analysis of variance.
    let raw = |kept: [bool; 3]| {
        let mut sums = std::collections::BTreeMap::<[usize; 3], f64>::new();
        for (entry, judges) in marks.iter().enumerate() {
            for (judge, criteria) in judges.iter().enumerate() {
                for (criterion, mark) in criteria.iter().enumerate() {
                    let place = [entry, judge, criterion];
                    let key = std::array::from_fn(|facet| if kept[facet] { place[facet] } else { 0 });
                    *sums.entry(key).or_default() += mark - first;
                }
            }
        }
        let each: usize = sizes.iter().zip(kept).filter(|(_, kept)| !kept).map(|(size, _)| size).product();
        sums.values().map(|sum| sum * sum).sum::<f64>() / each as f64
    };
    let grand = raw([false, false, false]);
    let (e, j, f) = (raw([true, false, false]), raw([false, true, false]), raw([false, false, true]));
    let (ej, ef, jf) = (raw([true, true, false]), raw([true, false, true]), raw([false, true, true]));
    let all = raw([true, true, true]);
    let (n, k, c) = (n as f64, k as f64, c as f64);
    let rest = (all - ej - ef - jf + e + j + f - grand) / ((n - 1.0) * (k - 1.0) * (c - 1.0));
    let ms_ej = (ej - e - j + grand) / ((n - 1.0) * (k - 1.0));
    let ms_ef = (ef - e - f + grand) / ((n - 1.0) * (c - 1.0));
    let ms_jf = (jf - j - f + grand) / ((k - 1.0) * (c - 1.0));
    let (ms_e, ms_j, ms_f) = ((e - grand) / (n - 1.0), (j - grand) / (k - 1.0), (f - grand) / (c - 1.0));
    Some(Generalizability {
        entry: (ms_e - ms_ej - ms_ef + rest) / (k * c),
        judge: (ms_j - ms_ej - ms_jf + rest) / (n * c),
        criterion: (ms_f - ms_ef - ms_jf + rest) / (n * k),
        entry_judge: (ms_ej - rest) / c,
        entry_criterion: (ms_ef - rest) / k,
        judge_criterion: (ms_jf - rest) / n,
        rest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purely_additive_marks_have_no_interactions() {
        let marks: Vec<Vec<Vec<f64>>> = (0..4)
            .map(|entry| {
                (0..3)
                    .map(|judge| {
                        (0..2).map(|criterion| f64::from(entry * 3 + judge * 2 + criterion)).collect()
                    })
                    .collect()
            })
            .collect();
        let found = generalizability(&marks).unwrap();
        // Entries 0, 3, 6, 9 have the variance 15; judges 0, 2, 4 have 4; criteria 0, 1 have 1/2.
        for (found, expected) in [
            (found.entry, 15.0),
            (found.judge, 4.0),
            (found.criterion, 0.5),
            (found.entry_judge, 0.0),
            (found.entry_criterion, 0.0),
            (found.judge_criterion, 0.0),
            (found.rest, 0.0),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
        assert!((found.coefficient(3, 2).unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_judge_who_disagrees_lowers_the_coefficient() {
        // Two entries, two judges, two criteria; the judges contradict each other on both criteria alike.
        let marks = vec![vec![vec![8.0, 6.0], vec![5.0, 3.0]], vec![vec![4.0, 2.0], vec![7.0, 5.0]]];
        // Entry means 5.5, 4.5; judges 5, 5; criteria 6, 4. Entry x judge deviations +-3/2: MS = 8 * 9/4 = 18;
        // MS entry = 4 * (0.25 + 0.25) = 2. Entry: (2 - 18 - 0 + 0)/4 = -4; entry x judge: 18/2.
        let found = generalizability(&marks).unwrap();
        assert!((found.entry + 4.0).abs() < 1e-12 && (found.entry_judge - 9.0).abs() < 1e-12);
        assert_eq!(found.coefficient(2, 2), Some(0.0));
    }

    #[test]
    fn gaps_and_flat_tables_are_undefined() {
        assert_eq!(generalizability(&[]), None);
        assert_eq!(generalizability(&vec![vec![vec![1.0; 2]; 2]; 2]), None);
        assert_eq!(
            generalizability(&[vec![vec![1.0, 2.0], vec![3.0]], vec![vec![1.0, 2.0], vec![3.0, 4.0]]]),
            None
        );
    }
}
