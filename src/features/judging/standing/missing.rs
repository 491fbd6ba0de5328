//! What the sheets that are still missing could change: which entries are above or below the cut whatever they say.

use std::collections::HashMap;

use super::{
    Standing, StandingRow,
    combine::{total_of, vote_weight},
};
use crate::{
    base::ids::EntryId,
    features::contests::{Aggregation, Criterion, Round},
    ranking::standing::{Fate, Ratio, Reach, SCALE, mean_of, median_of, reach},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    pub seats: usize,
    pub by_entry: HashMap<EntryId, Reach>,
    /// Sheets of entries whose fate is open: only these can still change who is above the cut.
    pub decisive: usize,
}

/// `None` where no bounds hold: standardised parts move with every mark, and an optional criterion that one sheet leaves
/// empty is dropped for all. An entry without any sheet could still get none and be unranked, or full marks.
pub fn outlook_of(
    standing: &Standing,
    round: &Round,
    criteria: &[Criterion],
    seats: usize,
) -> Option<Outlook> {
    let is_mixed = vote_weight(round) > 0 || round.carry_weight > 0;
    if !round.takes_sheets()
        || (round.is_standardised && is_mixed)
        || criteria.iter().any(|criterion| !criterion.is_required)
    {
        return None;
    }
    let most = standing.rows.iter().filter_map(|row| row.votes).max().unwrap_or(0);
    let rows: Vec<&StandingRow> =
        standing.rows.iter().filter(|row| row.sheets_due > 0 || row.sheets_in > 0).collect();
    let bounds: Vec<(Ratio, Ratio)> =
        rows.iter().map(|row| bounds(row, round, most)).collect::<Option<_>>()?;
    let reaches = reach(&bounds, seats);
    let open = rows.iter().zip(&reaches).filter(|(_, reach)| reach.fate == Fate::Open);
    Some(Outlook {
        seats,
        decisive: open.map(|(row, _)| missing(row)).sum(),
        by_entry: rows.iter().zip(reaches).map(|(row, reach)| (row.entry_id.clone(), reach)).collect(),
    })
}

fn missing(row: &StandingRow) -> usize {
    usize::try_from(row.sheets_due - row.sheets_in).unwrap_or(0)
}

/// Adding lowest marks never raises a mean or a median, adding highest marks never lowers one; so the bounds hold for every
/// part of the missing sheets too.
fn bounds(row: &StandingRow, round: &Round, most_votes: i64) -> Option<(Ratio, Ratio)> {
    let with = |mark: i64| {
        let mut scores: Vec<Ratio> = row.by_judge.iter().map(|given| given.score).collect();
        scores.extend(std::iter::repeat_n(Ratio::whole(mark), missing(row)));
        let jury = match round.aggregation {
            Aggregation::Mean => mean_of(&scores),
            Aggregation::Median => median_of(scores),
        };
        total_of(round, jury.unwrap_or(Ratio::ZERO), row, most_votes)
    };
    Some((with(0)?, with(SCALE)?))
}
