//! What missing sheets can still change: the places that an entry could have between the least and the most that its
//! missing marks could be.

use serde::Serialize;

use super::Ratio;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Above the cut whatever the missing marks are.
    In,
    /// Below the cut whatever they are.
    Out,
    Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reach {
    pub best: usize,
    pub worst: usize,
    pub fate: Fate,
}

/// Of entries with the lowest and the highest score that each could end with, and the number of seats. A tie could be split
/// against an entry, so equal scores count as lost for its worst place and as shared for its best. Bounds are independent of
/// each other because each mark is of one entry.
pub fn reach(bounds: &[(Ratio, Ratio)], seats: usize) -> Vec<Reach> {
    let mut lows: Vec<Ratio> = bounds.iter().map(|(low, _)| *low).collect();
    let mut highs: Vec<Ratio> = bounds.iter().map(|(_, high)| *high).collect();
    lows.sort_unstable();
    highs.sort_unstable();
    let of = |(low, high): &(Ratio, Ratio)| {
        // Its own highest is among them, and makes the one of "one more than those above".
        let worst = highs.len() - highs.partition_point(|other| other < low);
        let best = 1 + lows.len() - lows.partition_point(|other| other <= high);
        let fate = if worst <= seats {
            Fate::In
        } else if best > seats {
            Fate::Out
        } else {
            Fate::Open
        };
        Reach { best, worst, fate }
    };
    bounds.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bounds: &[(i64, i64)], seats: usize) -> Vec<(usize, usize, Fate)> {
        let bounds: Vec<_> =
            bounds.iter().map(|(low, high)| (Ratio::whole(*low), Ratio::whole(*high))).collect();
        reach(&bounds, seats).into_iter().map(|reach| (reach.best, reach.worst, reach.fate)).collect()
    }

    #[test]
    fn a_place_is_safe_when_no_missing_mark_can_take_it() {
        use Fate::{In, Open, Out};
        // 90 is above all others' most; the second and third overlap; the last cannot reach the third's least.
        let mixed = [(90, 95), (60, 85), (70, 80), (10, 50)];
        assert_eq!(of(&mixed, 1), [(1, 1, In), (2, 3, Out), (2, 3, Out), (4, 4, Out)]);
        assert_eq!(of(&mixed, 2), [(1, 1, In), (2, 3, Open), (2, 3, Open), (4, 4, Out)]);
        assert_eq!(of(&mixed, 3), [(1, 1, In), (2, 3, In), (2, 3, In), (4, 4, Out)]);
        assert_eq!(of(&mixed, 4).iter().filter(|row| row.2 == In).count(), 4);
        // A tie across the cut is open: a chain may split it either way.
        assert_eq!(of(&[(80, 80), (80, 80)], 1), [(1, 2, Open), (1, 2, Open)]);
        assert_eq!(of(&[(5, 5)], 0), [(1, 1, Out)]);
        assert_eq!(of(&[], 3), []);
    }

    proptest::proptest! {
        /// Whatever is drawn between the bounds, who is safe above the cut is above it, and who is safe below is below.
        #[test]
        fn no_outcome_breaks_a_promise(
            rows in proptest::collection::vec((0_i64..40, 0_i64..15, 0_i64..=100), 1..9), seats in 0_usize..9,
        ) {
            let bounds: Vec<(Ratio, Ratio)> =
                rows.iter().map(|(low, wide, _)| (Ratio::whole(*low), Ratio::whole(low + wide))).collect();
            let drawn: Vec<i64> = rows.iter().map(|(low, wide, at)| low + wide * at / 100).collect();
            for (own, reach) in drawn.iter().zip(reach(&bounds, seats)) {
                let better = 1 + drawn.iter().filter(|other| *other > own).count();
                let level = drawn.iter().filter(|other| *other >= own).count();
                proptest::prop_assert!(reach.best <= better && level <= reach.worst);
                proptest::prop_assert!(reach.fate != Fate::In || level <= seats);
                proptest::prop_assert!(reach.fate != Fate::Out || better > seats);
            }
        }
    }
}
