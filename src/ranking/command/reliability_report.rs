//! What `hoithi reliability` prints: JSON by serde, lines by `Display`.

use std::fmt;

use serde::Serialize;

use super::super::model::{Blup, Note};
use super::super::reliability::{Alpha, Generalizability, Icc, Kendall, judges_needed};
use super::rank_report::number;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityReport {
    pub icc: Icc,
    pub alpha: Alpha,
    pub kendall: Kendall,
    pub mixed: Mixed,
    #[serde(skip)]
    pub generalizability: Option<Generalizability>,
    /// How many judges and criteria each entry has, where all are crossed.
    #[serde(skip)]
    pub facets: (usize, usize),
    #[serde(skip)]
    pub has_gaps: bool,
    #[serde(skip)]
    pub incomplete_sheets: usize,
    #[serde(skip)]
    pub note: Option<Note>,
}

/// Components of variance, entries and judges random.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Mixed {
    pub entry: Option<f64>,
    pub judge: Option<f64>,
    pub residual: Option<f64>,
    pub reml: Option<f64>,
}

impl Mixed {
    pub fn of(blup: &Blup) -> Self {
        Self {
            entry: Some(blup.entry),
            judge: Some(blup.judge),
            residual: Some(blup.residual),
            reml: Some(blup.reml),
        }
    }

    /// Of one judge's mark, without and with calibration.
    fn single_judge(&self) -> Option<(f64, f64)> {
        let (entry, judge, residual) = (self.entry?, self.judge?, self.residual?);
        let (all, calibrated) = (entry + judge + residual, entry + residual);
        (calibrated > 0.0).then(|| (entry / all, entry / calibrated))
    }
}

impl fmt::Display for ReliabilityReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { icc, alpha, kendall, mixed, .. } = self;
        let show = |value| number(value, 4);
        writeln!(formatter, "intraclass correlation     one judge   mean of all")?;
        for (name, single, mean) in [
            ("  judges differ per entry", icc.single_one_way, icc.mean_one_way),
            ("  judges random          ", icc.single_random, icc.mean_random),
            ("  judges fixed           ", icc.single_fixed, icc.mean_fixed),
        ] {
            writeln!(formatter, "{name} {:>10} {:>13}", show(single), show(mean))?;
        }
        writeln!(
            formatter,
            "Krippendorff's alpha       nominal {}  ordinal {}  interval {}  ratio {}",
            show(alpha.nominal),
            show(alpha.ordinal),
            show(alpha.interval),
            show(alpha.ratio)
        )?;
        let df = kendall.df.map_or_else(|| "-".to_owned(), |df| df.to_string());
        writeln!(
            formatter,
            "Kendall's W                {}  chi-squared {} on {df} df, p {}",
            show(kendall.w),
            show(kendall.chi2),
            show(kendall.p)
        )?;
        writeln!(
            formatter,
            "variance                   entries {}  judges {}  rest {}  (REML criterion {})",
            show(mixed.entry),
            show(mixed.judge),
            show(mixed.residual),
            show(mixed.reml)
        )?;
        if let Some(parts) = self.generalizability {
            writeln!(
                formatter,
                "with criteria as a facet   entries {}  entries x judges {}  entries x criteria {}  rest {}",
                show(Some(parts.entry)),
                show(Some(parts.entry_judge)),
                show(Some(parts.entry_criterion)),
                show(Some(parts.rest))
            )?;
            let (judges, criteria) = self.facets;
            writeln!(
                formatter,
                "the mean of all            {judges} judges and {criteria} criteria: reliable by {}; {} judges: {}; {} criteria: {}",
                number(parts.coefficient(judges, criteria), 3),
                2 * judges,
                number(parts.coefficient(2 * judges, criteria), 3),
                2 * criteria,
                number(parts.coefficient(judges, 2 * criteria), 3)
            )?;
        }
        if let Some((plain, calibrated)) = mixed.single_judge() {
            writeln!(
                formatter,
                "one judge's mark           reliable by {plain:.3} as it is, {calibrated:.3} calibrated"
            )?;
            let needed = |target| {
                judges_needed(calibrated, target).map_or_else(|| "-".to_owned(), |judges| judges.to_string())
            };
            writeln!(
                formatter,
                "judges needed              {} for .70, {} for .80, {} for .90 (calibrated)",
                needed(0.7),
                needed(0.8),
                needed(0.9)
            )?;
        }
        if self.has_gaps {
            writeln!(
                formatter,
                "! Not every judge scored every entry once, so intraclass correlations and Kendall's W are undefined."
            )?;
        }
        if self.incomplete_sheets > 0 {
            writeln!(formatter, "! {} sheets lack a criterion and do not count.", self.incomplete_sheets)?;
        }
        if let Some(note) = &self.note {
            writeln!(formatter, "! {note}")?;
        }
        Ok(())
    }
}
