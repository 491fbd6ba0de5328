//! Which seconds of a film, or which pages of a document, were before somebody's eyes.

use serde::{Deserialize, Serialize};

/// Half-open, in order, apart from each other: watching the same second twice counts once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    pub fn of(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut ranges: Vec<(u32, u32)> = ranges.into_iter().filter(|(from, to)| from < to).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (from, to) in ranges {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    pub fn amount(&self) -> u32 {
        self.0.iter().fold(0, |sum, (from, to)| sum.saturating_add(to - from))
    }

    /// What lies before `end`; all of it without one.
    #[must_use]
    pub fn until(&self, end: Option<u32>) -> Self {
        let end = end.unwrap_or(u32::MAX);
        Self::of(self.0.iter().map(|(from, to)| (*from, end.min(*to))))
    }

    /// What was seen before stays seen; of what is new at most `most` is believed, and nothing at or after `end`.
    #[must_use]
    pub fn grown_by(&self, new: &Self, most: u32, end: Option<u32>) -> Self {
        let mut grown = self.clone();
        for (from, to) in &new.0 {
            let to = end.map_or(*to, |end| end.min(*to));
            let room = most.saturating_sub(grown.amount() - self.amount());
            // What overlaps costs nothing, so the part is cut only by what it truly adds.
            let mut until = to;
            while *from < until {
                let with = Self::of(grown.0.iter().copied().chain([(*from, until)]));
                let added = with.amount() - grown.amount();
                if added <= room {
                    grown = with;
                    break;
                }
                until = until.saturating_sub(added - room);
            }
        }
        grown
    }

    /// "0-12,40-60", as a page sends it. What cannot be read is left out, and so is all after the five hundredth.
    pub fn read(typed: &str) -> Self {
        const MOST: usize = 500;
        let parts = typed.split(',').take(MOST).filter_map(|part| {
            let (from, to) = part.trim().split_once('-')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        });
        Self::of(parts)
    }

    pub fn written(&self) -> String {
        let parts: Vec<String> = self.0.iter().map(|(from, to)| format!("{from}-{to}")).collect();
        parts.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_merged_and_bad_ones_left_out() {
        for (typed, kept, amount) in [
            ("", "", 0),
            ("0-5", "0-5", 5),
            ("3-9,0-5", "0-9", 9),
            ("0-5,5-7", "0-7", 7),
            ("0-5,8-9", "0-5,8-9", 6),
            ("5-5,9-3,x-1,-4,1", "", 0),
            ("0-4294967295,1-2", "0-4294967295", u32::MAX),
            ("-1-5,NaN-3, 2-4 ", "2-4", 2),
        ] {
            let ranges = Ranges::read(typed);
            assert_eq!((ranges.written().as_str(), ranges.amount()), (kept, amount), "{typed}");
        }
    }

    #[test]
    fn no_more_is_believed_than_the_time_that_passed_allows() {
        for (before, new, most, end, after) in [
            ("0-10", "10-20", 30, None, "0-20"),
            ("0-10", "10-100", 30, None, "0-40"),
            ("0-10", "0-60", 20, None, "0-30"),
            ("0-10", "20-30,40-60", 15, None, "0-10,20-30,40-45"),
            ("0-10", "5-8", 0, None, "0-10"),
            ("0-10", "10-90", 200, Some(60), "0-60"),
            ("", "0-1000", 0, None, ""),
        ] {
            let grown = Ranges::read(before).grown_by(&Ranges::read(new), most, end);
            assert_eq!(grown.written(), after, "{before} + {new} within {most}");
        }
    }
}
