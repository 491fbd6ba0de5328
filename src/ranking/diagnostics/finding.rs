//! One finding about a judge or a pair of judges.

use std::fmt;

use serde::Serialize;

/// Numbers are in the units of the marks unless they are ratios or correlations.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// More (positive) or fewer points than others for the same entries, and the half-width of the 90 % interval.
    Generosity { points: f64, margin: f64 },
    /// How wide a range is used, 1 being usual.
    Spread { width: f64 },
    /// The share of marks that are one and the same value.
    CentralTendency { share: f64 },
    /// The deviation of what is left over, against everybody's.
    Noise { ratio: f64 },
    /// The correlation with the mean of the others on the same entries.
    Agreement { correlation: f64 },
    /// The correlation between criteria after quality is taken out.
    Halo { correlation: f64 },
    /// Points gained from the first to the last place of the own list.
    Order { points: f64 },
    /// How far the marks wandered in time, in standard deviations; 1.22 is exceeded in one of ten.
    Drift { distance: f64 },
    /// Points more for entries of the own unit, and the half-width of the 90 % interval.
    OwnUnit { points: f64, margin: f64 },
    /// Two judges whose left-overs move together on so many entries.
    Pair { other: String, correlation: f64, entries: usize },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    pub judge: String,
    pub measure: Measure,
    /// The chance of so much or more if there were nothing; `None` where a threshold decides.
    pub p: Option<f64>,
    /// Worth a look: over its threshold, or kept with one false alarm in ten expected among all that are kept.
    pub look_at: bool,
}

impl Measure {
    pub fn key(&self) -> &'static str {
        match self {
            Self::Generosity { points, .. } if *points >= 0.0 => "ranking-finding-generous",
            Self::Generosity { .. } => "ranking-finding-severe",
            Self::Spread { width } if *width >= 1.0 => "ranking-finding-wide",
            Self::Spread { .. } => "ranking-finding-narrow",
            Self::CentralTendency { .. } => "ranking-finding-central",
            Self::Noise { .. } => "ranking-finding-noise",
            Self::Agreement { .. } => "ranking-finding-agreement",
            Self::Halo { .. } => "ranking-finding-halo",
            Self::Order { .. } => "ranking-finding-order",
            Self::Drift { .. } => "ranking-finding-drift",
            Self::OwnUnit { .. } => "ranking-finding-own-unit",
            Self::Pair { .. } => "ranking-finding-pair",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let judge = &self.judge;
        match &self.measure {
            Measure::Generosity { points, margin } => {
                let (amount, direction) = (points.abs(), if *points < 0.0 { "less" } else { "more" });
                write!(
                    formatter,
                    "{judge} gives {amount:.1} points {direction} than others for the same entries (+-{margin:.1})."
                )
            }
            Measure::Spread { width } => {
                write!(formatter, "{judge} uses {width:.1} times the range of the scale that others use.")
            }
            Measure::CentralTendency { share } => {
                write!(
                    formatter,
                    "{judge} gave one and the same mark to {:.0} % of the entries.",
                    share * 100.0
                )
            }
            Measure::Noise { ratio } => {
                write!(formatter, "{judge}'s marks scatter {ratio:.1} times as much as everybody's.")
            }
            Measure::Agreement { correlation } => {
                write!(
                    formatter,
                    "{judge}'s order of the entries goes with that of the others by {correlation:.2}."
                )
            }
            Measure::Halo { correlation } => {
                write!(
                    formatter,
                    "{judge} seems to mark the criteria as one (they move together by {correlation:.2})."
                )
            }
            Measure::Order { points } => {
                write!(
                    formatter,
                    "{judge}'s marks change by {points:+.1} points from the first to the last entry of the list."
                )
            }
            Measure::Drift { distance } => {
                write!(
                    formatter,
                    "{judge}'s standard wandered with time ({distance:.2}; 1.22 is usual for one in ten)."
                )
            }
            Measure::OwnUnit { points, margin } => {
                write!(
                    formatter,
                    "{judge} gives entries of the own unit {points:+.1} points (+-{margin:.1}) beside what others give."
                )
            }
            Measure::Pair { other, correlation, entries } => {
                write!(
                    formatter,
                    "{judge} and {other} deviate from the others alike on {entries} entries ({correlation:.2})."
                )
            }
        }
    }
}
