//! The award list as a table: the same rows for XLSX and CSV.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::{
    features::publication::content::{AwardedTo, Content},
    web::{result_words::kind_word, words::Words},
};

const COLUMNS: [&str; 9] = [
    "results-column-number",
    "results-column-award",
    "results-column-round",
    "results-column-pool",
    "results-column-code",
    "results-column-title",
    "results-column-kind",
    "results-column-unit",
    "results-column-path",
];
const WIDTHS: [f64; 9] = [6.0, 28.0, 22.0, 32.0, 12.0, 46.0, 14.0, 32.0, 60.0];

pub fn header(words: &Words) -> Vec<String> {
    COLUMNS.iter().map(|key| words.say(key)).collect()
}

/// Numbered as lists of awards are: 01, 02.
pub fn rows(words: &Words, content: &Content) -> Vec<Vec<String>> {
    let row = |(number, award): (usize, &crate::features::publication::content::PublishedAward)| {
        let (code, title, kind, unit, path) = match &award.to {
            AwardedTo::Entry(entry) => (
                entry.code.clone(),
                entry.title.clone(),
                kind_word(words, entry.kind),
                entry.unit.clone(),
                entry.path.join(" → "),
            ),
            AwardedTo::Unit(name) => {
                (String::new(), String::new(), words.say("results-kind-unit"), name.clone(), String::new())
            }
        };
        vec![
            format!("{number:02}"),
            award.award.clone(),
            award.round_name.clone(),
            award.unit.clone(),
            code,
            title,
            kind,
            unit,
            path,
        ]
    };
    (1..).zip(&content.awards).map(row).collect()
}

/// Every cell is written as text, so a title that looks like a formula stays a title.
pub fn xlsx(words: &Words, content: &Content) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(words.say("results-sheet-name"))?;
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    for (at, title) in (0..).zip(header(words)) {
        sheet.write_string_with_format(0, at, title, &bold)?;
    }
    for (line, row) in (1..).zip(rows(words, content)) {
        for (at, cell) in (0..).zip(row) {
            sheet.write_string_with_format(line, at, cell, &wrapped)?;
        }
    }
    book.save_to_buffer()
}

/// With a byte order mark, by which Excel knows that it is UTF-8.
pub fn csv(words: &Words, content: &Content) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(header(words))?;
    for row in rows(words, content) {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A spreadsheet runs what begins like a formula; an apostrophe before it makes it text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_looks_like_a_formula_becomes_text() {
        for (cell, written) in [
            ("Sổ tay số", "Sổ tay số"),
            ("=1+1", "'=1+1"),
            ("+84912", "'+84912"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }
}
