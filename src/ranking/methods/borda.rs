//! Borda: how many rivals an entry beats in each judge's own ranking, half a point for a tie.

use super::super::model::Ratings;
use super::super::standing::Ratio;
use super::ranks_of_judges;

/// The sum of points where every judge ranked every entry; otherwise the mean share of rivals beaten,
/// `(m_j - rank)/(m_j - 1)`. `None` for an entry that met no rival.
pub fn borda(ratings: &Ratings) -> Vec<Option<Ratio>> {
    let n_entries = ratings.entries().len();
    let complete = ratings.len() == n_entries * ratings.judges().len();
    let mut sums = vec![Some(Ratio::ZERO); n_entries];
    let mut counts = vec![0_i128; n_entries];
    for list in ranks_of_judges(ratings).iter().filter(|list| list.len() > 1) {
        for (entry, doubled_rank) in list {
            let beaten = 2 * list.len() as i128 - i128::from(*doubled_rank);
            let rivals = if complete { 2 } else { 2 * (list.len() as i128 - 1) };
            sums[*entry] = sums[*entry].and_then(|sum| sum.plus(Ratio::new(beaten, rivals)?));
            counts[*entry] += 1;
        }
    }
    let scores = sums.into_iter().zip(counts);
    scores.map(|(sum, count)| if complete && count > 0 { sum } else { sum?.divided_by(count) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Rating;
    use super::*;

    fn points(marks: &[(&str, &str, i64)]) -> Vec<String> {
        let ratings = Ratings::new(marks.iter().map(|(e, j, m)| Rating::new(*e, *j, Ratio::whole(*m))));
        borda(&ratings).into_iter().map(|score| score.map_or("-".into(), |score| score.to_string())).collect()
    }

    #[test]
    fn rivals_beaten_are_counted() {
        let complete =
            [("a", "x", 9), ("b", "x", 5), ("c", "x", 5), ("a", "y", 3), ("b", "y", 8), ("c", "y", 1)];
        assert_eq!(points(&complete), ["3", "5/2", "1/2"]);
        let gaps = [("a", "x", 9), ("b", "x", 5), ("b", "y", 5), ("c", "y", 5), ("d", "y", 2), ("e", "z", 1)];
        assert_eq!(points(&gaps), ["1", "3/8", "3/4", "0", "-"]);
    }
}
