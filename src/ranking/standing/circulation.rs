//! Whether lower and upper bounds on the edges of a small network can be met at once: the classical reduction of a
//! circulation with demands to one maximum flow.

use std::collections::BTreeMap;

use pathfinding::directed::edmonds_karp::edmonds_karp_sparse;

/// Between two nodes at most one edge. `from == 0` is the start and `to == 1` the end, joined by the caller.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub from: usize,
    pub to: usize,
    pub lower: i64,
    pub upper: i64,
}

pub(super) fn is_feasible(edges: &[Edge]) -> bool {
    if edges.iter().any(|edge| edge.lower > edge.upper) {
        return false;
    }
    let nodes = edges.iter().map(|edge| edge.from.max(edge.to) + 1).max().unwrap_or(0);
    let (source, sink) = (nodes, nodes + 1);
    let mut capacities: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for edge in edges {
        *capacities.entry((edge.from, edge.to)).or_default() += edge.upper - edge.lower;
        *capacities.entry((source, edge.to)).or_default() += edge.lower;
        *capacities.entry((edge.from, sink)).or_default() += edge.lower;
    }
    let demanded: i64 = edges.iter().map(|edge| edge.lower).sum();
    let vertices: Vec<usize> = (0..nodes + 2).collect();
    let (_, flow, _) = edmonds_karp_sparse(&vertices, &source, &sink, capacities);
    flow == demanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_that_contradict_each_other_are_found() {
        let path = |lower, upper, back| {
            [
                Edge { from: 0, to: 2, lower, upper },
                Edge { from: 2, to: 1, lower: 0, upper: 3 },
                Edge { from: 1, to: 0, lower: 0, upper: back },
            ]
        };
        for (lower, upper, back, feasible) in [
            (0, 0, 0, true),
            (2, 5, 9, true),
            (3, 3, 3, true),
            (4, 5, 9, false),
            (2, 5, 1, false),
            (2, 1, 9, false),
        ] {
            assert_eq!(is_feasible(&path(lower, upper, back)), feasible, "{lower} {upper} {back}");
        }
    }
}
