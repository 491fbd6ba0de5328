//! A table without gaps: every judge scored every entry once.

use super::super::model::Ratings;

#[derive(Debug, Clone, PartialEq)]
pub struct Complete {
    /// One row per entry, one column per judge.
    pub rows: Vec<Vec<f64>>,
}

impl Complete {
    pub fn of(ratings: &Ratings) -> Option<Self> {
        let n_judges = ratings.judges().len();
        let rows = (0..ratings.entries().len()).map(|entry| {
            let judges = ratings.incidence.of(entry);
            let whole = judges.len() == n_judges
                && judges.iter().zip(0..).all(|(judge, expected)| *judge == expected);
            whole.then(|| ratings.scores_of(entry).to_vec())
        });
        let rows = rows.collect::<Option<Vec<_>>>()?;
        (!rows.is_empty()).then_some(Self { rows })
    }

    pub fn n_judges(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }
}
