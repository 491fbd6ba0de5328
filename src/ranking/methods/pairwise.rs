//! Bradley and Terry's model of comparisons in pairs: `P(i beats j) = p_i/(p_i + p_j)`.

use super::super::linear::{Cholesky, Symmetric};
use super::super::model::{Note, Ratings};

const TOLERANCE: f64 = 1e-12;
const MOST_ROUNDS: usize = 200_000;

#[derive(Debug, Clone, PartialEq)]
pub struct Abilities {
    /// ln p, with mean zero.
    pub log_abilities: Vec<f64>,
    /// Of the log abilities, against their mean.
    pub standard_errors: Vec<f64>,
    pub notes: Vec<Note>,
}

impl Abilities {
    pub fn chance_to_beat(&self, one: usize, other: usize) -> f64 {
        1.0 / (1.0 + (self.log_abilities[other] - self.log_abilities[one]).exp())
    }
}

/// `wins[i][j]`: how often i won over j; a tie is half a win for each. The maximum exists only if wins lead from everybody to
/// everybody (Ford 1957); otherwise each also gets half a win and half a loss against an invented average opponent, and a
/// note says so. `None` when the table is not square or something in it is no count.
pub fn bradley_terry(wins: &[Vec<f64>]) -> Option<Abilities> {
    let size = wins.len();
    let is_count = |wins: &f64| wins.is_finite() && *wins >= 0.0;
    if wins.iter().any(|row| row.len() != size || !row.iter().all(is_count)) {
        return None;
    }
    let mut table: Vec<Vec<f64>> = wins.to_vec();
    for (player, row) in table.iter_mut().enumerate() {
        row[player] = 0.0;
    }
    let mut notes = Vec::new();
    if size > 1 && !all_linked(&table) {
        for row in &mut table {
            row.push(0.5);
        }
        table.push([vec![0.5; size], vec![0.0]].concat());
        notes.push(Note::NotAllLinked);
    }
    let mut log_abilities = maximum(&table)?;
    let mut standard_errors = errors(&table, &log_abilities)?;
    log_abilities.truncate(size);
    standard_errors.truncate(size);
    let mean = log_abilities.iter().sum::<f64>() / size.max(1) as f64;
    for ability in &mut log_abilities {
        *ability -= mean;
    }
    Some(Abilities { log_abilities, standard_errors, notes })
}

/// Minorisation and maximisation (Hunter 2004): `p_i <- W_i / sum_j n_ij/(p_i + p_j)`.
fn maximum(wins: &[Vec<f64>]) -> Option<Vec<f64>> {
    let size = wins.len();
    let mut abilities = vec![1.0_f64; size];
    if size < 2 {
        return Some(vec![0.0; size]);
    }
    let totals: Vec<f64> = wins.iter().map(|row| row.iter().sum()).collect();
    for _ in 0..MOST_ROUNDS {
        let mut next: Vec<f64> = (0..size)
            .map(|one| {
                let games = (0..size).filter(|other| *other != one);
                let expected: f64 = games
                    .map(|other| (wins[one][other] + wins[other][one]) / (abilities[one] + abilities[other]))
                    .sum();
                totals[one] / expected
            })
            .collect();
        let mean = next.iter().map(|ability| ability.ln()).sum::<f64>() / size as f64;
        for ability in &mut next {
            *ability /= mean.exp();
        }
        let moved =
            next.iter().zip(&abilities).map(|(next, before)| (next / before).ln().abs()).fold(0.0, f64::max);
        abilities = next;
        if moved < TOLERANCE {
            return Some(abilities.iter().map(|ability| ability.ln()).collect());
        }
    }
    None
}

/// From the inverse of the information, in which the constant direction is made one and taken out again.
fn errors(wins: &[Vec<f64>], log_abilities: &[f64]) -> Option<Vec<f64>> {
    let size = wins.len();
    if size < 2 {
        return Some(vec![0.0; size]);
    }
    let share = 1.0 / size as f64;
    let mut information = Symmetric::zero(size);
    for one in 0..size {
        for other in (0..size).filter(|other| *other != one) {
            let chance = 1.0 / (1.0 + (log_abilities[other] - log_abilities[one]).exp());
            let weight = (wins[one][other] + wins[other][one]) * chance * (1.0 - chance);
            information[(one, one)] += weight;
            information[(one, other)] -= weight;
        }
        for other in 0..size {
            information[(one, other)] += share;
        }
    }
    let inverse = Cholesky::of(&information)?.inverse();
    Some((0..size).map(|one| (inverse[(one, one)] - share).max(0.0).sqrt()).collect())
}

/// Whether wins lead from the first to everybody and back.
fn all_linked(wins: &[Vec<f64>]) -> bool {
    let reached_from_first = |edge: &dyn Fn(usize, usize) -> bool| {
        let mut reached = vec![false; wins.len()];
        let mut open = vec![0];
        reached[0] = true;
        while let Some(one) = open.pop() {
            for other in (0..wins.len()).filter(|other| edge(one, *other)) {
                if !std::mem::replace(&mut reached[other], true) {
                    open.push(other);
                }
            }
        }
        reached.into_iter().all(|reached| reached)
    };
    reached_from_first(&|one, other| wins[one][other] > 0.0)
        && reached_from_first(&|one, other| wins[other][one] > 0.0)
}

/// Every pair that a judge rated: a win for the higher mark, half a win each for a tie. Pairs of one judge are not
/// independent, so the standard errors are too small; resample judges for honest ones.
pub fn wins_of_rankings(ratings: &Ratings) -> Vec<Vec<f64>> {
    let size = ratings.entries().len();
    let mut wins = vec![vec![0.0; size]; size];
    for list in ratings.by_judge() {
        for (entry, place) in &list {
            for (rival, other) in list.iter().filter(|(rival, _)| rival != entry) {
                wins[*entry][*rival] += match ratings.exact[*place].cmp(&ratings.exact[*other]) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
    }
    wins
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Rating;
    use super::super::super::standing::Ratio;
    use super::*;

    #[test]
    fn the_american_league_east_of_1987() {
        // Agresti, Categorical Data Analysis: Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore.
        let wins = [
            [0., 7., 9., 7., 7., 9., 11.],
            [6., 0., 7., 5., 11., 9., 9.],
            [4., 6., 0., 7., 7., 8., 12.],
            [6., 8., 6., 0., 6., 7., 10.],
            [6., 2., 6., 7., 0., 7., 12.],
            [4., 4., 5., 6., 6., 0., 6.],
            [2., 4., 1., 3., 1., 7., 0.],
        ];
        let found = bradley_terry(&wins.map(|row| row.to_vec())).unwrap();
        for (ability, expected) in
            found.log_abilities.iter().zip([1.581, 1.436, 1.294, 1.248, 1.108, 0.684, 0.0])
        {
            assert!((ability - found.log_abilities[6] - expected).abs() < 5e-4);
        }
        assert!(
            found.notes.is_empty() && found.standard_errors.iter().all(|error| (0.1..0.5).contains(error))
        );
    }

    #[test]
    fn two_players_by_hand() {
        // 3 to 1: p = 3/4, ln 3 apart; the information of the difference is 4 * 3/16 = 3/4, so each has half of sqrt(4/3).
        let found = bradley_terry(&[vec![0., 3.], vec![1., 0.]]).unwrap();
        assert!((found.log_abilities[0] - found.log_abilities[1] - 3.0_f64.ln()).abs() < 1e-10);
        assert!((found.chance_to_beat(0, 1) - 0.75).abs() < 1e-10);
        assert!((found.standard_errors[0] - (4.0_f64 / 3.0).sqrt() / 2.0).abs() < 1e-9);
    }

    #[test]
    fn who_never_loses_is_compared_with_an_average_opponent() {
        let found = bradley_terry(&[vec![0., 5.], vec![0., 0.]]).unwrap();
        assert_eq!(found.notes, [Note::NotAllLinked]);
        assert!(found.log_abilities.iter().all(|ability| ability.is_finite()));
        assert!(found.log_abilities[0] > found.log_abilities[1]);
        for (size, expected) in [(0, vec![]), (1, vec![0.0])] {
            assert_eq!(bradley_terry(&vec![vec![0.0; size]; size]).unwrap().log_abilities, expected);
        }
        assert_eq!(bradley_terry(&[vec![0., f64::NAN], vec![0., 0.]]), None);
        assert_eq!(bradley_terry(&[vec![0., 1.]]), None);
    }

    #[test]
    fn rankings_become_pairs() {
        let marks = [("a", "x", 9), ("b", "x", 5), ("c", "x", 5), ("a", "y", 1), ("b", "y", 8)];
        let ratings = Ratings::new(marks.map(|(e, j, m)| Rating::new(e, j, Ratio::whole(m))));
        assert_eq!(wins_of_rankings(&ratings), [[0., 1., 1.], [1., 0., 0.5], [0., 0.5, 0.]]);
    }
}
