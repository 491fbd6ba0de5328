//! Minimum-cost flow by successive shortest paths with potentials: start -> entry -> judge -> end. The arcs from a judge to
//! the end cost 1, 3, 5, ... steps, so that the cheapest flow has the most equal loads. Nothing of the network is stored but
//! who has whom; a path usually ends at the first judge it meets.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::Impossible;
use super::costs::{LOAD_STEP, Problem};

/// By distance, then by noise, then by number, smallest first.
type Queue = BinaryHeap<Reverse<(i64, u64, usize)>>;

const UNREACHED: i64 = i64::MAX;

pub struct Flow<'p, 'a> {
    problem: &'p Problem<'a>,
    /// Per entry and per judge; both hold those given, which never move.
    judges_of: Vec<BTreeSet<usize>>,
    entries_of: Vec<BTreeSet<usize>>,
    /// Judges first, then entries.
    potentials: Vec<i64>,
    distances: Vec<i64>,
    came_from: Vec<usize>,
    touched: Vec<usize>,
}

/// The judges of every entry, or why there are not enough.
pub fn cheapest(problem: &Problem<'_>) -> Result<Vec<BTreeSet<usize>>, Impossible> {
    let nodes = problem.judges.len() + problem.entries.len();
    let mut flow = Flow {
        problem,
        judges_of: problem.given.clone(),
        entries_of: vec![BTreeSet::new(); problem.judges.len()],
        potentials: vec![0; nodes],
        distances: vec![UNREACHED; nodes],
        came_from: vec![usize::MAX; nodes],
        touched: Vec::new(),
    };
    for (entry, judges) in problem.given.iter().enumerate() {
        for judge in judges {
            flow.entries_of[*judge].insert(entry);
        }
    }
    let most = problem.needs.iter().copied().max().unwrap_or(0);
    let order = problem.shuffled_entries();
    for turn in 0..most {
        for entry in order.iter().copied() {
            if turn < problem.needs[entry] {
                flow.add_judge_to(entry)?;
            }
        }
    }
    Ok(flow.judges_of)
}

impl Flow<'_, '_> {
    fn add_judge_to(&mut self, entry: usize) -> Result<(), Impossible> {
        let end = self.shortest_path(entry);
        let Some((length, mut judge)) = end else { return Err(self.violator()) };
        for node in self.touched.drain(..) {
            let beyond = self.distances[node].min(length) - length;
            self.potentials[node] += beyond;
            self.distances[node] = UNREACHED;
        }
        loop {
            let entry_before = self.came_from[judge] - self.problem.judges.len();
            self.judges_of[entry_before].insert(judge);
            self.entries_of[judge].insert(entry_before);
            if entry_before == entry {
                return Ok(());
            }
            let judge_before = self.came_from[self.problem.judges.len() + entry_before];
            self.judges_of[entry_before].remove(&judge_before);
            self.entries_of[judge_before].remove(&entry_before);
            judge = judge_before;
        }
    }

    /// Dijkstra over reduced costs, until the end is the nearest: its distance and the judge before it.
    fn shortest_path(&mut self, source: usize) -> Option<(i64, usize)> {
        let n_judges = self.problem.judges.len();
        let nodes = n_judges + self.problem.entries.len();
        let mut queue = BinaryHeap::new();
        self.reach(n_judges + source, (0, 0), usize::MAX, &mut queue);
        let mut best: Option<(i64, u64, usize)> = None;
        while let Some(Reverse((distance, noise, node))) = queue.pop() {
            if best.is_some_and(|(length, _, _)| length <= distance) {
                break;
            }
            if node >= nodes {
                self.expand(node - nodes, distance, &mut queue);
            } else if node >= n_judges && distance == self.distances[node] {
                self.look_at_judges(node - n_judges, distance, &mut queue);
            } else if distance == self.distances[node] {
                if let Some(cost) = self.cost_to_end(node) {
                    let length = distance + cost + self.potentials[node];
                    if best.is_none_or(|found| (length, noise, node) < found) {
                        best = Some((length, noise, node));
                    }
                }
                // The judge's entries come after all judges that are as near: they are many, and seldom needed.
                queue.push(Reverse((distance, u64::MAX, nodes + node)));
            }
        }
        best.map(|(length, _, judge)| (length, judge))
    }

    /// To the entries that the judge could give up.
    fn expand(&mut self, judge: usize, distance: i64, queue: &mut Queue) {
        let n_judges = self.problem.judges.len();
        for entry in self.entries_of[judge].clone() {
            if !self.problem.given[entry].contains(&judge) {
                let reduced = self.potentials[judge]
                    - self.problem.cost(entry, judge)
                    - self.potentials[n_judges + entry];
                let noise = self.problem.noise(entry, judge);
                self.reach(n_judges + entry, (distance + reduced, noise), judge, queue);
            }
        }
    }

    /// To the judges that the entry could have as well.
    fn look_at_judges(&mut self, entry: usize, distance: i64, queue: &mut Queue) {
        let n_judges = self.problem.judges.len();
        for judge in 0..n_judges {
            if !self.judges_of[entry].contains(&judge) && self.problem.may(entry, judge) {
                let own = self.potentials[n_judges + entry];
                let reduced = self.problem.cost(entry, judge) + own - self.potentials[judge];
                let noise = self.problem.noise(entry, judge);
                self.reach(judge, (distance + reduced, noise), n_judges + entry, queue);
            }
        }
    }

    fn reach(&mut self, node: usize, (distance, noise): (i64, u64), from: usize, queue: &mut Queue) {
        if distance < self.distances[node] {
            if self.distances[node] == UNREACHED {
                self.touched.push(node);
            }
            self.distances[node] = distance;
            self.came_from[node] = from;
            queue.push(Reverse((distance, noise, node)));
        }
    }

    fn cost_to_end(&self, judge: usize) -> Option<i64> {
        let load = self.entries_of[judge].len();
        let steps = i64::try_from(2 * load + 1).unwrap_or(i64::MAX);
        (load < self.problem.capacities[judge]).then(|| LOAD_STEP.saturating_mul(steps))
    }

    /// When the end cannot be reached: the entries that were reached need more than their judges can give.
    fn violator(&self) -> Impossible {
        let n_judges = self.problem.judges.len();
        let (mut entries, mut full): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for node in &self.touched {
            if *node < n_judges { full.push(*node) } else { entries.push(node - n_judges) }
        }
        entries.sort_unstable();
        full.sort_unstable();
        // Judges who were not reached already have every one of these entries that they may score.
        let elsewhere = |entry: &usize| {
            let mine = self.judges_of[*entry].difference(&self.problem.given[*entry]);
            mine.filter(|judge| full.binary_search(judge).is_err()).count()
        };
        let given_to = |judge: &usize| {
            self.entries_of[*judge].iter().filter(|entry| self.problem.given[**entry].contains(judge)).count()
        };
        let room: usize = full.iter().map(|judge| self.problem.capacities[*judge] - given_to(judge)).sum();
        Impossible {
            wanted: entries.iter().map(|entry| self.problem.needs[*entry]).sum(),
            possible: entries.iter().map(elsewhere).sum::<usize>() + room,
            entries: entries.iter().map(|entry| self.problem.entries[*entry].to_owned()).collect(),
            full_judges: full.iter().map(|judge| self.problem.judges[*judge].to_owned()).collect(),
        }
    }
}
