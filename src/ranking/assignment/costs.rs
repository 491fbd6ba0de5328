//! The request as numbers: entries and judges in the order of their names, and what each pair costs.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::Request;

/// Equal loads weigh more than any sum of expertise along a path.
pub const LOAD_STEP: i64 = 1 << 36;
const BEST_EXPERTISE: u32 = 100;

pub struct Problem<'a> {
    pub entries: Vec<&'a str>,
    pub judges: Vec<&'a str>,
    /// How many judges each entry still needs.
    pub needs: Vec<usize>,
    /// Those given are counted in both.
    pub capacities: Vec<usize>,
    pub given: Vec<BTreeSet<usize>>,
    forbidden: BTreeSet<(usize, usize)>,
    expertise: BTreeMap<(usize, usize), u32>,
    entry_hashes: Vec<u64>,
    judge_hashes: Vec<u64>,
}

impl<'a> Problem<'a> {
    pub fn new(request: &'a Request) -> Self {
        let mut entries: BTreeSet<&str> = request.entries.keys().map(String::as_str).collect();
        let mut judges: BTreeSet<&str> = request.judges.keys().map(String::as_str).collect();
        for (entry, judge) in &request.given {
            entries.insert(entry);
            judges.insert(judge);
        }
        let (entries, judges): (Vec<&str>, Vec<&str>) =
            (entries.into_iter().collect(), judges.into_iter().collect());
        let find = |(entry, judge): &(String, String)| {
            let entry = entries.binary_search(&entry.as_str()).ok()?;
            Some((entry, judges.binary_search(&judge.as_str()).ok()?))
        };
        let mut given = vec![BTreeSet::new(); entries.len()];
        let mut capacities: Vec<usize> =
            judges.iter().map(|judge| request.judges.get(*judge).map_or(0, |offer| offer.capacity)).collect();
        let mut given_loads = vec![0; judges.len()];
        for (entry, judge) in request.given.iter().filter_map(find) {
            given[entry].insert(judge);
            given_loads[judge] += 1;
        }
        capacities.iter_mut().zip(given_loads).for_each(|(capacity, load)| *capacity = load.max(*capacity));
        let wanted = entries.iter().map(|entry| request.entries.get(*entry).copied().unwrap_or(0));
        let hashes = |names: &[&str]| names.iter().map(|name| hash(&request.seed, name)).collect();
        Self {
            needs: wanted.zip(&given).map(|(wanted, given)| wanted.saturating_sub(given.len())).collect(),
            capacities,
            given,
            forbidden: request.forbidden.iter().filter_map(find).collect(),
            expertise: request.expertise.iter().filter_map(|(pair, fit)| Some((find(pair)?, *fit))).collect(),
            entry_hashes: hashes(&entries),
            judge_hashes: hashes(&judges),
            entries,
            judges,
        }
    }

    pub fn may(&self, entry: usize, judge: usize) -> bool {
        !self.forbidden.contains(&(entry, judge))
    }

    pub fn has_expertise(&self) -> bool {
        !self.expertise.is_empty()
    }

    pub fn expertise(&self, entry: usize, judge: usize) -> u32 {
        self.expertise.get(&(entry, judge)).copied().unwrap_or(0).min(BEST_EXPERTISE)
    }

    /// The expertise that is lacking.
    pub fn cost(&self, entry: usize, judge: usize) -> i64 {
        if self.expertise.is_empty() { 0 } else { i64::from(BEST_EXPERTISE - self.expertise(entry, judge)) }
    }

    /// What decides between equals and so makes the draw random. It depends on the seed and the two names only, so that a new
    /// judge leaves it as it was. As a part of the costs it would make every path long: a hundred times slower.
    pub fn noise(&self, entry: usize, judge: usize) -> u64 {
        mix(self.entry_hashes[entry] ^ self.judge_hashes[judge].rotate_left(32))
    }

    /// Entries in an order that has nothing to do with their names.
    pub fn shuffled_entries(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_unstable_by_key(|entry| (mix(self.entry_hashes[*entry]), *entry));
        order
    }
}

fn hash(seed: &str, name: &str) -> u64 {
    let digest = Sha256::new().chain_update(seed).chain_update([0]).chain_update(name).finalize();
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// The finaliser of splitmix64.
fn mix(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
