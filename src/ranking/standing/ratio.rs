//! A fraction of two whole numbers, always in lowest terms. 128 bits are enough for any form of a contest; where they
//! are not, the answer is `None`, never a wrong number.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let divisor = gcd(numerator.abs(), denominator.abs()) * denominator.signum();
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// In lowest terms; the denominator is above zero.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    pub fn denominator(self) -> i128 {
        self.denominator
    }

    pub fn whole(number: i64) -> Self {
        Self { numerator: number.into(), denominator: 1 }
    }

    /// The fraction with `decimals` decimals that is nearest to `number` (half goes up): the declared precision of a
    /// calibrated score. `None` for what is not a finite number of a sensible size.
    pub fn nearest(number: f64, decimals: u32) -> Option<Self> {
        let power = 10_i128.checked_pow(decimals)?;
        #[expect(clippy::cast_precision_loss, reason = "a power of ten that is used as a scale")]
        let scaled = (number * power as f64 + 0.5).floor();
        #[expect(clippy::cast_possible_truncation, reason = "the size is checked first")]
        (scaled.abs() < 1e18).then(|| Self::new(scaled as i128, power)).flatten()
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let divisor = gcd(self.denominator, other.denominator);
        let left = self.numerator.checked_mul(other.denominator / divisor)?;
        let right = other.numerator.checked_mul(self.denominator / divisor)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator / divisor)?)
    }

    pub fn times(self, factor: i128) -> Option<Self> {
        let divisor = gcd(factor.checked_abs()?, self.denominator);
        Self::new(self.numerator.checked_mul(factor / divisor)?, self.denominator / divisor)
    }

    pub fn divided_by(self, divisor: i128) -> Option<Self> {
        if divisor == 0 {
            return None;
        }
        let common = gcd(self.numerator.abs(), divisor.checked_abs()?);
        Self::new(self.numerator / common, self.denominator.checked_mul(divisor / common)?)
    }

    /// Rounded half-up (towards plus infinity) to so many decimals.
    pub fn rounded(self, decimals: u32) -> Option<Self> {
        let power = 10_i128.checked_pow(decimals)?;
        let doubled = self.times(power.checked_mul(2)?)?;
        let halves = doubled.numerator.checked_add(doubled.denominator)?;
        Self::new(halves.div_euclid(doubled.denominator.checked_mul(2)?), power)
    }

    /// For people: with exactly so many decimals, half-up, and a point.
    pub fn shown(self, decimals: u32) -> String {
        let places = decimals as usize;
        let Some(rounded) = self.rounded(decimals) else { return format!("{:.places$}", self.to_f64()) };
        let Some(units) = rounded.times(10_i128.pow(decimals)) else { return rounded.to_string() };
        let sign = if units.numerator < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", units.numerator.abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest floating number is what is asked for")]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => by_continued_fraction(*self, *other),
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(formatter, "{}", self.numerator),
            denominator => write!(formatter, "{}/{denominator}", self.numerator),
        }
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Compares without products, so it cannot overflow: whole parts first, then the upside-down remainders.
fn by_continued_fraction(mut left: Ratio, mut right: Ratio) -> Ordering {
    loop {
        let wholes =
            (left.numerator.div_euclid(left.denominator), right.numerator.div_euclid(right.denominator));
        let rests =
            (left.numerator.rem_euclid(left.denominator), right.numerator.rem_euclid(right.denominator));
        match (wholes.0.cmp(&wholes.1), rests) {
            (Ordering::Equal, (0, 0)) => return Ordering::Equal,
            (Ordering::Equal, (0, _)) => return Ordering::Less,
            (Ordering::Equal, (_, 0)) => return Ordering::Greater,
            (Ordering::Equal, (left_rest, right_rest)) => {
                let flipped = (right.denominator, right_rest);
                right = Ratio { numerator: left.denominator, denominator: left_rest };
                left = Ratio { numerator: flipped.0, denominator: flipped.1 };
            }
            (unequal, _) => return unequal,
        }
    }
}

fn gcd(mut left: i128, mut right: i128) -> i128 {
    while right != 0 {
        // Most numbers are small, and dividing 64 bits is several times faster than dividing 128.
        if let (Ok(small), Ok(divisor)) = (u64::try_from(left), u64::try_from(right)) {
            return gcd_of_small(small, divisor).into();
        }
        (left, right) = (right, left % right);
    }
    left.max(1)
}

fn gcd_of_small(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

pub(super) fn least_common_multiple(left: i128, right: i128) -> Option<i128> {
    left.checked_mul(right / gcd(left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::new(numerator, denominator).unwrap()
    }

    #[test]
    fn fractions_are_kept_in_lowest_terms_with_the_sign_above() {
        for (numerator, denominator, shown) in [(250, 3, "250/3"), (6, 4, "3/2"), (8, -4, "-2"), (0, 9, "0")]
        {
            assert_eq!(ratio(numerator, denominator).to_string(), shown);
        }
        assert_eq!(Ratio::new(1, 0), None);
    }

    #[test]
    fn halves_go_up() {
        for (value, decimals, shown) in [
            (ratio(1, 8), 2, "0.13"),
            (ratio(5, 1000), 2, "0.01"),
            (ratio(-1, 8), 2, "-0.12"),
            (ratio(-1, 3), 2, "-0.33"),
            (ratio(250, 3), 2, "83.33"),
            (ratio(5, 2), 0, "3"),
            (ratio(-1, 20), 1, "0.0"),
        ] {
            assert_eq!(value.shown(decimals), shown, "{value}");
        }
        assert_eq!(Ratio::nearest(0.125, 2), Some(ratio(13, 100)));
        assert_eq!(Ratio::nearest(f64::NAN, 2), None);
        assert_eq!(Ratio::nearest(f64::INFINITY, 2), None);
    }

    #[test]
    fn huge_fractions_are_compared_without_overflow() {
        let huge = i128::MAX / 2;
        let (smaller, larger) = (ratio(huge - 1, huge), ratio(huge, huge + 1));
        assert!(smaller < larger);
        assert!(ratio(-huge, huge + 1) < ratio(-(huge - 1), huge));
        assert_eq!(smaller.cmp(&smaller), Ordering::Equal);
        assert_eq!(larger.plus(smaller), None);
    }

    proptest::proptest! {
        #[test]
        fn order_agrees_with_the_continued_fraction(a in -999_i128..999, b in 1_i128..99, c in -999_i128..999, d in 1_i128..99) {
            let (left, right) = (ratio(a, b), ratio(c, d));
            proptest::prop_assert_eq!(left.cmp(&right), by_continued_fraction(left, right));
            proptest::prop_assert_eq!(left.plus(right), right.plus(left));
        }
    }
}
