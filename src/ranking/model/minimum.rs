//! The smallest value of a function of one or two positive numbers, of which nothing but values is known.

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

/// How far apart the corners begin, and how near they end, in powers of two. Values alone tell no finer: near the bottom
/// they differ by less than they are rounded by.
const FIRST_SIZE: f64 = 0.25;
const LAST_SIZE: f64 = 1e-6;
const MOST_MOVES: usize = 400;

type Corner = ([f64; 2], f64);

/// From a good guess downhill: the simplex of Nelder and Mead (1965) over the two logarithms, for functions that are dear. The
/// place and its value; a place at the lower end of the range stands for zero, which the caller tries itself.
pub fn minimum_of_two(
    guess: [f64; 2],
    mut of: impl FnMut([f64; 2]) -> Option<f64>,
) -> Option<([f64; 2], f64)> {
    let mut at = |exponents: [f64; 2]| -> Corner {
        let inside =
            exponents.map(|exponent| exponent.clamp(LOWEST_EXPONENT.into(), HIGHEST_EXPONENT.into()));
        (inside, of(inside.map(f64::exp2)).unwrap_or(f64::INFINITY))
    };
    let [x, y] = guess.map(f64::log2);
    let mut corners = [at([x, y]), at([x + FIRST_SIZE, y]), at([x, y + FIRST_SIZE])];
    for _ in 0..MOST_MOVES {
        corners.sort_by(|one, other| one.1.total_cmp(&other.1));
        let [best, good, worst] = corners;
        let apart = |corner: &Corner| {
            best.0.iter().zip(corner.0).fold(0.0, |most: f64, (here, there)| most.max((here - there).abs()))
        };
        if apart(&good).max(apart(&worst)) < LAST_SIZE {
            break;
        }
        let center = [best.0[0].midpoint(good.0[0]), best.0[1].midpoint(good.0[1])];
        let beyond =
            |by: f64| [center[0] + by * (center[0] - worst.0[0]), center[1] + by * (center[1] - worst.0[1])];
        let reflected = at(beyond(1.0));
        let moved = if reflected.1 < best.1 {
            let expanded = at(beyond(2.0));
            Some(if expanded.1 < reflected.1 { expanded } else { reflected })
        } else if reflected.1 < good.1 {
            Some(reflected)
        } else {
            let drawn_in = at(beyond(if reflected.1 < worst.1 { 0.5 } else { -0.5 }));
            (drawn_in.1 < reflected.1.min(worst.1)).then_some(drawn_in)
        };
        corners = if let Some(moved) = moved {
            [best, good, moved]
        } else {
            let halfway = |corner: Corner| [best.0[0].midpoint(corner.0[0]), best.0[1].midpoint(corner.0[1])];
            [best, at(halfway(good)), at(halfway(worst))]
        };
    }
    corners.sort_by(|one, other| one.1.total_cmp(&other.1));
    let [best, ..] = corners;
    best.1.is_finite().then(|| (best.0.map(f64::exp2), best.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_valley_is_found_in_few_steps() {
        let mut asked = 0;
        let (place, value) = minimum_of_two([1.0, 1.0], |[x, y]| {
            asked += 1;
            let (x, y) = ((x / 3.0).ln(), (y * 5.0).ln());
            Some(4.0 * x * x + x * y + y * y + 7.0)
        })
        .unwrap();
        assert!((place[0] - 3.0).abs() < 1e-5 && (place[1] - 0.2).abs() < 1e-6, "{place:?}");
        assert!((value - 7.0).abs() < 1e-10 && asked < 160, "{value} {asked}");
        // Where zero is best the place runs to the end of the range.
        let (place, _) = minimum_of_two([1.0, 1.0], |[x, y]| Some(x + (y.ln()).powi(2))).unwrap();
        assert!(place[0] < 1e-5, "{place:?}");
        assert_eq!(minimum_of_two([1.0, 1.0], |_| None), None);
    }

    #[test]
    fn the_bottom_is_found_inside_and_at_zero() {
        let (place, value) = minimum(|x| Some((x.max(1e-300).ln() - 3.0_f64.ln()).powi(2) + 5.0)).unwrap();
        assert!((place - 3.0).abs() < 1e-6 && (value - 5.0).abs() < 1e-12);
        assert_eq!(minimum(Some), Some((0.0, 0.0)));
        assert_eq!(minimum(|_| None), None);
    }
}
