//! What would happen to entries if the contest opened as it is declared: pure.

use super::Declared;
use crate::features::units::LevelCode;

/// The way of an entry that a unit of this level sends in, as numbers of the rounds it may climb through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryPath {
    pub level: LevelCode,
    /// Empty when no round takes entries of this level.
    pub rounds: Vec<usize>,
}

/// For each level from the host down.
pub fn dry_run(declared: &Declared) -> Vec<DryPath> {
    let Some(host) = declared.level_position(&declared.host.level) else { return Vec::new() };
    let rounds: Vec<Option<i32>> =
        declared.rounds.iter().map(|row| declared.level_position(&row.round.pool_level)).collect();
    let levels = declared.levels.iter().filter(|level| level.position >= host);
    levels
        .map(|level| DryPath { level: level.code.clone(), rounds: climb(&rounds, level.position) })
        .collect()
}

/// First the round whose pools stand at the entry's level or above; from there on only upwards, or level.
fn climb(rounds: &[Option<i32>], level: i32) -> Vec<usize> {
    let mut stands_at = level;
    let mut path = Vec::new();
    for (number, round) in rounds.iter().enumerate() {
        if let Some(position) = round.filter(|position| *position <= stands_at) {
            path.push(number);
            stands_at = position;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_begin_at_their_own_level_and_climb() {
        // Commune 3, district 2, province 1, central 0 and once more central.
        let four = [Some(3), Some(2), Some(1), Some(0), Some(0)];
        for (rounds, level, path) in [
            (&four[..], 4, vec![0, 1, 2, 3, 4]),
            (&four, 3, vec![0, 1, 2, 3, 4]),
            (&four, 2, vec![1, 2, 3, 4]),
            (&four, 0, vec![3, 4]),
            (&[Some(3)], 1, vec![]),
            (&[None, Some(1)], 4, vec![1]),
            (&[Some(1), Some(3)], 4, vec![0]),
            (&[], 4, vec![]),
        ] {
            assert_eq!(climb(rounds, level), path, "{rounds:?} from {level}");
        }
    }
}
