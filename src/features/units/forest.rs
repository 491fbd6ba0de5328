//! The tree in memory, and from it who stands above whom. Pure.

use std::collections::{HashMap, HashSet};

use super::UnitAncestor;
use crate::base::ids::UnitId;

/// Rows of `unit_ancestors` from this depth on lead over a merger: the successor of a closed unit and what is above it.
/// They count for who covers whom, not for the path that is shown.
pub const SUCCESSOR_DEPTH: i32 = 1000;

/// How deep a chain may be before it is taken for a circle.
const MAX_DEPTH: i32 = 64;

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub parent: Option<UnitId>,
    pub merged_into: Option<UnitId>,
}

#[derive(Debug, Clone, Default)]
pub struct Forest {
    nodes: HashMap<UnitId, Node>,
}

impl Forest {
    pub fn new(nodes: impl IntoIterator<Item = (UnitId, Node)>) -> Self {
        Self { nodes: nodes.into_iter().collect() }
    }

    pub fn set(&mut self, unit: UnitId, node: Node) {
        self.nodes.insert(unit, node);
    }

    /// The unit itself and what is above it: first along its parents, as it stands or stood when it was closed, then
    /// over the mergers of every unit on that way.
    pub fn ancestors(&self, unit: &UnitId) -> Vec<UnitAncestor> {
        let mut seen = HashSet::new();
        let mut rows = Vec::new();
        let mut successors = Vec::new();
        self.climb(unit, 0, &mut |above, depth, node| {
            successors.extend(node.merged_into.as_ref());
            push(&mut rows, &mut seen, unit, above, depth)
        });
        let mut depth = SUCCESSOR_DEPTH;
        while let Some(successor) = successors.pop() {
            self.climb(successor, depth, &mut |above, at, node| {
                depth = at + 1;
                successors.extend(node.merged_into.as_ref());
                push(&mut rows, &mut seen, unit, above, at)
            });
        }
        rows
    }

    /// Calls `visit` for the unit and each parent above, until it says that it was there already.
    fn climb<'f>(
        &'f self,
        from: &'f UnitId,
        depth: i32,
        visit: &mut impl FnMut(&'f UnitId, i32, &'f Node) -> bool,
    ) {
        let mut at = Some(from);
        let mut depth_now = depth;
        while let Some((unit, node)) = at.and_then(|unit| self.nodes.get_key_value(unit)) {
            if !visit(unit, depth_now, node) || depth_now - depth > MAX_DEPTH {
                return;
            }
            depth_now += 1;
            at = node.parent.as_ref();
        }
    }

    /// Every unit above which one of `changed` stands (itself among them): their rows must be written anew.
    pub fn affected_by(&self, changed: &HashSet<UnitId>) -> Vec<UnitId> {
        let touched =
            |unit: &&UnitId| self.ancestors(unit).iter().any(|row| changed.contains(&row.ancestor_id));
        self.nodes.keys().filter(touched).cloned().collect()
    }
}

fn push(
    rows: &mut Vec<UnitAncestor>,
    seen: &mut HashSet<UnitId>,
    unit: &UnitId,
    above: &UnitId,
    depth: i32,
) -> bool {
    let is_new = seen.insert(above.clone());
    if is_new {
        rows.push(UnitAncestor { unit_id: unit.clone(), ancestor_id: above.clone(), depth });
    }
    is_new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> UnitId {
        format!("00000000-0000-7000-8000-{number:012}").parse().unwrap()
    }

    fn forest(nodes: &[(u32, Option<u32>, Option<u32>)]) -> Forest {
        Forest::new(nodes.iter().map(|(unit, parent, merged)| {
            (id(*unit), Node { parent: parent.map(id), merged_into: merged.map(id) })
        }))
    }

    fn above(forest: &Forest, unit: u32) -> Vec<(UnitId, i32)> {
        forest.ancestors(&id(unit)).into_iter().map(|row| (row.ancestor_id, row.depth)).collect()
    }

    #[test]
    fn the_way_up_begins_with_the_unit_itself() {
        let forest = forest(&[(1, None, None), (2, Some(1), None), (3, Some(2), None)]);
        assert_eq!(above(&forest, 3), [(id(3), 0), (id(2), 1), (id(1), 2)]);
    }

    #[test]
    fn a_closed_unit_keeps_its_way_and_gains_its_successor_s() {
        // Province 2 became part of province 3; commune 4 of province 2 became part of commune 5.
        let forest = forest(&[
            (1, None, None),
            (2, Some(1), Some(3)),
            (3, Some(1), None),
            (4, Some(2), Some(5)),
            (5, Some(3), None),
        ]);
        let rows = above(&forest, 4);
        let (way, over): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, depth)| *depth < SUCCESSOR_DEPTH);
        assert_eq!(way, [(id(4), 0), (id(2), 1), (id(1), 2)]);
        let over: HashSet<UnitId> = over.into_iter().map(|(unit, _)| unit).collect();
        assert_eq!(over, HashSet::from([id(3), id(5)]));
    }

    #[test]
    fn a_circle_ends() {
        let forest = forest(&[(1, Some(2), None), (2, Some(1), None)]);
        assert_eq!(above(&forest, 1).len(), 2);
    }

    #[test]
    fn moving_a_unit_touches_everything_below_it_and_what_was_merged_into_that() {
        let forest = forest(&[
            (1, None, None),
            (2, Some(1), None),
            (3, Some(2), None),
            (4, Some(1), None),
            (5, Some(1), Some(3)),
        ]);
        let affected: HashSet<UnitId> = forest.affected_by(&HashSet::from([id(2)])).into_iter().collect();
        assert_eq!(affected, HashSet::from([id(2), id(3), id(5)]));
    }
}
