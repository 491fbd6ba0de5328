//! Which places an entry could have: draws from what is known of scores and judges (a parametric bootstrap), by a published
//! seed.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use super::super::linear::Lanes;
use super::operator::center;
use super::uncertainty::JudgeNoise;
use super::{Fit, Uncertainty};

/// With more entries only those near the cut are drawn.
const MOST_ENTRIES: usize = 5_000;
/// And so many draws of entries at most, though never fewer draws than these.
const EFFORT: usize = 40_000_000;
const FEWEST_DRAWS: usize = 200;
/// Standard errors within which an entry is near the cut.
const NEAR: f64 = 5.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// The 5th and the 95th percentile of each entry's place; `None` for entries that were not drawn.
    pub interval: Vec<Option<(usize, usize)>>,
    /// P(among the best `top`).
    pub top: Option<Vec<f64>>,
    pub all_drawn: bool,
}

/// `None` where no error can be estimated.
pub fn places(fit: &Fit, top: Option<usize>, draws: usize, seed: u64) -> Option<Places> {
    let uncertainty = fit.uncertainty.as_ref()?;
    if uncertainty.sigma2 <= 0.0 || draws == 0 {
        return None;
    }
    let chosen = drawn_entries(fit, uncertainty, top);
    let draws = if chosen.entries.len() > MOST_ENTRIES {
        draws.min(EFFORT / chosen.entries.len()).max(FEWEST_DRAWS.min(draws))
    } else {
        draws
    };
    let found = draw_places(fit, uncertainty, &chosen, draws, seed);
    let mut interval = vec![None; fit.scores.len()];
    let mut chances = chosen.sure_chances.clone();
    for (entry, mut own) in chosen.entries.iter().zip(found) {
        if let (Some(chances), Some(top)) = (&mut chances, top) {
            chances[*entry] =
                own.iter().filter(|place| **place as usize <= top).count() as f64 / draws as f64;
        }
        let mut percentile = |percent: usize| {
            let position = (draws * percent).div_ceil(100).max(1) - 1;
            *own.select_nth_unstable(position).1 as usize
        };
        interval[*entry] = Some((percentile(5), percentile(95)));
    }
    Some(Places { interval, top: chances, all_drawn: chosen.entries.len() == fit.scores.len() })
}

/// Entries that may be in and may be out: 5 % < P < 95 %.
pub fn border_zone(chances: &[f64]) -> Vec<usize> {
    let open = chances.iter().enumerate().filter(|(_, chance)| **chance > 0.05 && **chance < 0.95);
    open.map(|(entry, _)| entry).collect()
}

struct Chosen {
    entries: Vec<usize>,
    /// How many entries are surely above all of them.
    above: usize,
    sure_chances: Option<Vec<f64>>,
}

fn drawn_entries(fit: &Fit, uncertainty: &Uncertainty, top: Option<usize>) -> Chosen {
    let count = fit.scores.len();
    let all = || (0..count).collect();
    let Some(top) = top else {
        return Chosen {
            entries: if count <= MOST_ENTRIES { all() } else { Vec::new() },
            above: 0,
            sure_chances: None,
        };
    };
    if count <= MOST_ENTRIES || top == 0 || top >= count {
        let everybody = if top >= count { 1.0 } else { 0.0 };
        return Chosen { entries: all(), above: 0, sure_chances: Some(vec![everybody; count]) };
    }
    let mut sorted = fit.scores.clone();
    sorted.sort_by(|left, right| right.total_cmp(left));
    let cut = sorted[top - 1].midpoint(sorted[top]);
    let is_near =
        |entry: &usize| (fit.scores[*entry] - cut).abs() <= NEAR * uncertainty.variance(*entry).sqrt();
    let entries: Vec<usize> = (0..count).filter(is_near).collect();
    let is_above = |entry: usize| fit.scores[entry] > cut && !is_near(&entry);
    let chances: Vec<f64> = (0..count).map(|entry| if is_above(entry) { 1.0 } else { 0.0 }).collect();
    Chosen {
        entries,
        above: (0..count).filter(|entry| is_above(*entry)).count(),
        sure_chances: Some(chances),
    }
}

/// Of each chosen entry its place in every draw.
fn draw_places(
    fit: &Fit,
    uncertainty: &Uncertainty,
    chosen: &Chosen,
    draws: usize,
    seed: u64,
) -> Vec<Vec<u32>> {
    let mut normals = Normals { random: ChaCha20Rng::seed_from_u64(seed), spare: None };
    let incidence = &uncertainty.incidence;
    let sigma = uncertainty.sigma2.sqrt();
    let shares: Vec<f64> =
        chosen.entries.iter().map(|entry| 1.0 / incidence.of(*entry).len() as f64).collect();
    let deviations: Vec<f64> = shares.iter().map(|share| sigma * share.sqrt()).collect();
    let mut found = vec![Vec::with_capacity(draws); chosen.entries.len()];
    let mut judges: Vec<Lanes> = vec![[0.0; 8]; incidence.n_judges()];
    let mut order: Vec<u64> = Vec::with_capacity(chosen.entries.len());
    // The number of the entry takes the last bits of its sort key: plain whole numbers sort several times faster than pairs.
    let mask = chosen.entries.len().next_power_of_two() as u64 - 1;
    let number_of = |key: u64| usize::try_from(key & mask).unwrap_or_default();
    for draw in 0..draws {
        let lane = draw % 8;
        if lane == 0 {
            draw_judges(uncertainty, sigma, &mut normals, &mut judges);
        }
        order.clear();
        for (number, ((entry, share), deviation)) in
            (0..).zip(chosen.entries.iter().zip(&shares).zip(&deviations))
        {
            let luck: f64 = incidence.of(*entry).iter().map(|judge| judges[*judge as usize][lane]).sum();
            let score = fit.scores[*entry] + deviation * normals.next() - luck * share;
            order.push(descending_key(score) & !mask | number);
        }
        order.sort_unstable();
        for (place, key) in (1..).zip(&order) {
            found[number_of(*key)].push(u32::try_from(chosen.above + place).unwrap_or(u32::MAX));
        }
    }
    found
}

/// Whole numbers in the opposite order of the floating ones.
fn descending_key(score: f64) -> u64 {
    let bits = score.to_bits();
    if bits >> 63 == 0 { !(bits | 1 << 63) } else { bits }
}

/// For eight draws at once.
fn draw_judges(uncertainty: &Uncertainty, sigma: f64, normals: &mut Normals, judges: &mut [Lanes]) {
    let scale = match &uncertainty.noise {
        JudgeNoise::Independent(variance) => sigma * variance.sqrt(),
        JudgeNoise::Joint { .. } => sigma,
    };
    for lanes in judges.iter_mut() {
        *lanes = std::array::from_fn(|_| scale * normals.next());
    }
    if let JudgeNoise::Joint { factor, centered, .. } = &uncertainty.noise {
        factor.solve_transposed_block(judges);
        if let Some(components) = centered {
            for lane in 0..8 {
                let mut vector: Vec<f64> = judges.iter().map(|lanes| lanes[lane]).collect();
                center(&mut vector, components);
                judges.iter_mut().zip(vector).for_each(|(lanes, value)| lanes[lane] = value);
            }
        }
    }
}

/// Standard normal numbers by Marsaglia's polar method.
struct Normals {
    random: ChaCha20Rng,
    spare: Option<f64>,
}

impl Normals {
    fn next(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.random.random::<f64>() - 1.0, 2.0 * self.random.random::<f64>() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }
}
