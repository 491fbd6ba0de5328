//! Where the graph hangs on a thread: pairs and judges without whom it would fall apart (Tarjan 1972).

use super::Incidence;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weak {
    /// For each place in the incidence's list: without this sheet the graph falls apart.
    pub is_bridge: Vec<bool>,
    /// Without this judge it does.
    pub is_cut_judge: Vec<bool>,
}

struct Visit {
    node: usize,
    came_by: Option<usize>,
    next: usize,
}

/// Depth first, with its own stack: a contest can be deeper than the machine's.
pub fn weak_points(incidence: &Incidence) -> Weak {
    let (n_judges, n_entries) = (incidence.n_judges(), incidence.n_entries());
    let mut neighbours: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_judges + n_entries];
    for entry in 0..n_entries {
        for (place, judge) in incidence.range(entry).zip(incidence.of(entry)) {
            neighbours[*judge as usize].push((n_judges + entry, place));
            neighbours[n_judges + entry].push((*judge as usize, place));
        }
    }
    let mut weak = Weak { is_bridge: vec![false; incidence.len()], is_cut_judge: vec![false; n_judges] };
    let mut found_at = vec![usize::MAX; n_judges + n_entries];
    let mut lowest = found_at.clone();
    let mut clock = 0;
    for start in 0..n_judges {
        if found_at[start] != usize::MAX {
            continue;
        }
        let mut branches_of_start = 0;
        let mut stack = vec![Visit { node: start, came_by: None, next: 0 }];
        (found_at[start], lowest[start]) = (clock, clock);
        clock += 1;
        while let Some(visit) = stack.last_mut() {
            let node = visit.node;
            if let Some((neighbour, place)) = neighbours[node].get(visit.next).copied() {
                visit.next += 1;
                if Some(place) == visit.came_by {
                } else if found_at[neighbour] == usize::MAX {
                    (found_at[neighbour], lowest[neighbour]) = (clock, clock);
                    clock += 1;
                    stack.push(Visit { node: neighbour, came_by: Some(place), next: 0 });
                } else {
                    lowest[node] = lowest[node].min(found_at[neighbour]);
                }
                continue;
            }
            let came_by = visit.came_by;
            stack.pop();
            let (Some(parent), Some(place)) = (stack.last().map(|visit| visit.node), came_by) else {
                continue;
            };
            lowest[parent] = lowest[parent].min(lowest[node]);
            weak.is_bridge[place] = lowest[node] > found_at[parent];
            if parent == start {
                branches_of_start += 1;
            } else if parent < n_judges && lowest[node] >= found_at[parent] {
                weak.is_cut_judge[parent] = true;
            }
        }
        weak.is_cut_judge[start] = branches_of_start > 1;
    }
    weak
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ranking::design::Components;

    fn falls_apart_without(lists: &[Vec<u32>], n_judges: usize, entry: usize, position: usize) -> bool {
        let nodes = |lists: &[Vec<u32>]| {
            // Every entry is kept as a part by giving it a judge of its own.
            let lists: Vec<Vec<u32>> = lists
                .iter()
                .enumerate()
                .map(|(entry, list)| [list.as_slice(), &[u32::try_from(n_judges + entry).unwrap()]].concat())
                .collect();
            Components::of(&Incidence::from_lists(&lists, n_judges + lists.len())).count
        };
        let mut fewer = lists.to_vec();
        fewer[entry].remove(position);
        nodes(&fewer) > nodes(lists)
    }

    proptest::proptest! {
        #[test]
        fn bridges_are_what_cannot_be_removed(pairs in proptest::collection::btree_set((0_usize..6, 0_u32..5), 1..16)) {
            let mut lists: Vec<Vec<u32>> = vec![Vec::new(); 6];
            for (entry, judge) in pairs {
                lists[entry].push(judge);
            }
            lists.retain(|list| !list.is_empty());
            let incidence = Incidence::from_lists(&lists, 5);
            let weak = weak_points(&incidence);
            for (entry, list) in lists.iter().enumerate() {
                for position in 0..list.len() {
                    let found = weak.is_bridge[incidence.range(entry).start + position];
                    proptest::prop_assert_eq!(found, falls_apart_without(&lists, 5, entry, position));
                }
            }
        }
    }

    #[test]
    fn a_judge_between_two_panels_is_a_cut_judge() {
        let weak =
            weak_points(&Incidence::from_lists(&[vec![0, 1], vec![0, 1, 2], vec![2, 3], vec![2, 3]], 4));
        assert_eq!(weak.is_cut_judge, [false, false, true, false]);
        assert_eq!(weak.is_bridge, [false, false, false, false, true, false, false, false, false]);
    }
}
