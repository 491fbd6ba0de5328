//! How good a design is for comparing entries, against the best that is possible.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::design::{Components, Incidence, Weak, weak_points};
use super::super::linear::{Cholesky, Tridiagonal, dot};
use super::connect::incidence;

/// Variances of differences of two entries are in units of the residual variance.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Quality {
    /// Parts that no judge joins; more than one means that entries of different parts cannot be compared fairly.
    pub components: usize,
    pub min_load: usize,
    pub max_load: usize,
    /// Sheets without which entries that can be compared could not be. A judge's only sheet parts no entries, and an entry's
    /// only sheet is counted below.
    pub bridges: usize,
    /// Entries that hang on one judge alone.
    pub single_judged: usize,
    /// Judges without whom the design would fall apart.
    pub cut_judges: Vec<String>,
    /// The second smallest eigenvalue of the judges' Laplacian: 0 when apart.
    pub algebraic_connectivity: Option<f64>,
    /// The mean over all pairs, the 95th percentile, and the worst; `None` when parts are apart.
    pub mean_variance: Option<f64>,
    pub variance_95: Option<f64>,
    pub worst_variance: Option<f64>,
    /// If all judges were equally severe: nothing can be better.
    pub bound: Option<f64>,
}

/// Above this many judges the matrices cost seconds, and above this many pairs the percentiles do.
const MOST_JUDGES: usize = 1_000;
const MOST_PAIRS: usize = 2_000_000;

/// Of assignments that stand already: pairs of entry and judge, with everybody who could be assigned.
pub fn measure<'n>(
    pairs: impl IntoIterator<Item = (&'n str, &'n str)>,
    offered: &BTreeSet<&'n str>,
) -> Quality {
    let pairs: BTreeSet<(&str, &str)> = pairs.into_iter().collect();
    let names: BTreeSet<&str> =
        pairs.iter().map(|(_, judge)| *judge).chain(offered.iter().copied()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut judges_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (entry, judge) in &pairs {
        if let Ok(number) = names.binary_search(judge) {
            judges_of.entry(entry).or_default().insert(number);
        }
    }
    let judges_of: Vec<BTreeSet<usize>> = judges_of.into_values().collect();
    let is_offered: Vec<bool> = names.iter().map(|name| offered.contains(name)).collect();
    quality(&judges_of, &names, &is_offered)
}

/// Loads are those of the judges named as `offered`.
pub fn quality(judges_of: &[BTreeSet<usize>], names: &[&str], offered: &[bool]) -> Quality {
    let n_judges = names.len();
    let (incidence, _) = incidence(judges_of, n_judges);
    let loads = incidence.loads();
    let offered_loads =
        || loads.iter().zip(offered).filter(|(_, offered)| **offered).map(|(load, _)| *load as usize);
    let weak = weak_points(&incidence);
    let parts: BTreeSet<u32> = Components::of(&incidence).of_entry.into_iter().collect();
    let cut_judges = names.iter().zip(&weak.is_cut_judge).filter(|(_, is_cut)| **is_cut);
    let mut quality = Quality {
        components: parts.len(),
        min_load: offered_loads().min().unwrap_or(0),
        max_load: offered_loads().max().unwrap_or(0),
        bridges: (0..incidence.n_entries()).map(|entry| parting(&incidence, &weak, &loads, entry)).sum(),
        single_judged: incidence.entries().filter(|judges| judges.len() == 1).count(),
        cut_judges: cut_judges.map(|(name, _)| (*name).to_owned()).collect(),
        ..Quality::default()
    };
    if incidence.n_entries() < 2 || n_judges > MOST_JUDGES {
        return quality;
    }
    let shares: Vec<f64> = incidence.entries().map(|judges| 1.0 / judges.len() as f64).collect();
    quality.bound = Some(2.0 * shares.iter().sum::<f64>() / incidence.n_entries() as f64);
    if n_judges > 1 {
        let tridiagonal = Tridiagonal::of(incidence.laplacian(), &[]);
        quality.algebraic_connectivity = Some(tridiagonal.eigenvalue(1).max(0.0));
    }
    if parts.len() == 1 {
        quality.add_variances(&incidence, &shares);
    }
    quality
}

/// Sheets of one entry that are bridges with entries on both sides.
fn parting(incidence: &Incidence, weak: &Weak, loads: &[u32], entry: usize) -> usize {
    let sheets = incidence.range(entry).zip(incidence.of(entry));
    let parting = |(place, judge): &(usize, &u32)| weak.is_bridge[*place] && loads[**judge as usize] > 1;
    if incidence.of(entry).len() > 1 { sheets.filter(parting).count() } else { 0 }
}

impl Quality {
    /// `Var(theta_i - theta_k) = V_ii + V_kk - 2 V_ik` with `V = D^-1 + D^-1 N M^+ N' D^-1`. The sum over all pairs needs the
    /// trace and the grand total of V only.
    fn add_variances(&mut self, incidence: &Incidence, shares: &[f64]) {
        let Some(cholesky) = Cholesky::of(&incidence.grounded_laplacian()) else { return };
        let inverse = cholesky.inverse();
        let n_entries = incidence.n_entries();
        let between = |left: usize, right: usize| {
            let (one, other) = (incidence.of(left), incidence.of(right));
            let pairs =
                one.iter().flat_map(|one| other.iter().map(move |other| (*one as usize, *other as usize)));
            pairs.map(|pair| inverse[pair]).sum::<f64>() * shares[left] * shares[right]
        };
        let own: Vec<f64> = (0..n_entries).map(|entry| shares[entry] + between(entry, entry)).collect();
        let mut judge_shares = vec![0.0; incidence.n_judges()];
        for (judges, share) in incidence.entries().zip(shares) {
            for judge in judges {
                judge_shares[*judge as usize] += share;
            }
        }
        let luck = dot(&inverse.times(&judge_shares), &judge_shares);
        let total = shares.iter().sum::<f64>() + luck;
        let (trace, count) = (own.iter().sum::<f64>(), n_entries as f64);
        self.mean_variance = Some(2.0 / (count - 1.0) * (trace - total / count));
        if n_entries * (n_entries - 1) / 2 <= MOST_PAIRS {
            let pairs = (0..n_entries).flat_map(|left| (0..left).map(move |right| (left, right)));
            let mut variances: Vec<f64> =
                pairs.map(|(left, right)| own[left] + own[right] - 2.0 * between(left, right)).collect();
            variances.sort_by(f64::total_cmp);
            self.variance_95 = variances.get((variances.len() * 95).div_ceil(100) - 1).copied();
            self.worst_variance = variances.last().copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{JudgeOffer, Request, draw};
    use super::*;

    #[test]
    fn what_stands_is_measured_like_what_was_drawn() {
        let request = Request {
            entries: (0..12).map(|entry| (format!("e{entry:02}"), 2)).collect(),
            judges: (0..5).map(|judge| (format!("j{judge}"), JudgeOffer::default())).collect(),
            seed: "2024".into(),
            ..Request::default()
        };
        let drawn = draw(&request).unwrap();
        let offered: BTreeSet<&str> = request.judges.keys().map(String::as_str).collect();
        assert_eq!(measure(drawn.pairs(), &offered), drawn.quality);
        let apart = measure([("a", "x"), ("b", "y")], &BTreeSet::from(["x", "y", "z"]));
        assert_eq!((apart.components, apart.min_load, apart.max_load, apart.mean_variance), (2, 0, 1, None));
    }

    #[test]
    fn a_bridge_has_entries_on_both_sides() {
        for (pairs, bridges, single_judged) in [
            // One entry: there is nothing to compare it with.
            (&[("a", "x")][..], 0, 1),
            (&[("a", "x"), ("a", "y"), ("a", "z")], 0, 0),
            // One judge for all.
            (&[("a", "x"), ("b", "x"), ("c", "x")], 0, 3),
            // The third judge has one entry only.
            (&[("a", "x"), ("a", "y"), ("a", "z"), ("b", "x"), ("b", "y")], 0, 0),
            // Two rooms, and one sheet of the second room's judge in the first.
            (&[("a", "x"), ("b", "x"), ("a", "y"), ("b", "y"), ("b", "z"), ("c", "z"), ("d", "z")], 1, 2),
        ] {
            let found = measure(pairs.iter().copied(), &BTreeSet::new());
            assert_eq!((found.bridges, found.single_judged), (bridges, single_judged), "{pairs:?}");
        }
    }
}
