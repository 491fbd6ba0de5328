//! The ranks in which a judge's marks put the entries. All ranks here are doubled, so that midranks stay whole numbers.

use super::super::model::Ratings;

/// Twice the midrank of each value, highest first: 7, 9, 7 gives 5, 2, 5.
pub fn midranks<T: Ord>(values: &[T]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|left, right| values[*right].cmp(&values[*left]));
    let mut ranks = vec![0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|left, right| values[*left] == values[*right]) {
        let doubled = 2 * before + tied.len() + 1;
        for position in tied {
            ranks[*position] = doubled as u64;
        }
        before += tied.len();
    }
    ranks
}

/// Of each judge: the entries rated and twice their midranks.
pub fn ranks_of_judges(ratings: &Ratings) -> Vec<Vec<(usize, u64)>> {
    let by_judge = ratings.by_judge();
    let ranked = by_judge.iter().map(|list| {
        let marks: Vec<_> = list.iter().map(|(_, place)| ratings.exact[*place]).collect();
        list.iter().map(|(entry, _)| *entry).zip(midranks(&marks)).collect()
    });
    ranked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_the_middle_of_their_ranks() {
        for (values, doubled) in [
            (vec![7, 9, 7], vec![5, 2, 5]),
            (vec![1, 1, 1], vec![4, 4, 4]),
            (vec![3, 2, 1], vec![2, 4, 6]),
            (vec![], vec![]),
        ] {
            assert_eq!(midranks(&values), doubled);
        }
    }
}
