//! The models against hand calculations, each other, and published tables.

use super::*;
use crate::ranking::standing::Ratio;

pub fn ratings(rows: &[&[i64]]) -> Ratings {
    let marks = rows.iter().enumerate().flat_map(|(entry, marks)| {
        marks.iter().enumerate().filter(|(_, mark)| **mark >= 0).map(move |(judge, mark)| {
            Rating::new(format!("e{entry}"), format!("j{judge}"), Ratio::whole(*mark))
        })
    });
    Ratings::new(marks)
}

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// Entries by judges, -1 where a judge did not score; four judges of different severity.
const GAPS: [&[i64]; 6] = [
    &[70, 60, -1, -1, 66],
    &[80, -1, 75, -1, 79],
    &[-1, 55, 71, -1, 60],
    &[60, -1, -1, 50, 63],
    &[-1, 82, -1, 70, -1],
    &[-1, -1, 88, 79, 90],
];

#[test]
fn a_triangle_by_hand() {
    // Judges x, y, z; a was seen by x and y, b by y and z, c by z and x.
    // a: x 9, y 6; b: y 5, z 9; c: z 6, x 5. Means: a 15/2, b 7, c 11/2.
    // M = 2/2 on the diagonal, -1/2 beside it; r_x = 3/2 - 1/2 = 1, r_y = -3/2 - 2 = -7/2, r_z = 2 + 1/2 = 5/2.
    // On vectors of sum zero M is 3/2 times the identity, so b = 2/3 r: x 2/3, y -7/3, z 5/3.
    // theta: a = 15/2 - (2/3 - 7/3)/2 = 25/3, b = 7 - (-7/3 + 5/3)/2 = 22/3, c = 11/2 - (5/3 + 2/3)/2 = 13/3.
    let marks = [("a", "x", 9), ("a", "y", 6), ("b", "y", 5), ("b", "z", 9), ("c", "z", 6), ("c", "x", 5)];
    let fit = least_squares(&Ratings::new(marks.map(|(e, j, m)| Rating::new(e, j, Ratio::whole(m)))));
    for (found, expected) in fit.generosity.iter().zip([2.0 / 3.0, -7.0 / 3.0, 5.0 / 3.0]) {
        close(*found, expected, 1e-12);
    }
    for (found, expected) in fit.scores.iter().zip([25.0 / 3.0, 22.0 / 3.0, 13.0 / 3.0]) {
        close(*found, expected, 1e-12);
    }
}

#[test]
fn the_correction_can_change_the_winner() {
    // The same triangle with other marks. a: x 10, y 5; b: y 6, z 8; c: z 2, x 9. Means 15/2, 7, 11/2.
    // r: x 5/2 + 7/2 = 6, y -5/2 - 1 = -7/2, z 1 - 7/2 = -5/2. b: 4, -7/3, -5/3.
    // theta: a = 15/2 - 5/6 = 20/3, b = 7 + 2 = 9, c = 11/2 - 7/6 = 13/3. The raw winner is a, the corrected one b.
    let marks = [("a", "x", 10), ("a", "y", 5), ("b", "y", 6), ("b", "z", 8), ("c", "z", 2), ("c", "x", 9)];
    let fit = least_squares(&Ratings::new(marks.map(|(e, j, m)| Rating::new(e, j, Ratio::whole(m)))));
    assert!(fit.means[0] > fit.means[1] && fit.scores[1] > fit.scores[0]);
    for (found, expected) in fit.scores.iter().zip([20.0 / 3.0, 9.0, 13.0 / 3.0]) {
        close(*found, expected, 1e-12);
    }
    // Residuals: each entry has two marks, and y - theta - b is +-k: a: 10 - 20/3 - 4 = -2/3; b: 6 - 9 + 7/3 = -2/3;
    // c: 2 - 13/3 + 5/3 = -2/3. RSS = 6 * 4/9 = 8/3 with 6 - 3 - 3 + 1 = 1 degree of freedom.
    close(fit.sigma2.unwrap(), 8.0 / 3.0, 1e-12);
    // SE^2 = sigma2 (1/2 + (1' M+ 1 over the two judges)/4) with M+ = 2/3 (I - J/3): 2 * 4/9 - 2 * 2/9 = 4/9.
    let fit =
        least_squares_with_errors(&Ratings::new(marks.map(|(e, j, m)| Rating::new(e, j, Ratio::whole(m)))));
    close(fit.standard_error(0).unwrap().powi(2), 8.0 / 3.0 * (0.5 + 1.0 / 9.0), 1e-12);
}

#[test]
fn the_mixed_model_lies_between_the_mean_and_full_correction() {
    let ratings = ratings(&GAPS);
    let (full, mixed, raw) = (least_squares(&ratings), mixed(&ratings), mean(&ratings));
    for entry in 0..GAPS.len() {
        let (low, high) =
            (full.scores[entry].min(raw.scores[entry]), full.scores[entry].max(raw.scores[entry]));
        assert!((low - 0.5..=high + 0.5).contains(&mixed.scores[entry]));
    }
    assert!(mixed.tau2.unwrap() > mixed.sigma2.unwrap());
}

/// `-2 l_R` written down in full: `ln|V| + ln|X'V^-1 X| + nu (1 + ln(2 pi q/nu))` with dense matrices.
fn criterion_in_full(ratings: &Ratings, gamma_entry: Option<f64>, gamma_judge: f64) -> f64 {
    use crate::ranking::linear::{Cholesky, Symmetric, dot};
    let n = ratings.len();
    let mut v = Symmetric::zero(n);
    let rows: Vec<(usize, u32)> = (0..ratings.entries().len())
        .flat_map(|entry| ratings.incidence.of(entry).iter().map(move |judge| (entry, *judge)))
        .collect();
    for (row, left) in rows.iter().enumerate() {
        for (column, right) in rows.iter().enumerate() {
            v[(row, column)] = f64::from(u8::from(row == column))
                + if left.0 == right.0 { gamma_entry.unwrap_or(0.0) } else { 0.0 }
                + if left.1 == right.1 { gamma_judge } else { 0.0 };
        }
    }
    let factor = Cholesky::of(&v).unwrap();
    let columns: Vec<Vec<f64>> = match gamma_entry {
        Some(_) => vec![vec![1.0; n]],
        None => (0..ratings.entries().len())
            .map(|entry| rows.iter().map(|row| f64::from(u8::from(row.0 == entry))).collect())
            .collect(),
    };
    let solved: Vec<Vec<f64>> = columns.iter().map(|column| factor.solve(column)).collect();
    let mut normal = Symmetric::zero(columns.len());
    for (row, column) in columns.iter().enumerate() {
        for (other, solved) in solved.iter().enumerate() {
            normal[(row, other)] = dot(column, solved);
        }
    }
    let normal = Cholesky::of(&normal).unwrap();
    let y_solved = factor.solve(&ratings.scores);
    let right: Vec<f64> = columns.iter().map(|column| dot(column, &y_solved)).collect();
    let q = dot(&ratings.scores, &y_solved) - dot(&right, &normal.solve(&right));
    let nu = (n - columns.len()) as f64;
    factor.log_determinant()
        + normal.log_determinant()
        + nu * (1.0 + (2.0 * std::f64::consts::PI * q / nu).ln())
}

#[test]
fn the_likelihood_of_model_a_is_the_one_written_in_full_and_its_smallest() {
    for rows in [&GAPS[..], &SHROUT_FLEISS] {
        let ratings = ratings(rows);
        let mut fit = mixed(&ratings);
        if ratings.judges().len() < 5 {
            // Too few judges to estimate: the ratio is assumed.
            close(fit.tau2.unwrap() / fit.sigma2.unwrap(), 0.25, 1e-12);
            fit.notes.clear();
        }
        let gamma = fit.tau2.unwrap() / fit.sigma2.unwrap();
        close(fit.reml.unwrap(), criterion_in_full(&ratings, None, gamma), 1e-9);
        if ratings.judges().len() >= 5 {
            for other in [gamma * 0.999, gamma * 1.001] {
                assert!(criterion_in_full(&ratings, None, other) > fit.reml.unwrap());
            }
        }
    }
}

#[test]
fn the_likelihood_of_model_b_is_the_one_written_in_full_and_its_smallest() {
    for rows in [&GAPS[..], &SHROUT_FLEISS, &[&[1, 2, 4, 3, 5, 9, 8], &[2, 3, 3, 5, 6, 7, 7]]] {
        let ratings = ratings(rows);
        let found = blup(&ratings).unwrap();
        let (entry, judge) = (found.entry / found.residual, found.judge / found.residual);
        close(found.reml, criterion_in_full(&ratings, Some(entry), judge), 1e-8);
        for (left, right) in [(0.99, 1.0), (1.01, 1.0), (1.0, 0.99), (1.0, 1.01)] {
            assert!(criterion_in_full(&ratings, Some(entry * left), judge * right) >= found.reml - 1e-10);
        }
    }
}

const SHROUT_FLEISS: [&[i64]; 6] =
    [&[9, 2, 5, 8], &[6, 1, 3, 2], &[8, 4, 6, 8], &[7, 1, 2, 6], &[10, 5, 6, 9], &[6, 2, 4, 7]];

#[test]
fn in_a_complete_table_the_components_are_those_of_the_mean_squares() {
    // Balanced and inside the range, REML equals the analysis of variance: BMS 11.2417, JMS 32.4861, EMS 1.0194.
    let found = blup(&ratings(&SHROUT_FLEISS)).unwrap();
    let (between, judges, rest) = (11.241_666_667, 32.486_111_111, 1.019_444_444);
    close(found.residual, rest, 1e-5);
    close(found.entry, (between - rest) / 4.0, 1e-5);
    close(found.judge, (judges - rest) / 6.0, 1e-4);
    // BLUP: the entry's deviation shrunk by its reliability.
    close(found.scores[0] - found.grand_mean, (6.0 - 127.0 / 24.0) * (1.0 - rest / between), 1e-5);
}

#[test]
fn everything_is_answered_at_the_edges() {
    let separate = Ratings::new(
        [("a", "x", 5), ("a", "y", 7), ("b", "x", 4), ("b", "y", 8), ("c", "z", 9), ("d", "z", 2)]
            .map(|(e, j, m)| Rating::new(e, j, Ratio::whole(m))),
    );
    let lonely = ratings(&[&[5, 6, -1], &[7, 7, -1], &[-1, -1, 3], &[4, 6, -1]]);
    let tables: [(&str, Ratings); 9] = [
        ("none", ratings(&[])),
        ("one", ratings(&[&[5]])),
        ("one judge", ratings(&[&[5], &[6], &[7]])),
        ("one entry", ratings(&[&[5, 6, 7, 8, 9, 3]])),
        ("all equal", ratings(&[&[5, 5, 5, 5, 5], &[5, 5, 5, 5, 5]])),
        ("agreed", ratings(&[&[5, 5, 5, 5, 5], &[6, 6, 6, 6, 6]])),
        ("additive", ratings(&[&[1, 2, 3, 4, 5], &[2, 3, 4, 5, 6], &[7, 8, 9, 10, 11]])),
        ("separate", separate),
        ("lonely", lonely),
    ];
    for (name, ratings) in &tables {
        for fit in [
            least_squares(ratings),
            least_squares_with_errors(ratings),
            mixed(ratings),
            mean(ratings),
            mixed_spread(ratings).fit,
        ] {
            assert_eq!(fit.scores.len(), ratings.entries().len());
            let numbers =
                fit.scores.iter().chain(&fit.generosity).chain(&fit.sigma2).chain(&fit.tau2).chain(&fit.reml);
            assert!(numbers.clone().all(|number| number.is_finite()), "{name} {fit:?}");
            assert!(!fit.notes.is_empty() || fit.uncertainty.is_some(), "{name} says nothing");
            for entry in 0..ratings.entries().len() {
                assert!(fit.standard_error(entry).is_none_or(f64::is_finite), "{name}");
                assert!(fit.chance_to_beat(0, entry).is_none_or(f64::is_finite), "{name}");
            }
            let places = places(&fit, Some(1), 50, 1);
            assert!(
                places.is_none_or(|places| places
                    .top
                    .unwrap()
                    .iter()
                    .all(|chance| (0.0..=1.0).contains(chance)))
            );
        }
        if let Ok(found) = blup(ratings) {
            assert!(found.reml.is_finite() && found.scores.iter().all(|score| score.is_finite()), "{name}");
        }
        without_each_judge(ratings, mixed);
    }
    assert!(mixed(&tables[7].1).notes.contains(&Note::Apart(2)));
    assert!(mixed(&tables[8].1).notes.contains(&Note::LonelyJudge("j2".into())));
    assert!(mixed(&tables[5].1).notes.contains(&Note::NoVariation));
    assert!(mixed(&tables[2].1).notes.contains(&Note::NothingRepeated));
}

#[test]
fn many_judges_are_fitted_like_few() {
    // A random design by a fixed sequence; both ways to the same variances.
    let mut state = 1_u64;
    let mut next = |bound: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33).cast_signed() % bound
    };
    let judges = 60_i64;
    let severity: Vec<i64> = (0..judges).map(|_| next(40)).collect();
    let marks: Vec<Rating> = (0..400)
        .flat_map(|entry| {
            let quality = next(60);
            (0..4)
                .map(|turn| (entry, (entry * 7 + turn * 13 + next(3) * 17) % judges, quality))
                .collect::<Vec<_>>()
        })
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|(entry, judge, quality)| {
            let mark = 100 + quality - severity[usize::try_from(judge).unwrap()] + next(30);
            Rating::new(format!("e{entry}"), format!("j{judge}"), Ratio::whole(mark))
        })
        .collect();
    let ratings = Ratings::new(marks);
    let sums = super::sums::Sums::of(&ratings.incidence, &ratings.scores);
    let likelihood = super::reml::Likelihood {
        nu: (ratings.len() - ratings.entries().len()) as f64,
        within: sums.within,
        n_judges: ratings.judges().len() as f64,
        sum_of_log_counts: 0.0,
    };
    let super::reml::Gamma::Inside(few) = super::reml::best_gamma(
        &likelihood,
        &crate::ranking::linear::Tridiagonal::of(ratings.incidence.laplacian(), &[&sums.residuals]),
    ) else {
        panic!()
    };
    let (super::reml::Gamma::Inside(many), Some(_)) =
        super::large::best_gamma_of_many(&likelihood, &ratings.incidence, &sums)
    else {
        panic!()
    };
    close(many / few, 1.0, 1e-6);
    // Conjugate gradients agree with Cholesky.
    let components = crate::ranking::design::Components::of(&ratings.incidence);
    let iterated = super::operator::Operator::new(&ratings.incidence).solve(
        &sums.residuals,
        0.0,
        None,
        Some(&components),
    );
    for (found, expected) in iterated.unwrap().iter().zip(least_squares(&ratings).generosity) {
        close(*found, expected, 1e-9);
    }
}

#[test]
fn places_agree_with_the_exact_chance_of_two() {
    let ratings = ratings(&GAPS);
    let fit = mixed(&ratings);
    let pair = Ratings::new((0..2).flat_map(|entry| {
        let judges =
            ratings.incidence.of(entry).iter().map(|judge| ratings.judges()[*judge as usize].clone());
        let marks = judges.zip(ratings.exact_of(entry).to_vec());
        marks.map(move |(judge, mark)| Rating::new(format!("e{entry}"), judge, mark)).collect::<Vec<_>>()
    }));
    assert_eq!(pair.entries().len(), 2);
    let places = places(&fit, Some(2), 4000, 7).unwrap();
    let chances = places.top.unwrap();
    close(chances.iter().sum::<f64>(), 2.0, 1e-9);
    for (entry, interval) in places.interval.iter().enumerate() {
        let (low, high) = interval.unwrap();
        assert!(low <= high && high <= 6 && low >= 1, "{entry}");
    }
    close(fit.chance_to_beat(0, 1).unwrap() + fit.chance_to_beat(1, 0).unwrap(), 1.0, 1e-12);
}

proptest::proptest! {
    #[test]
    fn the_order_of_ratings_changes_no_bit(
        marks in proptest::collection::btree_map((0_usize..6, 0_usize..7), 0_i64..20, 8..30), turn in 0_usize..30,
    ) {
        let mut list: Vec<Rating> = marks.iter()
            .map(|((entry, judge), mark)| Rating::new(format!("e{entry}"), format!("j{judge}"), Ratio::whole(*mark)))
            .collect();
        let before = (mixed(&Ratings::new(list.clone())), mixed_spread(&Ratings::new(list.clone())).fit);
        let turn = turn % list.len();
        list.rotate_left(turn);
        let after = (mixed(&Ratings::new(list.clone())), mixed_spread(&Ratings::new(list)).fit);
        let bits = |fit: &Fit| fit.scores.iter().chain(&fit.generosity).chain(&fit.reml).map(|x| x.to_bits()).collect::<Vec<_>>();
        proptest::prop_assert_eq!(bits(&before.0), bits(&after.0));
        proptest::prop_assert_eq!(bits(&before.1), bits(&after.1));
        proptest::prop_assert_eq!(places(&before.0, Some(2), 20, 3), places(&after.0, Some(2), 20, 3));
    }

    /// Doubling and shifting every mark doubles and shifts every score; one more judge who finds everything equal keeps the
    /// raw order.
    #[test]
    fn scaling_keeps_the_ranking(marks in proptest::collection::btree_map((0_usize..6, 0_usize..7), 0_i64..20, 8..30)) {
        let list = |scale: i64, shift: i64| Ratings::new(marks.iter().map(|((entry, judge), mark)| {
            Rating::new(format!("e{entry}"), format!("j{judge}"), Ratio::whole(scale * mark + shift))
        }));
        for model in [mixed, least_squares, |ratings: &Ratings| mixed_spread(ratings).fit] {
            let (plain, scaled) = (model(&list(1, 0)), model(&list(2, 5)));
            for (plain, scaled) in plain.scores.iter().zip(&scaled.scores) {
                proptest::prop_assert!((2.0 * plain + 5.0 - scaled).abs() < 1e-5, "{} {}", plain, scaled);
            }
        }
    }
}
