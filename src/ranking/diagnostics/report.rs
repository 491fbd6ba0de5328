//! Every judge with five ratings or more, looked at from all sides.

use serde::Serialize;

use super::super::model::{Fit, Ratings, mixed, mixed_spread};
use super::pairs::suspicious_pairs;
use super::per_judge::{
    HALO, NARROW, NOISY, ONE_VALUE, agreement, central_tendency, generosity, halo, noise, residuals, spread,
};
use super::sequence::{drift, order, own_unit};
use super::{Details, Finding, Measure, SheetDetail, benjamini_hochberg};

const FEWEST_RATINGS: usize = 5;
const FALSE_DISCOVERY_RATE: f64 = 0.1;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgeProfile {
    pub judge: String,
    pub ratings: usize,
    /// Everything that could be measured, worth a look or not. Empty with fewer than five ratings.
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnosis {
    pub judges: Vec<JudgeProfile>,
    /// Pairs that agree too well, only those worth a look.
    pub pairs: Vec<Finding>,
}

impl Diagnosis {
    pub fn to_look_at(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.judges.iter().flat_map(|profile| &profile.findings);
        findings.chain(&self.pairs).filter(|finding| finding.look_at)
    }
}

pub fn diagnose(ratings: &Ratings, details: &Details) -> Diagnosis {
    let fit = mixed(ratings);
    let widths = mixed_spread(ratings);
    let residuals = residuals(ratings, &fit);
    let by_judge = ratings.by_judge();
    let mut profiles = Vec::new();
    for (judge, list) in by_judge.iter().enumerate() {
        let name = &ratings.judges()[judge];
        let mut findings = Vec::new();
        if list.len() >= FEWEST_RATINGS {
            let sequence = Sequence::of(ratings, details, &residuals, judge, list);
            let sigma2 = fit.sigma2.unwrap_or(0.0);
            let tested = [
                generosity(&fit, judge),
                noise(&sequence.all, sigma2),
                order(&sequence.placed),
                drift(&sequence.in_time),
                own_unit(&sequence.own_unit, &sequence.other_units, sigma2),
            ];
            let finding = |(measure, p): (Measure, Option<f64>)| Finding {
                judge: name.clone(),
                look_at: p.is_none() && is_over_threshold(&measure),
                measure,
                p,
            };
            findings.extend(tested.into_iter().flatten().map(|(measure, p)| finding((measure, Some(p)))));
            findings.extend(
                by_threshold(ratings, &fit, details, judge, list).map(|measure| finding((measure, None))),
            );
            if fit.sigma2.is_some() {
                findings.push(finding((spread(&widths, judge), None)));
            }
        }
        profiles.push(JudgeProfile { judge: name.clone(), ratings: list.len(), findings });
    }
    control_false_discovery(&mut profiles);
    Diagnosis { judges: profiles, pairs: suspicious_pairs(ratings, &residuals) }
}

fn by_threshold(
    ratings: &Ratings,
    fit: &Fit,
    details: &Details,
    judge: usize,
    list: &[(usize, usize)],
) -> impl Iterator<Item = Measure> {
    let measures = [
        central_tendency(ratings, list),
        agreement(ratings, fit, judge, list),
        halo(ratings, details, judge, list),
    ];
    measures.into_iter().flatten()
}

fn is_over_threshold(measure: &Measure) -> bool {
    match measure {
        Measure::Spread { width } => *width < NARROW,
        Measure::CentralTendency { share } => *share > ONE_VALUE,
        Measure::Agreement { correlation } => *correlation < 0.0,
        Measure::Halo { correlation } => *correlation > HALO,
        _ => false,
    }
}

/// Over the tests of all judges at once. Noise must be large as well as certain.
fn control_false_discovery(profiles: &mut [JudgeProfile]) {
    let tested = || profiles.iter().flat_map(|profile| &profile.findings).filter_map(|finding| finding.p);
    let kept = benjamini_hochberg(&tested().collect::<Vec<_>>(), FALSE_DISCOVERY_RATE);
    let findings = profiles.iter_mut().flat_map(|profile| &mut profile.findings);
    for (finding, kept) in findings.filter(|finding| finding.p.is_some()).zip(kept) {
        finding.look_at = kept && !matches!(finding.measure, Measure::Noise { ratio } if ratio <= NOISY);
    }
}

/// A judge's residuals, put in the ways the measures need them.
#[derive(Default)]
struct Sequence {
    all: Vec<f64>,
    placed: Vec<(f64, f64)>,
    in_time: Vec<f64>,
    own_unit: Vec<f64>,
    other_units: Vec<f64>,
}

impl Sequence {
    fn of(
        ratings: &Ratings,
        details: &Details,
        residuals: &[Option<f64>],
        judge: usize,
        list: &[(usize, usize)],
    ) -> Self {
        let mut sequence = Self::default();
        let mut timed = Vec::new();
        for (entry, place) in list {
            let Some(rest) = residuals[*place] else { continue };
            sequence.all.push(rest);
            let detail = details.of(&ratings.entries()[*entry], &ratings.judges()[judge]);
            let SheetDetail { position, submitted, own_unit, .. } = detail.cloned().unwrap_or_default();
            sequence.placed.extend(position.map(|position| (position as f64, rest)));
            timed.extend(submitted.map(|time| (time, rest)));
            if own_unit { sequence.own_unit.push(rest) } else { sequence.other_units.push(rest) }
        }
        timed.sort_by_key(|(time, _)| *time);
        sequence.in_time = timed.into_iter().map(|(_, rest)| rest).collect();
        sequence
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Rating;
    use super::super::super::standing::Ratio;
    use super::*;

    /// Forty entries by eight judges, with small noise; then each test bends one judge.
    fn a_panel(bend: impl Fn(i64, usize, i64) -> i64) -> Ratings {
        let mut state = 7_u64;
        let mut next = |bound: i64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33).cast_signed() % bound
        };
        let mut marks = Vec::new();
        for entry in 0..40_i64 {
            let quality = 400 + next(300);
            for judge in 0..8 {
                let mark = quality + next(60) + next(60);
                let mark = bend(entry, judge, mark);
                marks.push(Rating::new(
                    format!("e{entry:02}"),
                    format!("j{judge}"),
                    Ratio::new(mark.into(), 10).unwrap(),
                ));
            }
        }
        Ratings::new(marks)
    }

    fn details(of: impl Fn(usize, usize) -> SheetDetail) -> Details {
        let pairs = (0..40).flat_map(|entry| (0..8).map(move |judge| (entry, judge)));
        let sheets =
            pairs.map(|(entry, judge)| ((format!("e{entry:02}"), format!("j{judge}")), of(entry, judge)));
        Details { sheets: sheets.collect() }
    }

    fn keys(ratings: &Ratings, details: &Details, judge: &str) -> Vec<&'static str> {
        let diagnosis = diagnose(ratings, details);
        let mut keys: Vec<_> = diagnosis
            .to_look_at()
            .filter(|finding| finding.judge == judge)
            .map(|finding| finding.measure.key())
            .collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn an_ordinary_panel_gives_little_to_look_at() {
        let ratings = a_panel(|_, _, mark| mark);
        let plain = details(|entry, judge| SheetDetail {
            position: Some((entry * 7 + judge * 11) % 40 + 1),
            submitted: Some(i64::try_from((entry * 7 + judge * 11) % 40).unwrap()),
            own_unit: entry % 8 == judge,
            criteria: vec![],
        });
        let diagnosis = diagnose(&ratings, &plain);
        assert!(diagnosis.to_look_at().count() <= 2, "{:?}", diagnosis.to_look_at().collect::<Vec<_>>());
        assert!(diagnosis.judges.iter().all(|profile| profile.findings.len() >= 6));
    }

    #[test]
    fn each_habit_is_seen_in_who_has_it() {
        let none = Details::default();
        let severe = a_panel(|_, judge, mark| if judge == 3 { mark - 150 } else { mark });
        assert_eq!(keys(&severe, &none, "j3"), ["ranking-finding-severe"]);
        let narrow = a_panel(|_, judge, mark| if judge == 3 { 600 + (mark - 600) / 4 } else { mark });
        assert!(keys(&narrow, &none, "j3").contains(&"ranking-finding-narrow"));
        let noisy =
            a_panel(|entry, judge, mark| if judge == 3 { mark + (entry * 37 % 11 - 5) * 40 } else { mark });
        assert!(keys(&noisy, &none, "j3").contains(&"ranking-finding-noise"));
        let lazy = a_panel(|entry, judge, mark| if judge == 3 && entry % 4 > 0 { 600 } else { mark });
        assert!(keys(&lazy, &none, "j3").contains(&"ranking-finding-central"));
        let contrary = a_panel(|_, judge, mark| if judge == 3 { 1_200 - mark } else { mark });
        assert!(keys(&contrary, &none, "j3").contains(&"ranking-finding-agreement"));
    }

    #[test]
    fn order_drift_and_the_own_unit_need_what_is_known_of_the_sheets() {
        let placed = details(|entry, _| SheetDetail { position: Some(entry + 1), ..SheetDetail::default() });
        let rising = a_panel(|entry, judge, mark| if judge == 3 { mark + entry * 4 } else { mark });
        assert!(keys(&rising, &placed, "j3").contains(&"ranking-finding-order"));
        assert!(!keys(&rising, &Details::default(), "j3").contains(&"ranking-finding-order"));

        let timed = details(|entry, _| SheetDetail {
            submitted: i64::try_from(entry).ok(),
            ..SheetDetail::default()
        });
        let stepped = a_panel(|entry, judge, mark| if judge == 3 && entry > 19 { mark + 120 } else { mark });
        assert!(keys(&stepped, &timed, "j3").contains(&"ranking-finding-drift"));

        let own = details(|entry, judge| SheetDetail {
            own_unit: judge == 3 && entry < 8,
            ..SheetDetail::default()
        });
        let partial = a_panel(|entry, judge, mark| if judge == 3 && entry < 8 { mark + 120 } else { mark });
        assert!(keys(&partial, &own, "j3").contains(&"ranking-finding-own-unit"));
    }

    #[test]
    fn criteria_marked_as_one_and_judges_who_move_together() {
        let ratings =
            a_panel(
                |entry, judge, mark| {
                    if judge == 3 || judge == 5 { mark + (entry * 37 % 11 - 5) * 30 } else { mark }
                },
            );
        let diagnosis = diagnose(&ratings, &Details::default());
        let pair: Vec<String> = diagnosis.pairs.iter().map(ToString::to_string).collect();
        assert!(pair.iter().any(|words| words.starts_with("j3 and j5 deviate")), "{pair:?}");

        let halo = details(|entry, judge| {
            let moved = |step: usize| ((entry * 13 + judge * 7 + step * 29) % 17) as f64;
            let criteria =
                if judge == 3 { vec![moved(0), moved(0), moved(0)] } else { (0..3).map(moved).collect() };
            SheetDetail { criteria, ..SheetDetail::default() }
        });
        assert!(diagnose(&ratings, &halo).judges[3].findings.iter().any(|finding| {
            matches!(finding.measure, Measure::Halo { correlation } if correlation > 0.5)
        }));
    }

    #[test]
    fn few_or_flat_marks_are_no_ground_for_anything() {
        for ratings in [
            Ratings::new([]),
            Ratings::new((0..4).map(|entry| Rating::new(format!("e{entry}"), "j", Ratio::whole(5)))),
            Ratings::new((0..9).map(|entry| Rating::new(format!("e{entry}"), "j", Ratio::whole(entry)))),
            Ratings::new(
                (0..54).map(|n| Rating::new(format!("e{}", n % 9), format!("j{}", n / 9), Ratio::whole(5))),
            ),
        ] {
            let diagnosis = diagnose(&ratings, &Details::default());
            let text = serde_json::to_string(&diagnosis).unwrap();
            assert!(!text.contains("null,\"margin\"") && !text.contains("NaN"));
            assert!(diagnosis.pairs.is_empty());
        }
    }
}
