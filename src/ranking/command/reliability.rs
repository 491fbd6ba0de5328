//! `hoithi reliability`.

use std::io::Read;

use super::super::model::blup;
use super::super::reliability::{Complete, Icc, alpha, generalizability, icc, kendall};
use super::CommandError;
use super::read::read;
use super::reliability_report::{Mixed, ReliabilityReport};

pub fn reliability(input: impl Read) -> Result<ReliabilityReport, CommandError> {
    let file = read(input)?;
    let ratings = &file.ratings;
    let complete = Complete::of(ratings);
    let (mixed, note) = match blup(ratings) {
        Ok(found) => (Mixed::of(&found), None),
        Err(note) => (Mixed::default(), Some(note)),
    };
    Ok(ReliabilityReport {
        icc: complete.as_ref().map_or_else(Icc::default, icc),
        alpha: alpha(ratings),
        kendall: kendall(ratings),
        mixed,
        generalizability: file.crossed.as_deref().and_then(generalizability),
        facets: file.crossed.as_ref().map_or((0, 0), |marks| {
            let judges = marks.first().map_or(&[][..], Vec::as_slice);
            (judges.len(), judges.first().map_or(0, Vec::len))
        }),
        has_gaps: complete.is_none(),
        incomplete_sheets: file.incomplete.len(),
        note,
    })
}
