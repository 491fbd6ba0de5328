//! The six intraclass correlations of Shrout and Fleiss (1979), from the mean squares of a complete table.

use serde::Serialize;

use super::Complete;

/// Between entries, within entries, between judges, and residual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    pub between: f64,
    pub within: f64,
    pub judges: f64,
    pub residual: f64,
}

/// Negative ones are reported as they are; `None` where undefined.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Icc {
    #[serde(rename = "1,1")]
    pub single_one_way: Option<f64>,
    #[serde(rename = "2,1")]
    pub single_random: Option<f64>,
    #[serde(rename = "3,1")]
    pub single_fixed: Option<f64>,
    #[serde(rename = "1,k")]
    pub mean_one_way: Option<f64>,
    #[serde(rename = "2,k")]
    pub mean_random: Option<f64>,
    #[serde(rename = "3,k")]
    pub mean_fixed: Option<f64>,
}

impl MeanSquares {
    /// `None` with fewer than two entries or two judges, or when all marks are equal.
    pub fn of(table: &Complete) -> Option<Self> {
        let (n, k) = (table.rows.len(), table.n_judges());
        let first = *table.rows.first()?.first()?;
        if n < 2 || k < 2 || table.rows.iter().flatten().all(|mark| mark.total_cmp(&first).is_eq()) {
            return None;
        }
        let (n, k) = (n as f64, k as f64);
        let grand = table.rows.iter().flatten().sum::<f64>() / (n * k);
        let rows: Vec<f64> = table.rows.iter().map(|row| row.iter().sum::<f64>() / k).collect();
        let columns: Vec<f64> = (0..table.n_judges())
            .map(|judge| table.rows.iter().map(|row| row[judge]).sum::<f64>() / n)
            .collect();
        let squares = |means: &[f64]| means.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>();
        let mut within = 0.0;
        let mut residual = 0.0;
        for (row, mean) in table.rows.iter().zip(&rows) {
            for (mark, column) in row.iter().zip(&columns) {
                within += (mark - mean).powi(2);
                residual += (mark - mean - column + grand).powi(2);
            }
        }
        Some(Self {
            between: k * squares(&rows) / (n - 1.0),
            within: within / (n * (k - 1.0)),
            judges: n * squares(&columns) / (k - 1.0),
            residual: residual / ((n - 1.0) * (k - 1.0)),
        })
    }
}

pub fn icc(table: &Complete) -> Icc {
    let Some(MeanSquares { between, within, judges, residual }) = MeanSquares::of(table) else {
        return Icc::default();
    };
    let (n, k) = (table.rows.len() as f64, table.n_judges() as f64);
    Icc {
        single_one_way: quotient(between - within, between + (k - 1.0) * within),
        single_random: quotient(
            between - residual,
            between + (k - 1.0) * residual + k * (judges - residual) / n,
        ),
        single_fixed: quotient(between - residual, between + (k - 1.0) * residual),
        mean_one_way: quotient(between - within, between),
        mean_random: quotient(between - residual, between + (judges - residual) / n),
        mean_fixed: quotient(between - residual, between),
    }
}

fn quotient(above: f64, below: f64) -> Option<f64> {
    let quotient = above / below;
    (below != 0.0 && quotient.is_finite()).then_some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_shrout_and_fleiss() {
        let rows = [
            [9., 2., 5., 8.],
            [6., 1., 3., 2.],
            [8., 4., 6., 8.],
            [7., 1., 2., 6.],
            [10., 5., 6., 9.],
            [6., 2., 4., 7.],
        ];
        let table = Complete { rows: rows.map(|row| row.to_vec()).to_vec() };
        let squares = MeanSquares::of(&table).unwrap();
        for (found, expected) in [
            (squares.between, 11.24),
            (squares.within, 6.26),
            (squares.judges, 32.49),
            (squares.residual, 1.02),
        ] {
            assert!((found - expected).abs() < 0.005);
        }
        let icc = icc(&table);
        for (found, expected) in [
            (icc.single_one_way, 0.1657),
            (icc.single_random, 0.2898),
            (icc.single_fixed, 0.7148),
            (icc.mean_one_way, 0.4428),
            (icc.mean_random, 0.6201),
            (icc.mean_fixed, 0.9093),
        ] {
            assert!((found.unwrap() - expected).abs() < 5e-5);
        }
    }

    #[test]
    fn what_is_undefined_is_left_out() {
        for rows in
            [vec![], vec![vec![5.0, 5.0], vec![5.0, 5.0]], vec![vec![1.0, 2.0]], vec![vec![1.0], vec![2.0]]]
        {
            assert_eq!(icc(&Complete { rows }), Icc::default());
        }
        // Judges who contradict each other: negative, as it is.
        let opposed = icc(&Complete { rows: vec![vec![1.0, 2.0], vec![2.0, 1.0]] });
        assert!(opposed.single_one_way.unwrap() < 0.0);
    }
}
