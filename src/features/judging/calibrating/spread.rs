//! How far apart a panel is on one criterion. It names nobody.

use std::collections::HashMap;

use crate::base::{ids::CriterionId, points::Points};

/// Of fewer sheets everybody could tell whose the others are.
pub const FEWEST_FOR_SPREAD: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub lowest: Points,
    /// Of an even number of marks the lower of the two in the middle.
    pub median: Points,
    pub highest: Points,
    pub marks: usize,
}

/// By criterion; nothing where too few marks were given.
#[expect(clippy::implicit_hasher, reason = "one kind of map goes through the house")]
pub fn spreads(marks: &HashMap<CriterionId, Vec<Points>>) -> HashMap<CriterionId, Spread> {
    let known = marks.iter().filter_map(|(criterion, marks)| Some((criterion.clone(), spread(marks)?)));
    known.collect()
}

fn spread(marks: &[Points]) -> Option<Spread> {
    if marks.len() < FEWEST_FOR_SPREAD {
        return None;
    }
    let mut sorted = marks.to_vec();
    sorted.sort_by_key(|mark| mark.ten_thousandths());
    Some(Spread {
        lowest: *sorted.first()?,
        median: *sorted.get((sorted.len() - 1) / 2)?,
        highest: *sorted.last()?,
        marks: sorted.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_needs_three_marks_and_takes_the_one_in_the_middle() {
        let of = |marks: &[i64]| {
            let marks: Vec<Points> = marks.iter().map(|mark| Points::from_ten_thousandths(*mark)).collect();
            spread(&marks)
                .map(|spread| [spread.lowest, spread.median, spread.highest].map(Points::ten_thousandths))
        };
        for (marks, expected) in [
            (&[][..], None),
            (&[5, 1], None),
            (&[5, 1, 9], Some([1, 5, 9])),
            (&[4, 4, 4], Some([4, 4, 4])),
            (&[8, 2, 6, 4], Some([2, 4, 8])),
        ] {
            assert_eq!(of(marks), expected, "{marks:?}");
        }
    }
}
