//! Every judge's marks standardised on their own. It assumes that every judge met an equally good set of entries, so it is
//! offered only when each rated enough of them and they were drawn at random.

use thiserror::Error;

use super::super::model::{Note, Ratings};

const FEWEST_RATINGS: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RefusedZScore {
    #[error("z-scores need at least 8 ratings by every judge, and judge {judge} has {ratings}")]
    TooFew { judge: String, ratings: usize },
    #[error("z-scores need entries that were given to judges at random, and these were not")]
    NotRandom,
}

impl RefusedZScore {
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooFew { .. } => "ranking-zscore-too-few",
            Self::NotRandom => "ranking-zscore-not-random",
        }
    }
}

/// Of each entry `grand mean + grand deviation * mean z`, with n - 1 in all deviations.
pub fn zscore(ratings: &Ratings, drawn_at_random: bool) -> Result<(Vec<f64>, Vec<Note>), RefusedZScore> {
    if !drawn_at_random {
        return Err(RefusedZScore::NotRandom);
    }
    let counts = ratings.count_of_judge();
    if let Some((judge, count)) =
        ratings.judges().iter().zip(&counts).find(|(_, count)| **count < FEWEST_RATINGS)
    {
        return Err(RefusedZScore::TooFew { judge: judge.clone(), ratings: *count });
    }
    let mut standardised = vec![0.0; ratings.len()];
    let mut notes = Vec::new();
    for (list, judge) in ratings.by_judge().iter().zip(ratings.judges()) {
        if list.iter().all(|(_, place)| ratings.exact[*place] == ratings.exact[list[0].1]) {
            notes.push(Note::NoSpread(judge.clone()));
            continue;
        }
        let marks: Vec<f64> = list.iter().map(|(_, place)| ratings.scores[*place]).collect();
        let (mean, deviation) = moments(&marks);
        for ((_, place), mark) in list.iter().zip(&marks) {
            standardised[*place] = (mark - mean) / deviation;
        }
    }
    let (mean, deviation) = moments(&ratings.scores);
    let entries = 0..ratings.entries().len();
    let scores = entries.map(|entry| {
        let own = &standardised[ratings.incidence.range(entry)];
        mean + deviation * own.iter().sum::<f64>() / own.len() as f64
    });
    Ok((scores.collect(), notes))
}

fn moments(marks: &[f64]) -> (f64, f64) {
    let mean = marks.iter().sum::<f64>() / marks.len().max(1) as f64;
    let squares: f64 = marks.iter().map(|mark| (mark - mean).powi(2)).sum();
    (mean, (squares / marks.len().saturating_sub(1).max(1) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Rating;
    use super::super::super::standing::Ratio;
    use super::*;

    fn a_table(judges: &[(&str, [i64; 8])]) -> Ratings {
        let marks = judges.iter().flat_map(|(judge, marks)| {
            marks
                .iter()
                .enumerate()
                .map(move |(entry, mark)| Rating::new(format!("e{entry}"), *judge, Ratio::whole(*mark)))
        });
        Ratings::new(marks)
    }

    #[test]
    fn a_judge_who_shifts_and_stretches_changes_nothing() {
        let marks = [1, 2, 3, 4, 5, 6, 7, 8];
        let one = zscore(&a_table(&[("a", marks), ("b", marks)]), true).unwrap().0;
        let stretched =
            zscore(&a_table(&[("a", marks), ("b", marks.map(|mark| 10 + 3 * mark))]), true).unwrap().0;
        let order = |scores: &[f64]| scores.windows(2).all(|pair| pair[0] < pair[1]);
        assert!(order(&one) && order(&stretched));
        // By hand: mean 9/2 and deviation sqrt(6) of 1 to 8; both judges agree, so z of the first is (1 - 9/2)/sqrt(6).
        // All sixteen marks have the mean 9/2 and squares 84 over 15.
        let expected = 4.5 + (84.0_f64 / 15.0).sqrt() * (-3.5) / 6.0_f64.sqrt();
        assert!((one[0] - expected).abs() < 1e-12);
    }

    #[test]
    fn it_is_refused_with_the_reason_and_a_flat_judge_counts_as_average() {
        let marks = [1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(zscore(&a_table(&[("a", marks)]), false), Err(RefusedZScore::NotRandom));
        let (scores, notes) = zscore(&a_table(&[("a", marks), ("b", [5; 8])]), true).unwrap();
        assert_eq!(notes, [Note::NoSpread("b".into())]);
        assert!(scores.iter().all(|score| score.is_finite()));
        let few = Ratings::new([Rating::new("e", "a", Ratio::whole(1))]);
        assert_eq!(zscore(&few, true), Err(RefusedZScore::TooFew { judge: "a".into(), ratings: 1 }));
    }
}
