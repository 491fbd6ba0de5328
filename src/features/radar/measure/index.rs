//! Keys in memory: who shares a key with whom.

use std::collections::{BTreeSet, HashMap};

/// Things by their keys, for comparing all of them in one go.
#[derive(Debug, Default)]
pub struct Index {
    by_key: HashMap<i64, Vec<usize>>,
}

/// More things under one key than this say nothing by it: the key stands for something that everybody has.
pub const MAX_UNDER_KEY: usize = 200;

impl Index {
    pub fn keep(&mut self, thing: usize, keys: &[i64]) {
        for key in keys {
            self.by_key.entry(*key).or_default().push(thing);
        }
    }

    /// Everything that shares a key, each once, in order.
    pub fn ask(&self, keys: &[i64]) -> BTreeSet<usize> {
        let under = keys.iter().filter_map(|key| self.by_key.get(key));
        under.filter(|things| things.len() <= MAX_UNDER_KEY).flatten().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_by_any_of_their_keys() {
        let mut index = Index::default();
        index.keep(1, &[10, 11]);
        index.keep(2, &[11, 12]);
        for thing in 100..=300 {
            index.keep(thing, &[99]);
        }
        assert_eq!(index.ask(&[11, 12]), BTreeSet::from([1, 2]));
        assert_eq!(index.ask(&[13, 99]), BTreeSet::new(), "what everybody has says nothing");
    }
}
