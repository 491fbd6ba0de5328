//! Orders from the judges' rankings alone: majority placement (skating until 1997 and ballroom dancing) and one by one.

use std::cmp::Reverse;

use super::super::model::Ratings;
use super::ranks_of_judges;

/// Compared in this order, smaller is better: the place that more than half of the judges give at least; how many do;
/// the sum of their ranks; the sum of all ranks. Ranks are doubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Placement {
    pub place: u64,
    pub majority: Reverse<usize>,
    pub sum_of_majority: u64,
    pub total: u64,
}

/// Compared in this order, smaller is better: rivals beaten by a majority of judges (doubled, a draw is 1), and judges in
/// favour over all pairs (doubled).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OneByOne {
    pub wins: Reverse<u64>,
    pub judges_in_favour: Reverse<u64>,
}

/// `None` unless every judge ranked every entry once.
pub fn majority_placement(ratings: &Ratings) -> Option<Vec<Placement>> {
    let ranks = complete_ranks(ratings)?;
    let placement = |own: &Vec<u64>| {
        let mut sorted = own.clone();
        sorted.sort_unstable();
        let place = sorted[sorted.len() / 2].div_ceil(2);
        let majority: Vec<u64> = sorted.iter().copied().filter(|rank| *rank <= 2 * place).collect();
        Placement {
            place,
            majority: Reverse(majority.len()),
            sum_of_majority: majority.iter().sum(),
            total: sorted.iter().sum(),
        }
    };
    Some(ranks.iter().map(placement).collect())
}

/// `None` unless every judge ranked every entry once.
pub fn one_by_one(ratings: &Ratings) -> Option<Vec<OneByOne>> {
    let ranks = complete_ranks(ratings)?;
    let favour = |own: &Vec<u64>, rival: &Vec<u64>| -> u64 {
        own.iter().zip(rival).map(|(own, rival)| u64::from(own < rival) + u64::from(own <= rival)).sum()
    };
    let standing = |(entry, own): (usize, &Vec<u64>)| {
        let rivals = || ranks.iter().enumerate().filter(|(other, _)| *other != entry).map(|(_, rival)| rival);
        let wins = rivals().map(|rival| {
            let (mine, theirs) = (favour(own, rival), favour(rival, own));
            u64::from(mine > theirs) + u64::from(mine >= theirs)
        });
        OneByOne {
            wins: Reverse(wins.sum()),
            judges_in_favour: Reverse(rivals().map(|rival| favour(own, rival)).sum()),
        }
    };
    Some(ranks.iter().enumerate().map(standing).collect())
}

/// Per entry the doubled ranks of all judges.
fn complete_ranks(ratings: &Ratings) -> Option<Vec<Vec<u64>>> {
    let n_entries = ratings.entries().len();
    let mut ranks = vec![Vec::new(); n_entries];
    for list in ranks_of_judges(ratings) {
        for (entry, rank) in &list {
            ranks[*entry].push(*rank);
        }
        if list.len() != n_entries {
            return None;
        }
    }
    let n_judges = ratings.judges().len();
    (n_judges > 0 && ranks.iter().all(|own| own.len() == n_judges)).then_some(ranks)
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Rating;
    use super::super::super::standing::Ratio;
    use super::*;

    /// Ranks of three entries by five judges, as marks.
    fn a_table(ranks: [[i64; 5]; 3]) -> Ratings {
        let marks = ranks.into_iter().enumerate().flat_map(|(entry, ranks)| {
            ranks.into_iter().enumerate().map(move |(judge, rank)| {
                Rating::new(format!("e{entry}"), format!("j{judge}"), Ratio::whole(-rank))
            })
        });
        Ratings::new(marks)
    }

    #[test]
    fn three_of_five_first_places_win_whatever_the_others_say() {
        let ratings = a_table([[1, 1, 1, 3, 3], [2, 2, 2, 1, 1], [3, 3, 3, 2, 2]]);
        let placements = majority_placement(&ratings).unwrap();
        assert!(placements[0] < placements[1] && placements[1] < placements[2]);
        let second = Placement { place: 2, majority: Reverse(5), sum_of_majority: 16, total: 16 };
        assert_eq!(placements[1], second);
        let pairs = one_by_one(&ratings).unwrap();
        assert_eq!((pairs[0].wins.0, pairs[1].wins.0, pairs[2].wins.0), (4, 2, 0));
        assert_eq!(pairs[0].judges_in_favour.0, 12);
    }

    #[test]
    fn equal_rankings_are_ties_and_gaps_are_refused() {
        let placements = majority_placement(&a_table([[1; 5], [1; 5], [3; 5]])).unwrap();
        assert_eq!(placements[0], placements[1]);
        let gap =
            Ratings::new([("a", "x"), ("b", "x"), ("a", "y")].map(|(e, j)| Rating::new(e, j, Ratio::ZERO)));
        assert_eq!(majority_placement(&gap), None);
        assert_eq!(one_by_one(&gap), None);
        assert_eq!(majority_placement(&Ratings::new([])), None);
    }
}
