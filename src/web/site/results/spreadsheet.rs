//! The award list as a table: the same rows for XLSX and CSV.

use crate::{
    features::publication::content::{AwardedTo, Content},
    web::{result_words::kind_word, spreadsheet::Table, words::Words},
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

pub fn table(words: &Words, content: &Content) -> Table {
    Table {
        name: words.say("results-sheet-name"),
        header: COLUMNS.iter().map(|key| words.say(key)).collect(),
        widths: WIDTHS.to_vec(),
        rows: rows(words, content),
    }
}

/// Numbered as lists of awards are: 01, 02.
fn rows(words: &Words, content: &Content) -> Vec<Vec<String>> {
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
