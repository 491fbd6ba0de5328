//! The first line: which column is where, in any order and in any case. Other columns are left alone.

use csv::StringRecord;

use super::{CommandError, Fault};

#[derive(Debug, Clone, Copy)]
pub struct Columns {
    pub entry: usize,
    pub judge: usize,
    pub score: usize,
    pub criterion: Option<usize>,
    pub weight: Option<usize>,
    /// The lowest and the highest mark of the scale: with both, marks count as parts of 100.
    pub scale: Option<(usize, usize)>,
}

impl Columns {
    pub fn of(header: &StringRecord) -> Result<Self, CommandError> {
        let find = |name: &'static str| {
            let mut places =
                header.iter().enumerate().filter(|(_, field)| field.trim().eq_ignore_ascii_case(name));
            let first = places.next().map(|(place, _)| place);
            if places.next().is_some() { Err(Fault::ColumnTwice(name).on(1)) } else { Ok(first) }
        };
        let needed = |name: &'static str| find(name)?.ok_or_else(|| Fault::ColumnMissing(name).on(1));
        let (criterion, weight) = (find("criterion")?, find("weight")?);
        let scale = find("min")?.zip(find("max")?);
        if weight.is_some() && criterion.is_none() {
            return Err(Fault::WeightWithoutCriterion.on(1));
        }
        Ok(Self {
            entry: needed("entry")?,
            judge: needed("judge")?,
            score: needed("score")?,
            criterion,
            weight,
            scale,
        })
    }
}

/// The separator that the first line uses: a comma, or a semicolon or tab where it has no comma.
pub fn separator(first_line: &[u8]) -> u8 {
    [b',', b';', b'\t'].into_iter().find(|separator| first_line.contains(separator)).unwrap_or(b',')
}
