//! In which order a judge meets the entries: random by the seed, different for every judge, and the same when asked again.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

/// SHA-256 of seed, judge and entry, smallest first. An entry that joins later does not reorder the others.
pub fn order_for<'e>(seed: &str, judge: &str, entries: impl IntoIterator<Item = &'e str>) -> Vec<&'e str> {
    let mut order: Vec<&str> = entries.into_iter().collect();
    order.sort_by_cached_key(|entry| (lot(seed, judge, entry), *entry));
    order
}

/// Pull mode: of the entries that the judge may score and does not have yet, one with the fewest judges.
pub fn next_entry<'e>(
    seed: &str,
    judge: &str,
    n_judges_of: &BTreeMap<&'e str, usize>,
    not_for_this_judge: &BTreeSet<&str>,
) -> Option<&'e str> {
    let open = n_judges_of.iter().filter(|(entry, _)| !not_for_this_judge.contains(*entry));
    open.min_by_key(|(entry, count)| (**count, lot(seed, judge, entry), **entry)).map(|(entry, _)| *entry)
}

fn lot(seed: &str, judge: &str, entry: &str) -> [u8; 32] {
    let parts = Sha256::new().chain_update(seed).chain_update([0]).chain_update(judge);
    parts.chain_update([0]).chain_update(entry).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_judge_has_an_own_order_that_stays() {
        let entries = ["a", "b", "c", "d", "e", "f"];
        let first = order_for("seed", "judge", entries);
        assert_eq!(order_for("seed", "judge", entries.into_iter().rev()), first);
        assert_ne!(order_for("seed", "another", entries), first);
        let without_c: Vec<&str> = first.iter().copied().filter(|entry| *entry != "c").collect();
        assert_eq!(order_for("seed", "judge", ["a", "b", "d", "e", "f"]), without_c);
    }

    #[test]
    fn the_next_entry_is_one_that_was_judged_least() {
        let counts = BTreeMap::from([("a", 2), ("b", 1), ("c", 1), ("d", 0)]);
        let next = |taken: &[&str]| next_entry("seed", "judge", &counts, &taken.iter().copied().collect());
        assert_eq!(next(&[]), Some("d"));
        assert!(matches!(next(&["d"]), Some("b" | "c")));
        assert_eq!(next(&["b", "c", "d"]), Some("a"));
        assert_eq!(next(&["a", "b", "c", "d"]), None);
    }
}
