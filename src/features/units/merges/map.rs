use std::collections::HashMap;

use crate::{
    base::{sentence::Sentence, text::clean_line},
    features::units::import::{LineError, lines},
};

/// One unit of before and what it became. Without a new code somebody has to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRow {
    pub line: usize,
    pub old_code: String,
    pub old_name: String,
    pub new_code: Option<String>,
    pub new_name: String,
    pub note: String,
}

#[derive(Debug, Clone, Default)]
pub struct MergeMap {
    pub rows: Vec<MapRow>,
    pub errors: Vec<LineError>,
}

const COLUMNS: [&str; 4] = ["old_code", "old_name", "new_code", "new_name"];

pub fn read_map(bytes: &[u8]) -> MergeMap {
    let mut map = MergeMap::default();
    let mut lines = lines(bytes).into_iter();
    let header = match lines.next() {
        Some(Ok((_, header))) => header,
        Some(Err(error)) => return MergeMap { errors: vec![error], ..map },
        None => {
            let sentence = Sentence::new("units-import-empty");
            return MergeMap { errors: vec![LineError { line: 0, sentence }], ..map };
        }
    };
    let places: HashMap<String, usize> =
        header.iter().enumerate().map(|(at, name)| (clean_line(name).to_lowercase(), at)).collect();
    for column in COLUMNS.iter().filter(|column| !places.contains_key(**column)) {
        let sentence = Sentence::new("units-import-no-column").with("column", *column);
        map.errors.push(LineError { line: 1, sentence });
    }
    if !map.errors.is_empty() {
        return map;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for line in lines {
        let (line, cells) = match line {
            Ok(line) => line,
            Err(error) => {
                map.errors.push(error);
                continue;
            }
        };
        let cell = |name: &str| {
            places.get(name).and_then(|at| cells.get(*at)).map(|cell| clean_line(cell)).unwrap_or_default()
        };
        let old_code = cell("old_code");
        if old_code.is_empty() {
            map.errors.push(LineError { line, sentence: Sentence::new("units-import-code-missing") });
            continue;
        }
        if let Some(first) = seen.insert(old_code.clone(), line) {
            let sentence =
                Sentence::new("units-import-repeated-code").with("code", old_code).with("line", first);
            map.errors.push(LineError { line, sentence });
            continue;
        }
        let new_code = cell("new_code");
        let new_name = cell("new_name");
        if !new_code.is_empty() && new_name.is_empty() {
            map.errors.push(LineError { line, sentence: Sentence::new("units-import-name-missing") });
            continue;
        }
        map.rows.push(MapRow {
            line,
            old_code,
            old_name: cell("old_name"),
            new_code: (!new_code.is_empty()).then_some(new_code),
            new_name,
            note: cell("note"),
        });
    }
    map
}
