//! Points by place: a jury of a thousand votes weighs no more than its order.

use super::super::standing::{Place, Ratio};

/// Of the first ten places.
pub const POINTS: [i64; 10] = [12, 10, 8, 7, 6, 5, 4, 3, 2, 1];

/// Entries that share places share their points equally.
pub fn points_by_place(place: Place) -> Ratio {
    let shared = place.first..=place.last;
    let sum: i64 = shared.clone().filter_map(|place| POINTS.get(place.checked_sub(1)?)).sum();
    i128::try_from(shared.count()).ok().and_then(|count| Ratio::new(sum.into(), count)).unwrap_or(Ratio::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_points() {
        for (first, last, points) in [(1, 1, "12"), (2, 3, "9"), (10, 11, "1/2"), (11, 11, "0"), (4, 6, "6")]
        {
            assert_eq!(points_by_place(Place { first, last, dense: first }).to_string(), points);
        }
    }
}
