//! The parts of the graph that no judge joins. Entries of different parts cannot be compared without an assumption.

use super::Incidence;

/// Union-find with path halving; the smallest number of a group is its root, so the result does not depend on the order.
#[derive(Debug, Clone)]
pub struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    pub fn new(size: usize) -> Self {
        Self { parents: (0..u32::try_from(size).unwrap_or(u32::MAX)).collect() }
    }

    pub fn root(&mut self, mut member: u32) -> u32 {
        while self.parents[member as usize] != member {
            let grandparent = self.parents[self.parents[member as usize] as usize];
            self.parents[member as usize] = grandparent;
            member = grandparent;
        }
        member
    }

    /// Whether they were apart before.
    pub fn join(&mut self, left: u32, right: u32) -> bool {
        let (left, right) = (self.root(left), self.root(right));
        self.parents[left.max(right) as usize] = left.min(right);
        left != right
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Components {
    pub of_judge: Vec<u32>,
    pub of_entry: Vec<u32>,
    pub count: usize,
}

impl Components {
    /// Judges without an entry are parts of their own.
    pub fn of(incidence: &Incidence) -> Self {
        let mut groups = Groups::new(incidence.n_judges());
        for judges in incidence.entries() {
            for judge in &judges[1..] {
                groups.join(judges[0], *judge);
            }
        }
        let mut numbers = vec![u32::MAX; incidence.n_judges()];
        let mut count = 0;
        let of_judge: Vec<u32> = (0..u32::try_from(incidence.n_judges()).unwrap_or(u32::MAX))
            .map(|judge| {
                let number = &mut numbers[groups.root(judge) as usize];
                if *number == u32::MAX {
                    *number = count;
                    count += 1;
                }
                *number
            })
            .collect();
        let of_entry = incidence.entries().map(|judges| of_judge[judges[0] as usize]).collect();
        Self { of_judge, of_entry, count: count as usize }
    }

    pub fn sizes_in_judges(&self) -> Vec<u32> {
        let mut sizes = vec![0; self.count];
        for component in &self.of_judge {
            sizes[*component as usize] += 1;
        }
        sizes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_that_share_no_judge_are_parts_of_their_own() {
        for (lists, n_judges, of_judge, of_entry) in [
            (vec![vec![0, 1], vec![2, 3]], 4, vec![0, 0, 1, 1], vec![0, 1]),
            (vec![vec![0, 1], vec![3, 2], vec![1, 3]], 4, vec![0, 0, 0, 0], vec![0, 0, 0]),
            (vec![vec![1], vec![1]], 3, vec![0, 1, 2], vec![1, 1]),
            (vec![], 0, vec![], vec![]),
        ] {
            let components = Components::of(&Incidence::from_lists(&lists, n_judges));
            assert_eq!((components.of_judge, components.of_entry), (of_judge, of_entry));
        }
    }
}
