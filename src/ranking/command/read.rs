//! Reads a file of marks, line by line.

use std::collections::HashMap;
use std::io::Read;

use csv::{ErrorKind, Position, ReaderBuilder, StringRecord};

use super::super::standing::{Ratio, parse_decimal, parse_mark, show_mark};
use super::columns::{Columns, separator};
use super::sheets::{File, gathered};
use super::{CommandError, Fault};

/// One line of the file; names are numbers into the lists of [`Lines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub entry: u32,
    pub judge: u32,
    pub criterion: u32,
    pub line: u64,
    pub value: Ratio,
}

#[derive(Debug, Default)]
pub struct Lines {
    pub entries: Names,
    pub judges: Names,
    pub criteria: Names,
    /// Of each criterion, in ten-thousandths.
    pub weights: Vec<i64>,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Default)]
pub struct Names {
    pub list: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = u32::try_from(self.list.len()).ok()?;
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Some(number)
    }
}

/// `entry,judge,score` or `entry,judge,criterion,score[,weight]`.
pub fn read(mut input: impl Read) -> Result<File, CommandError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let first_line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut reader =
        ReaderBuilder::new().delimiter(separator(first_line)).has_headers(false).from_reader(text);
    let mut record = StringRecord::new();
    if !reader.read_record(&mut record).map_err(|error| refused(error, text))? {
        return Err(CommandError::NoRatings);
    }
    let columns = Columns::of(&record)?;
    let mut lines = Lines::default();
    while reader.read_record(&mut record).map_err(|error| refused(error, text))? {
        let line = record.position().map_or(0, |position| line_at(position, text));
        lines.add(&record, &columns, line).map_err(|fault| fault.on(line))?;
    }
    if lines.marks.is_empty() {
        return Err(CommandError::NoRatings);
    }
    gathered(lines)
}

/// The reader's own position is that before the empty lines that it skipped.
fn line_at(position: &Position, text: &[u8]) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ends = text.iter().skip(start).take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + ends.map(|byte| u64::from(*byte == b'\n')).sum::<u64>()
}

impl Lines {
    fn add(&mut self, record: &StringRecord, columns: &Columns, line: u64) -> Result<(), Fault> {
        let field = |place: usize, name: &'static str| match record.get(place).map(str::trim) {
            None | Some("") => Err(Fault::Empty(name)),
            Some(text) => Ok(text),
        };
        let entry = field(columns.entry, "entry")?;
        let judge = field(columns.judge, "judge")?;
        let criterion = columns.criterion.map_or(Ok(""), |place| field(place, "criterion"))?;
        let text = field(columns.score, "score")?;
        let value = parse_decimal(text).map_err(|why| Fault::Number {
            column: "score",
            text: text.to_owned(),
            why,
        })?;
        let value = match columns.scale {
            None => value,
            Some((min, max)) => scaled(value, field(min, "min")?, field(max, "max")?)?,
        };
        let weight = columns.weight.map(|place| field(place, "weight")).transpose()?;
        let criterion = self.weighted(criterion, weight)?;
        let entry = self.entries.number(entry).ok_or(Fault::TooMany)?;
        let judge = self.judges.number(judge).ok_or(Fault::TooMany)?;
        self.marks.push(Mark { entry, judge, criterion, line, value });
        Ok(())
    }

    fn weighted(&mut self, criterion: &str, weight: Option<&str>) -> Result<u32, Fault> {
        let value = match weight {
            None => 10_000,
            Some(text) => {
                let number = |why| Fault::Number { column: "weight", text: text.to_owned(), why };
                parse_mark(text).map_err(number)?
            }
        };
        if value <= 0 {
            return Err(Fault::Weight(weight.unwrap_or_default().to_owned()));
        }
        let number = self.criteria.number(criterion).ok_or(Fault::TooMany)?;
        match self.weights.get(number as usize) {
            None => self.weights.push(value),
            Some(before) if *before == value => {}
            Some(before) => {
                return Err(Fault::WeightChanged {
                    criterion: criterion.to_owned(),
                    weight: weight.unwrap_or_default().to_owned(),
                    before: show_mark(*before),
                });
            }
        }
        Ok(number)
    }
}

/// The part of the scale in hundredths, as a rubric score is made: `(v - min)/(max - min) * 100`.
fn scaled(value: Ratio, min: &str, max: &str) -> Result<Ratio, Fault> {
    let number = |column: &'static str, text: &str| {
        parse_mark(text).map_err(|why| Fault::Number { column, text: text.to_owned(), why })
    };
    let (low, high) = (number("min", min)?, number("max", max)?);
    if high <= low {
        return Err(Fault::Scale { min: min.to_owned(), max: max.to_owned() });
    }
    let part = |value: Ratio| {
        let above = value.plus(Ratio::new(-i128::from(low), 10_000)?)?;
        above.times(100 * 10_000)?.divided_by((high - low).into())
    };
    part(value).ok_or(Fault::TooLarge)
}

fn refused(error: csv::Error, text: &[u8]) -> CommandError {
    let line = error.position().map_or(1, |position| line_at(position, text));
    match error.into_kind() {
        ErrorKind::Io(error) => CommandError::Unreadable(error),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Fault::FieldCount { expected: expected_len, found: len }.on(line)
        }
        _ => Fault::NotUtf8.on(line),
    }
}
