//! The ratings of a pool, sorted by entry and judge, so that every sum is taken in one order and gives the same bits.

use super::super::design::Incidence;
use super::super::standing::{BadPool, Pool, Ratio};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating {
    pub entry: String,
    pub judge: String,
    pub score: Ratio,
}

impl Rating {
    pub fn new(entry: impl Into<String>, judge: impl Into<String>, score: Ratio) -> Self {
        Self { entry: entry.into(), judge: judge.into(), score }
    }
}

/// Results of all models list entries and judges in the order of their names here.
#[derive(Debug, Clone)]
pub struct Ratings {
    pub(super) entries: Vec<String>,
    pub(super) judges: Vec<String>,
    pub(in super::super) incidence: Incidence,
    pub(in super::super) scores: Vec<f64>,
    pub(in super::super) exact: Vec<Ratio>,
}

impl Ratings {
    /// Several ratings of one entry by one judge count as so many ratings.
    pub fn new(ratings: impl IntoIterator<Item = Rating>) -> Self {
        let mut ratings: Vec<Rating> = ratings.into_iter().collect();
        ratings.sort_unstable();
        let mut judges: Vec<&str> = ratings.iter().map(|rating| rating.judge.as_str()).collect();
        judges.sort_unstable();
        judges.dedup();
        let judges: Vec<String> = judges.into_iter().map(str::to_owned).collect();
        let (mut starts, mut places, mut entries) =
            (Vec::new(), Vec::with_capacity(ratings.len()), Vec::new());
        let mut exact = Vec::with_capacity(ratings.len());
        for rating in ratings {
            if entries.last() != Some(&rating.entry) {
                starts.push(number(places.len()));
                entries.push(rating.entry);
            }
            places.push(number(judges.binary_search(&rating.judge).unwrap_or_default()));
            exact.push(rating.score);
        }
        starts.push(number(places.len()));
        let incidence = Incidence::new(starts, places, judges.len());
        Self { entries, judges, incidence, scores: exact.iter().map(|score| score.to_f64()).collect(), exact }
    }

    /// From numbers into two lists of names, which need not be sorted or all in use.
    pub(in super::super) fn from_numbers(
        entries: &[String],
        judges: &[String],
        ratings: impl IntoIterator<Item = (u32, u32, Ratio)>,
    ) -> Self {
        let mut ratings: Vec<(u32, u32, Ratio)> = ratings.into_iter().collect();
        let (entries, entry_numbers) = sorted_names(entries, ratings.iter().map(|(entry, _, _)| *entry));
        let (judges, judge_numbers) = sorted_names(judges, ratings.iter().map(|(_, judge, _)| *judge));
        for (entry, judge, _) in &mut ratings {
            (*entry, *judge) = (entry_numbers[*entry as usize], judge_numbers[*judge as usize]);
        }
        ratings.sort_unstable();
        let mut starts = vec![0; entries.len() + 1];
        for (entry, _, _) in &ratings {
            starts[*entry as usize + 1] += 1;
        }
        for entry in 0..entries.len() {
            starts[entry + 1] += starts[entry];
        }
        let incidence =
            Incidence::new(starts, ratings.iter().map(|(_, judge, _)| *judge).collect(), judges.len());
        let exact: Vec<Ratio> = ratings.into_iter().map(|(_, _, score)| score).collect();
        Self { entries, judges, incidence, scores: exact.iter().map(|score| score.to_f64()).collect(), exact }
    }

    /// The rubric scores of the sheets of a pool that count.
    pub fn of_pool(pool: &Pool) -> Result<Self, BadPool> {
        let counting = pool.counting()?;
        let sheets = counting
            .by_entry
            .iter()
            .flat_map(|(entry, sheets)| sheets.iter().map(move |sheet| (entry, sheet)));
        Ok(Self::new(sheets.map(|(entry, sheet)| Rating::new(*entry, sheet.judge, sheet.score))))
    }

    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    pub fn judges(&self) -> &[String] {
        &self.judges
    }

    pub fn len(&self) -> usize {
        self.scores.len()
    }

    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// How many ratings the entry has.
    pub fn count(&self, entry: usize) -> usize {
        self.incidence.range(entry).len()
    }

    pub fn count_of_judge(&self) -> Vec<usize> {
        self.incidence.loads().into_iter().map(|load| load as usize).collect()
    }

    /// The exact ratings of one entry, by judge.
    pub fn exact_of(&self, entry: usize) -> &[Ratio] {
        &self.exact[self.incidence.range(entry)]
    }

    pub fn scores_of(&self, entry: usize) -> &[f64] {
        &self.scores[self.incidence.range(entry)]
    }

    /// Of each judge: the entries rated, and where the rating stands.
    pub(in super::super) fn by_judge(&self) -> Vec<Vec<(usize, usize)>> {
        let mut by_judge = vec![Vec::new(); self.judges.len()];
        for entry in 0..self.entries.len() {
            for (place, judge) in self.incidence.range(entry).zip(self.incidence.of(entry)) {
                by_judge[*judge as usize].push((entry, place));
            }
        }
        by_judge
    }

    /// As if the judge had not been there. Entries that nobody else rated are gone too.
    #[must_use]
    pub fn without(&self, judge: usize) -> Self {
        let kept = (0..self.entries.len()).flat_map(|entry| {
            let places = self.incidence.range(entry).zip(self.incidence.of(entry));
            places.filter(|(_, rater)| **rater as usize != judge).map(move |(place, rater)| {
                Rating::new(
                    self.entries[entry].as_str(),
                    self.judges[*rater as usize].as_str(),
                    self.exact[place],
                )
            })
        });
        Self::new(kept)
    }
}

/// The names in use, sorted, and the new number of each old one.
fn sorted_names(names: &[String], used: impl Iterator<Item = u32>) -> (Vec<String>, Vec<u32>) {
    let mut is_used = vec![false; names.len()];
    for name in used {
        is_used[name as usize] = true;
    }
    let mut order: Vec<usize> = (0..names.len()).filter(|name| is_used[*name]).collect();
    order.sort_unstable_by(|left, right| names[*left].cmp(&names[*right]));
    let mut numbers = vec![0; names.len()];
    for (number, name) in (0..).zip(&order) {
        numbers[*name] = number;
    }
    (order.into_iter().map(|name| names[name].clone()).collect(), numbers)
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
