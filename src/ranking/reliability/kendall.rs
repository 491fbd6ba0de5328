//! Kendall's W: how far the judges' rankings agree, 0 to 1, with ties.

use serde::Serialize;
use statrs::function::gamma::checked_gamma_ur;

use super::super::methods::ranks_of_judges;
use super::super::model::Ratings;

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Kendall {
    pub w: Option<f64>,
    pub chi2: Option<f64>,
    pub df: Option<usize>,
    /// By the chi-squared approximation, which is rough for fewer than eight entries.
    pub p: Option<f64>,
}

/// `W = 12 S/(m^2 (n^3 - n) - m sum T_j)`. Undefined unless every judge scored every entry once, with two entries and two
/// judges at least, and somebody told entries apart.
pub fn kendall(ratings: &Ratings) -> Kendall {
    let (n, m) = (ratings.entries().len(), ratings.judges().len());
    let ranks = ranks_of_judges(ratings);
    let complete =
        ratings.len() == n * m && ranks.iter().all(|list| list.windows(2).all(|pair| pair[0].0 < pair[1].0));
    if !complete || n < 2 || m < 2 {
        return Kendall::default();
    }
    let mut sums = vec![0.0; n];
    let mut ties = 0.0;
    for list in &ranks {
        let mut sorted: Vec<u64> = list.iter().map(|(_, rank)| *rank).collect();
        sorted.sort_unstable();
        for tied in sorted.chunk_by(|left, right| left == right) {
            ties += cubed_less(tied.len() as f64);
        }
        for (entry, doubled) in list {
            sums[*entry] += *doubled as f64 / 2.0;
        }
    }
    let (n_entries, n_judges) = (n as f64, m as f64);
    let middle = n_judges * (n_entries + 1.0) / 2.0;
    let squares: f64 = sums.iter().map(|sum| (sum - middle).powi(2)).sum();
    let most = n_judges * n_judges * cubed_less(n_entries) - n_judges * ties;
    if most <= 0.0 {
        return Kendall::default();
    }
    let w = 12.0 * squares / most;
    let chi2 = n_judges * (n_entries - 1.0) * w;
    let p = if chi2 > 0.0 { checked_gamma_ur((n_entries - 1.0) / 2.0, chi2 / 2.0).ok() } else { Some(1.0) };
    Kendall { w: Some(w), chi2: Some(chi2), df: Some(n - 1), p }
}

fn cubed_less(number: f64) -> f64 {
    number * number * number - number
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Rating;
    use super::super::super::standing::Ratio;
    use super::*;

    fn of(rows: &[&[i64]]) -> Kendall {
        let marks = rows.iter().enumerate().flat_map(|(entry, marks)| {
            marks.iter().enumerate().map(move |(judge, mark)| {
                Rating::new(format!("e{entry:02}"), format!("j{judge}"), Ratio::whole(*mark))
            })
        });
        kendall(&Ratings::new(marks))
    }

    #[test]
    fn agreement_with_ties_by_hand() {
        // Two judges, three entries: ranks 1 2 3 and 1 5/2 5/2. Sums 2, 9/2, 11/2 about 4: S = 4 + 1/4 + 9/4 = 13/2.
        // W = 12 * 13/2 / (4 * 24 - 2 * 6) = 78/84 = 13/14; chi2 = 2 * 2 * 13/14; with 2 df p = exp(-chi2/2).
        let found = of(&[&[9, 9], &[5, 4], &[1, 4]]);
        assert!((found.w.unwrap() - 13.0 / 14.0).abs() < 1e-14);
        assert!((found.chi2.unwrap() - 26.0 / 7.0).abs() < 1e-14);
        assert!((found.p.unwrap() - (-13.0_f64 / 7.0).exp()).abs() < 1e-12);
        assert_eq!(found.df, Some(2));
    }

    #[test]
    fn full_agreement_none_and_undefined() {
        assert_eq!(of(&[&[1, 2, 3], &[2, 4, 6], &[9, 9, 9]]).w, Some(1.0));
        assert_eq!(of(&[&[1, 2], &[2, 1]]).w, Some(0.0));
        assert_eq!(of(&[&[1, 2], &[2, 1]]).p, Some(1.0));
        for rows in [&[&[5_i64, 5][..], &[5, 5]][..], &[&[1]], &[], &[&[1, 2], &[1]]] {
            assert_eq!(of(rows), Kendall::default());
        }
    }
}
