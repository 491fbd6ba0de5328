//! Krippendorff's alpha, for any number of judges and with gaps.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::model::Ratings;
use super::super::standing::Ratio;

/// `None` where undefined: only one value was used, nothing was scored twice, or (for the ratio scale) a value is negative.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Alpha {
    pub nominal: Option<f64>,
    pub ordinal: Option<f64>,
    pub interval: Option<f64>,
    pub ratio: Option<f64>,
}

/// The ratio scale needs every pair of different values; with more of them it is left out.
const MOST_VALUES: usize = 20_000;

pub fn alpha(ratings: &Ratings) -> Alpha {
    let entries = 0..ratings.entries().len();
    alpha_of(entries.map(|entry| ratings.exact_of(entry)).filter(|unit| unit.len() > 1).collect())
}

/// `alpha = 1 - (n - 1) observed/expected`, both summed over pairs of different values: observed within the units, each pair
/// weighing `1/(m_u - 1)`; expected over all values.
fn alpha_of(units: Vec<&[Ratio]>) -> Alpha {
    let mut counts: BTreeMap<Ratio, f64> = BTreeMap::new();
    for value in units.iter().copied().flatten() {
        *counts.entry(*value).or_default() += 1.0;
    }
    let n: f64 = counts.values().sum();
    // The ordinal distance is the interval distance of mean ranks.
    let mut before = 0.0;
    let values: BTreeMap<Ratio, Value> = counts
        .iter()
        .map(|(value, count)| {
            before += count;
            (*value, Value { mark: value.to_f64(), rank: before - count / 2.0, count: *count })
        })
        .collect();
    let units: Vec<Vec<Value>> = units
        .iter()
        .map(|unit| unit.iter().filter_map(|value| values.get(value).copied()).collect())
        .collect();
    let all: Vec<Value> = values.into_values().collect();
    let index = |distance: &dyn Fn(Value, Value) -> f64, expected: f64| {
        let observed: f64 = units.iter().map(|unit| pairs(unit, distance) / (unit.len() - 1) as f64).sum();
        let alpha = 1.0 - (n - 1.0) * observed / expected;
        (expected > 0.0 && alpha.is_finite()).then_some(alpha)
    };
    let ratio = (all.len() <= MOST_VALUES && all.first().is_some_and(|least| least.mark >= 0.0)).then(|| {
        index(
            &ratio_distance,
            pairs(&all, &|left, right| left.count * right.count * ratio_distance(left, right)),
        )
    });
    Alpha {
        nominal: index(
            &|left, right| f64::from(u8::from(left.rank.total_cmp(&right.rank).is_ne())),
            (n * n - all.iter().map(|value| value.count.powi(2)).sum::<f64>()) / 2.0,
        ),
        ordinal: index(&|left, right| (left.rank - right.rank).powi(2), spread(&all, n, |value| value.rank)),
        interval: index(&|left, right| (left.mark - right.mark).powi(2), spread(&all, n, |value| value.mark)),
        ratio: ratio.flatten(),
    }
}

#[derive(Debug, Clone, Copy)]
struct Value {
    mark: f64,
    rank: f64,
    count: f64,
}

fn ratio_distance(left: Value, right: Value) -> f64 {
    let sum = left.mark + right.mark;
    if sum > 0.0 { ((left.mark - right.mark) / sum).powi(2) } else { 0.0 }
}

fn pairs(values: &[Value], distance: &dyn Fn(Value, Value) -> f64) -> f64 {
    let pairs = values
        .iter()
        .enumerate()
        .flat_map(|(position, left)| values[..position].iter().map(move |right| (*left, *right)));
    pairs.map(|(left, right)| distance(left, right)).sum()
}

/// The sum of `n_c n_k (c - k)^2` over all pairs, which is `n` times the squares about the mean.
fn spread(values: &[Value], n: f64, of: impl Fn(Value) -> f64) -> f64 {
    let mean = values.iter().map(|value| value.count * of(*value)).sum::<f64>() / n.max(1.0);
    n * values.iter().map(|value| value.count * (of(*value) - mean).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_columns(lines: [&str; 4]) -> Alpha {
        let judges: Vec<Vec<Option<i64>>> =
            lines.iter().map(|line| line.split(' ').map(|word| word.parse().ok()).collect()).collect();
        let units: Vec<Vec<Ratio>> = (0..judges[0].len())
            .map(|unit| judges.iter().filter_map(|marks| marks[unit].map(Ratio::whole)).collect())
            .collect();
        alpha_of(units.iter().map(Vec::as_slice).filter(|unit| unit.len() > 1).collect())
    }

    #[test]
    fn the_table_of_krippendorff() {
        let alpha = of_columns([
            "1 2 3 3 2 1 4 1 2 - - -",
            "1 2 3 3 2 2 4 1 2 5 - -",
            "- 3 3 3 2 3 4 2 2 5 1 3",
            "1 2 3 3 2 4 4 1 2 5 1 -",
        ]);
        for (found, expected) in [
            (alpha.nominal, 0.7434),
            (alpha.ordinal, 0.8154),
            (alpha.interval, 0.8491),
            (alpha.ratio, 0.7974),
        ] {
            assert!((found.unwrap() - expected).abs() < 5e-5, "{found:?} {expected}");
        }
    }

    #[test]
    fn one_value_only_is_undefined_and_full_agreement_is_one() {
        assert_eq!(of_columns(["3 3", "3 3", "3 3", "3 -"]), Alpha::default());
        assert_eq!(alpha_of(vec![]), Alpha::default());
        let agreed = of_columns(["0 2", "0 2", "0 2", "- 2"]);
        assert_eq!(
            agreed,
            Alpha { nominal: Some(1.0), ordinal: Some(1.0), interval: Some(1.0), ratio: Some(1.0) }
        );
        assert_eq!(of_columns(["-1 2", "-1 2", "-1 2", "- 2"]).ratio, None);
    }
}
