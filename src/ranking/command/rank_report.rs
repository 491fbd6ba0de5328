//! What `hoithi rank` prints: JSON by serde, a table by `Display`.

use std::fmt;

use serde::Serialize;

/// In the order of ranks; `None` where undefined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankReport {
    pub method: String,
    pub entries: Vec<EntryLine>,
    pub judges: Vec<JudgeLine>,
    pub variance: Variance,
    pub components: usize,
    pub warnings: Vec<String>,
    #[serde(skip)]
    pub top: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryLine {
    pub entry: String,
    /// 1224: tied entries share the first of their places.
    pub rank: usize,
    pub score: Option<f64>,
    pub mean: f64,
    pub ratings: usize,
    pub se: Option<f64>,
    /// The 5th and the 95th percentile of the place.
    pub place_low: Option<usize>,
    pub place_high: Option<usize>,
    pub p_top: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgeLine {
    pub judge: String,
    /// Positive is generous: so much more than others for the same entries.
    pub generosity: f64,
    pub se: Option<f64>,
    pub ratings: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variance {
    pub sigma2: Option<f64>,
    pub tau2: Option<f64>,
    pub reml: Option<f64>,
}

impl fmt::Display for RankReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = name_width(self.entries.iter().map(|line| &line.entry), "entry");
        writeln!(formatter, "method: {}", self.method)?;
        let top = self.top.map_or_else(String::new, |top| format!("{:>9}", format!("P(top {top})")));
        writeln!(
            formatter,
            "\n rank  {:<width$}  {:>9} {:>9} {:>7} {:>7}  {:<9}{top}",
            "entry", "score", "mean", "ratings", "se", "places"
        )?;
        for line in &self.entries {
            let places = match (line.place_low, line.place_high) {
                (Some(low), Some(high)) => format!("{low}-{high}"),
                _ => "-".to_owned(),
            };
            let chance = self.top.map_or_else(String::new, |_| format!("{:>9}", number(line.p_top, 3)));
            writeln!(
                formatter,
                "{:>5}  {:<width$}  {:>9} {:>9} {:>7} {:>7}  {places:<9}{chance}",
                line.rank,
                line.entry,
                number(line.score, 2),
                number(Some(line.mean), 2),
                line.ratings,
                number(line.se, 2),
            )?;
        }
        let width = name_width(self.judges.iter().map(|line| &line.judge), "judge");
        writeln!(formatter, "\n{:<width$}  {:>10} {:>7} {:>7}", "judge", "generosity", "se", "ratings")?;
        for line in &self.judges {
            let generosity = number(Some(line.generosity), 2);
            writeln!(
                formatter,
                "{:<width$}  {generosity:>10} {:>7} {:>7}",
                line.judge,
                number(line.se, 2),
                line.ratings
            )?;
        }
        let Variance { sigma2, tau2, reml } = self.variance;
        let (sigma2, tau2, reml) = (number(sigma2, 4), number(tau2, 4), number(reml, 4));
        writeln!(
            formatter,
            "\nvariance of the noise {sigma2}, between judges {tau2}; REML criterion {reml}"
        )?;
        for warning in &self.warnings {
            writeln!(formatter, "! {warning}")?;
        }
        Ok(())
    }
}

fn name_width<'n>(names: impl Iterator<Item = &'n String>, title: &str) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or(0).max(title.len())
}

pub(super) fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.decimals$}"))
}
