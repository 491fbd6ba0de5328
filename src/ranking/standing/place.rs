//! Places from an order with ties.

use serde::{Deserialize, Serialize};

/// How tied places are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankStyle {
    /// 1224: the place after a tie is skipped.
    #[default]
    Competition,
    /// 1223: no number is skipped.
    Dense,
    /// 1, 2.5, 2.5, 4: the mean of the places that are shared.
    Fractional,
}

/// Counted from 1: the tied entries share the places `first` to `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    pub first: usize,
    pub last: usize,
    pub dense: usize,
}

impl Place {
    pub fn is_shared(self) -> bool {
        self.last > self.first
    }

    pub fn shown(self, style: RankStyle) -> String {
        match style {
            RankStyle::Competition => self.first.to_string(),
            RankStyle::Dense => self.dense.to_string(),
            RankStyle::Fractional => {
                let half = if (self.first + self.last).is_multiple_of(2) { "" } else { ".5" };
                format!("{}{half}", self.first.midpoint(self.last))
            }
        }
    }
}

/// The places of groups of tied entries, best group first, given the size of each.
pub fn places(sizes: impl IntoIterator<Item = usize>) -> Vec<Place> {
    let mut before = 0;
    let mut places = Vec::new();
    for (position, size) in sizes.into_iter().enumerate() {
        places.push(Place { first: before + 1, last: before + size, dense: position + 1 });
        before += size;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_numbered_in_each_style() {
        let places = places([1, 2, 1, 3]);
        let shown = |style| places.iter().map(|place| place.shown(style)).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(RankStyle::Competition), "1 2 4 5");
        assert_eq!(shown(RankStyle::Dense), "1 2 3 4");
        assert_eq!(shown(RankStyle::Fractional), "1 2.5 4 6");
    }
}
