use std::collections::HashMap;

use super::lines;
use crate::{
    base::{sentence::Sentence, text::clean_line},
    features::units::{Level, LevelCode, UnitKind},
};

pub const MAX_NAME_CHARS: usize = 200;
const MAX_CODE_CHARS: usize = 40;
const COLUMNS: [&str; 4] = ["code", "name", "level", "parent_code"];

/// What is wrong with one line of the file. Line 0 is the file as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct LineError {
    pub line: usize,
    pub sentence: Sentence,
}

/// One unit as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    pub line: usize,
    pub code: String,
    pub name: String,
    pub level: LevelCode,
    pub parent_code: Option<String>,
    /// Only when the file has the column.
    pub kind: Option<UnitKind>,
}

/// The file, read: rows that are right by themselves, and everything that is wrong.
#[derive(Debug, Clone, Default)]
pub struct UnitFile {
    pub rows: Vec<UnitRow>,
    pub errors: Vec<LineError>,
}

/// Reads the file against the levels that there are. Columns may stand in any order.
pub fn read(bytes: &[u8], levels: &[Level]) -> UnitFile {
    let mut file = UnitFile::default();
    let mut lines = lines(bytes).into_iter();
    let columns = match lines.next() {
        None => Err(vec![LineError { line: 0, sentence: Sentence::new("units-import-empty") }]),
        Some(Err(error)) => Err(vec![error]),
        Some(Ok((line, header))) => columns(line, &header),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(errors) => return UnitFile { errors, ..file },
    };
    let words = level_words(levels);
    for line in lines {
        match line.and_then(|(line, cells)| row(line, &cells, &columns, &words)) {
            Ok(row) => file.rows.push(row),
            Err(error) => file.errors.push(error),
        }
    }
    file
}

type Columns = HashMap<String, usize>;

fn columns(line: usize, header: &[String]) -> Result<Columns, Vec<LineError>> {
    let places: Columns =
        header.iter().enumerate().map(|(at, name)| (clean_line(name).to_lowercase(), at)).collect();
    let missing = COLUMNS.iter().filter(|name| !places.contains_key(**name));
    let errors: Vec<LineError> = missing
        .map(|name| LineError {
            line,
            sentence: Sentence::new("units-import-no-column").with("column", *name),
        })
        .collect();
    if errors.is_empty() { Ok(places) } else { Err(errors) }
}

/// A level is meant by its code, its name in either language, or one of its aliases.
fn level_words(levels: &[Level]) -> HashMap<String, LevelCode> {
    let mut words = HashMap::new();
    for level in levels {
        let own = [level.code.as_str(), &level.name, &level.name_en];
        for word in own.into_iter().chain(level.aliases.iter().map(String::as_str)) {
            words.entry(word.to_lowercase()).or_insert_with(|| level.code.clone());
        }
    }
    words
}

fn row(
    line: usize,
    cells: &[String],
    columns: &Columns,
    levels: &HashMap<String, LevelCode>,
) -> Result<UnitRow, LineError> {
    let wrong = |sentence: Sentence| LineError { line, sentence };
    let cell = |name: &str| columns.get(name).and_then(|at| cells.get(*at)).map(|cell| clean_line(cell));
    let (Some(code), Some(name), Some(level), Some(parent)) =
        (cell("code"), cell("name"), cell("level"), cell("parent_code"))
    else {
        return Err(wrong(Sentence::new("units-import-too-few-cells").with("count", cells.len())));
    };
    if code.is_empty() {
        return Err(wrong(Sentence::new("units-import-code-missing")));
    }
    if code.chars().count() > MAX_CODE_CHARS {
        return Err(wrong(Sentence::new("units-import-code-too-long").with("max", MAX_CODE_CHARS)));
    }
    if name.is_empty() {
        return Err(wrong(Sentence::new("units-import-name-missing")));
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(wrong(Sentence::new("units-import-name-too-long").with("max", MAX_NAME_CHARS)));
    }
    let Some(level) = levels.get(&level.to_lowercase()).cloned() else {
        let shown: String = level.chars().take(40).collect();
        return Err(wrong(Sentence::new("units-import-unknown-level").with("level", shown)));
    };
    let kind = match cell("kind").filter(|kind| !kind.is_empty()) {
        None => None,
        Some(kind) => Some(kind.parse().map_err(|_| {
            let shown: String = kind.chars().take(40).collect();
            wrong(Sentence::new("units-import-unknown-kind").with("kind", shown))
        })?),
    };
    let parent_code = (!parent.is_empty()).then_some(parent);
    Ok(UnitRow { line, code, name, level, parent_code, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::json::Json;

    fn levels() -> Vec<Level> {
        let level = |code: &str, position, aliases: &[&str]| Level {
            code: LevelCode::new(code),
            position,
            name: code.to_owned(),
            name_en: String::new(),
            aliases: Json(aliases.iter().map(|alias| (*alias).to_owned()).collect()),
        };
        vec![level("province", 0, &["Tỉnh"]), level("commune", 1, &["grassroots"])]
    }

    fn errors(text: &str) -> Vec<String> {
        let file = read(text.as_bytes(), &levels());
        file.errors.iter().map(|error| format!("{}: {}", error.line, error.sentence.key)).collect()
    }

    #[test]
    fn columns_stand_in_any_order_and_levels_have_aliases() {
        let text =
            "\u{feff}parent_code,level,NAME,code,kind\n,tỉnh,Tỉnh A,1,\n1,Grassroots,Xa\u{303} B,2,police\n";
        let file = read(text.as_bytes(), &levels());
        assert_eq!(file.errors, []);
        let rows: Vec<_> = file.rows.iter().map(|r| (r.name.as_str(), r.level.as_str(), r.kind)).collect();
        assert_eq!(rows, [("Tỉnh A", "province", None), ("Xã B", "commune", Some(UnitKind::Police))]);
    }

    #[test]
    fn every_wrong_line_is_named_with_its_reason() {
        let text = format!(
            "code,name,level,parent_code\n,A,province,\n1,,province,\n2,B\n3,C,hamlet,\n4,{},province,\n5,\u{202e},province,\n",
            "x".repeat(10_000)
        );
        assert_eq!(
            errors(&text),
            [
                "2: units-import-code-missing",
                "3: units-import-name-missing",
                "4: units-import-too-few-cells",
                "5: units-import-unknown-level",
                "6: units-import-name-too-long",
                "7: units-import-name-missing"
            ]
        );
        assert_eq!(errors(""), ["0: units-import-empty"]);
        assert_eq!(errors("code,name\n"), ["1: units-import-no-column", "1: units-import-no-column"]);
    }
}
