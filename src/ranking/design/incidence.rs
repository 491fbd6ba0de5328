//! The judges of every entry, in one long list.

use super::super::linear::Symmetric;

/// Entries and judges are numbers; every entry here has at least one judge. A judge who scored an entry twice is in its
/// list twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incidence {
    /// Where the list of each entry begins; one more at the end.
    starts: Vec<u32>,
    judges: Vec<u32>,
    n_judges: usize,
}

impl Incidence {
    pub fn new(starts: Vec<u32>, judges: Vec<u32>, n_judges: usize) -> Self {
        Self { starts, judges, n_judges }
    }

    pub fn from_lists(lists: &[Vec<u32>], n_judges: usize) -> Self {
        let mut starts = vec![0];
        let mut judges = Vec::new();
        for list in lists {
            judges.extend_from_slice(list);
            starts.push(u32::try_from(judges.len()).unwrap_or(u32::MAX));
        }
        Self { starts, judges, n_judges }
    }

    pub fn n_entries(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn n_judges(&self) -> usize {
        self.n_judges
    }

    pub fn len(&self) -> usize {
        self.judges.len()
    }

    pub fn range(&self, entry: usize) -> std::ops::Range<usize> {
        self.starts[entry] as usize..self.starts[entry + 1] as usize
    }

    pub fn of(&self, entry: usize) -> &[u32] {
        &self.judges[self.range(entry)]
    }

    pub fn entries(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|pair| &self.judges[pair[0] as usize..pair[1] as usize])
    }

    /// Entries and judges in each other's place. Every judge must have an entry.
    pub fn turned(&self) -> Self {
        let mut lists = vec![Vec::new(); self.n_judges];
        for (entry, judges) in (0..).zip(self.entries()) {
            for judge in judges {
                lists[*judge as usize].push(entry);
            }
        }
        Self::from_lists(&lists, self.n_entries())
    }

    /// How many entries each judge scored.
    pub fn loads(&self) -> Vec<u32> {
        let mut loads = vec![0; self.n_judges];
        for judge in &self.judges {
            loads[*judge as usize] += 1;
        }
        loads
    }

    /// `M = K - N' D^-1 N`, judges by judges: what is left of the judges' loads when the entries are eliminated. It is the
    /// Laplacian of a graph in which two judges are joined by 1/n for every entry that both scored.
    pub fn laplacian(&self) -> Symmetric {
        let mut laplacian = Symmetric::zero(self.n_judges);
        for judges in self.entries() {
            let share = 1.0 / judges.len() as f64;
            for judge in judges {
                let row = laplacian.row_mut(*judge as usize);
                row[*judge as usize] += 1.0;
                for other in judges {
                    row[*other as usize] -= share;
                }
            }
        }
        laplacian
    }

    /// The Laplacian made invertible: the null vector of a connected design gets the eigenvalue 1, and so does every judge
    /// without an entry. When the design is apart the result stays singular.
    pub fn grounded_laplacian(&self) -> Symmetric {
        let mut laplacian = self.laplacian();
        let loads = self.loads();
        let busy: Vec<usize> = (0..self.n_judges).filter(|judge| loads[*judge] > 0).collect();
        let share = 1.0 / busy.len().max(1) as f64;
        for judge in 0..self.n_judges {
            if loads[judge] == 0 {
                laplacian[(judge, judge)] = 1.0;
            } else {
                for column in &busy {
                    laplacian[(judge, *column)] += share;
                }
            }
        }
        laplacian
    }
}
