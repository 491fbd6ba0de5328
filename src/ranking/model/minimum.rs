//! The smallest value of a function of one positive number, of which nothing but values is known.

/// Tried first: powers of two.
const LOWEST_EXPONENT: i32 = -20;
const HIGHEST_EXPONENT: i32 = 14;
const GOLDEN: f64 = 0.618_033_988_749_894_8;
const STEPS: usize = 60;

/// Zero, or the place inside the range: a coarse grid over the logarithm, then the golden section. The place and its value.
pub fn minimum(mut of: impl FnMut(f64) -> Option<f64>) -> Option<(f64, f64)> {
    let mut best = of(0.0).map(|value| (0.0, value, None));
    for exponent in LOWEST_EXPONENT..=HIGHEST_EXPONENT {
        let place = 2.0_f64.powi(exponent);
        if let Some(value) = of(place)
            && best.is_none_or(|(_, least, _)| value < least)
        {
            best = Some((place, value, Some(exponent)));
        }
    }
    let (place, value, exponent) = best?;
    let Some(exponent) = exponent else { return Some((place, value)) };
    let (mut low, mut high) = (f64::from(exponent) - 1.0, f64::from(exponent) + 1.0);
    let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let mut at = |exponent: f64| of(exponent.exp2()).unwrap_or(f64::INFINITY);
    let (mut at_left, mut at_right) = (at(left), at(right));
    for _ in 0..STEPS {
        if at_left <= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = at(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = at(right);
        }
    }
    let middle = low.midpoint(high);
    Some((middle.exp2(), at(middle)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_is_found_inside_and_at_zero() {
        let (place, value) = minimum(|x| Some((x.max(1e-300).ln() - 3.0_f64.ln()).powi(2) + 5.0)).unwrap();
        assert!((place - 3.0).abs() < 1e-6 && (value - 5.0).abs() < 1e-12);
        assert_eq!(minimum(Some), Some((0.0, 0.0)));
        assert_eq!(minimum(|_| None), None);
    }
}
