//! "Same without judge X": the ranking as it would be, to see whether one judge decides it.

use super::{Fit, Ratings};

#[derive(Debug, Clone, PartialEq)]
pub struct WithoutJudge {
    pub judge: String,
    /// Best first. Entries that nobody else rated are missing.
    pub scores: Vec<(String, f64)>,
}

impl WithoutJudge {
    pub fn leaders(&self, count: usize) -> Vec<&str> {
        self.scores.iter().take(count).map(|(entry, _)| entry.as_str()).collect()
    }
}

pub fn without_each_judge(ratings: &Ratings, model: impl Fn(&Ratings) -> Fit) -> Vec<WithoutJudge> {
    let judges = ratings.judges().iter().enumerate();
    judges
        .map(|(number, judge)| {
            let others = ratings.without(number);
            let fit = model(&others);
            let mut scores: Vec<(String, f64)> = others.entries().iter().cloned().zip(fit.scores).collect();
            scores.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
            WithoutJudge { judge: judge.clone(), scores }
        })
        .collect()
}
