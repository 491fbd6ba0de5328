//! What an import would change, and what is wrong with the file as a whole. Pure.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{LineError, UnitFile, UnitRow};
use crate::{
    base::{ids::UnitId, seal::hash_hex, sentence::Sentence},
    features::units::{Level, LevelCode, UnitKind},
};

/// A unit as it stands before the import.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub level: LevelCode,
    pub kind: UnitKind,
    pub parent_code: Option<String>,
    /// Since when it is what it is: nothing can be changed before that.
    pub since: NaiveDate,
}

/// A unit that the import makes.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedUnit {
    pub code: String,
    pub name: String,
    pub level: LevelCode,
    pub kind: UnitKind,
    pub parent_code: Option<String>,
}

/// A unit that the import changes; what stays as it is stands on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedChange {
    pub before: Existing,
    pub after: PlannedUnit,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ImportPlan {
    pub as_of: NaiveDate,
    pub rows: usize,
    /// Parents before their children.
    pub new: Vec<PlannedUnit>,
    pub changed: Vec<PlannedChange>,
    pub unchanged: usize,
    /// Units that stand in the tree and not in the file: the import leaves them alone.
    pub missing: Vec<(String, String)>,
    pub errors: Vec<LineError>,
}

impl PlannedChange {
    pub fn is_renamed(&self) -> bool {
        self.before.name != self.after.name
    }

    pub fn is_moved(&self) -> bool {
        self.before.parent_code != self.after.parent_code
    }
}

impl ImportPlan {
    pub fn renamed(&self) -> usize {
        self.changed.iter().filter(|change| change.is_renamed()).count()
    }

    pub fn moved(&self) -> usize {
        self.changed.iter().filter(|change| change.is_moved()).count()
    }

    /// Tells one plan from another, so that what is done is what was shown.
    pub fn fingerprint(&self) -> String {
        hash_hex(format!("{:?}{:?}{:?}", self.as_of, self.new, self.changed).as_bytes())
    }
}

pub fn plan(file: &UnitFile, existing: &[Existing], levels: &[Level], as_of: NaiveDate) -> ImportPlan {
    let positions: HashMap<&LevelCode, i32> =
        levels.iter().map(|level| (&level.code, level.position)).collect();
    let by_code: HashMap<&str, &Existing> = existing.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let mut errors = file.errors.clone();
    let rows = without_repeats(&file.rows, &mut errors);
    let of_code: HashMap<&str, &UnitRow> = rows.iter().map(|row| (row.code.as_str(), *row)).collect();
    let tree = Tree { rows: of_code, existing: by_code, positions };
    let circles = tree.circles(&rows);
    let mut plan = ImportPlan {
        as_of,
        rows: file.rows.len(),
        new: Vec::new(),
        changed: Vec::new(),
        unchanged: 0,
        missing: Vec::new(),
        errors: Vec::new(),
    };
    for row in &rows {
        if let Err(sentence) = tree.check(row, &circles) {
            errors.push(LineError { line: row.line, sentence });
            continue;
        }
        let before = tree.existing.get(row.code.as_str()).copied();
        match changes(row, before) {
            Changes::New(unit) => plan.new.push(unit),
            Changes::Changed(change) if change.before.since > as_of => {
                let sentence = Sentence::new("units-import-too-early").with("code", row.code.as_str());
                errors.push(LineError { line: row.line, sentence });
            }
            Changes::Changed(change) => plan.changed.push(*change),
            Changes::None => plan.unchanged += 1,
        }
    }
    plan.new.sort_by_key(|unit| tree.positions.get(&unit.level).copied());
    let missing = existing.iter().filter(|unit| !tree.rows.contains_key(unit.code.as_str()));
    plan.missing = missing.map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    errors.sort_by_key(|error| error.line);
    plan.errors = errors;
    plan
}

fn without_repeats<'r>(rows: &'r [UnitRow], errors: &mut Vec<LineError>) -> Vec<&'r UnitRow> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(line) = first.get(row.code.as_str()) {
            let sentence = Sentence::new("units-import-repeated-code")
                .with("code", row.code.as_str())
                .with("line", *line);
            errors.push(LineError { line: row.line, sentence });
        } else {
            first.insert(&row.code, row.line);
            kept.push(row);
        }
    }
    kept
}

enum Changes {
    New(PlannedUnit),
    Changed(Box<PlannedChange>),
    None,
}

fn changes(row: &UnitRow, before: Option<&Existing>) -> Changes {
    let kind = row.kind.or(before.map(|unit| unit.kind)).unwrap_or(UnitKind::Territorial);
    let after = PlannedUnit {
        code: row.code.clone(),
        name: row.name.clone(),
        level: row.level.clone(),
        kind,
        parent_code: row.parent_code.clone(),
    };
    let Some(before) = before else { return Changes::New(after) };
    let same = before.name == after.name
        && before.level == after.level
        && before.kind == after.kind
        && before.parent_code == after.parent_code;
    if same {
        Changes::None
    } else {
        Changes::Changed(Box::new(PlannedChange { before: before.clone(), after }))
    }
}

struct Tree<'t> {
    rows: HashMap<&'t str, &'t UnitRow>,
    existing: HashMap<&'t str, &'t Existing>,
    positions: HashMap<&'t LevelCode, i32>,
}

impl<'t> Tree<'t> {
    /// The file has the last word on a parent, the tree as it stands the word on what is not in the file.
    fn parent_of(&self, code: &str) -> Option<&'t str> {
        match (self.rows.get(code), self.existing.get(code)) {
            (Some(row), _) => row.parent_code.as_deref(),
            (None, Some(unit)) => unit.parent_code.as_deref(),
            (None, None) => None,
        }
    }

    fn level_of(&self, code: &str) -> Option<&'t LevelCode> {
        match (self.rows.get(code), self.existing.get(code)) {
            (Some(row), _) => Some(&row.level),
            (None, Some(unit)) => Some(&unit.level),
            (None, None) => None,
        }
    }

    /// The codes that stand on a circle. Each chain is followed until it meets one that was followed before.
    fn circles(&self, rows: &[&'t UnitRow]) -> HashSet<&'t str> {
        let mut done: HashSet<&str> = HashSet::new();
        let mut circles = HashSet::new();
        for row in rows {
            let mut chain: Vec<&'t str> = Vec::new();
            let mut at = Some(row.code.as_str());
            while let Some(code) = at {
                if let Some(start) = chain.iter().position(|seen| *seen == code) {
                    circles.extend(chain.iter().skip(start));
                    break;
                }
                if done.contains(code) {
                    break;
                }
                chain.push(code);
                at = self.parent_of(code);
            }
            done.extend(chain);
        }
        circles
    }

    fn check(&self, row: &UnitRow, circles: &HashSet<&str>) -> Result<(), Sentence> {
        if circles.contains(row.code.as_str()) {
            return Err(Sentence::new("units-import-cycle").with("code", row.code.as_str()));
        }
        let Some(parent) = row.parent_code.as_deref() else { return Ok(()) };
        let Some(parent_level) = self.level_of(parent) else {
            let shown: String = parent.chars().take(40).collect();
            return Err(Sentence::new("units-import-missing-parent").with("parent", shown));
        };
        let position = |level: &LevelCode| self.positions.get(level).copied();
        if position(parent_level) >= position(&row.level) {
            return Err(Sentence::new("units-import-parent-not-above")
                .with("parent", parent)
                .with("code", row.code.as_str()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{base::json::Json, features::units::import::read};

    fn levels() -> Vec<Level> {
        ["central", "province", "district", "commune", "branch"]
            .into_iter()
            .zip(0..)
            .map(|(code, position)| Level {
                code: LevelCode::new(code),
                position,
                name: code.to_owned(),
                name_en: String::new(),
                aliases: Json(Vec::new()),
            })
            .collect()
    }

    fn existing(code: &str, name: &str, level: &str, parent: Option<&str>) -> Existing {
        Existing {
            id: UnitId::generate(),
            code: code.to_owned(),
            name: name.to_owned(),
            level: LevelCode::new(level),
            kind: UnitKind::Territorial,
            parent_code: parent.map(str::to_owned),
            since: date("2020-01-01"),
        }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan_of(text: &str, existing: &[Existing]) -> ImportPlan {
        let text = format!("code,name,level,parent_code\n{text}");
        let levels = levels();
        plan(&read(text.as_bytes(), &levels), existing, &levels, date("2024-03-15"))
    }

    fn errors(text: &str) -> Vec<String> {
        let plan = plan_of(text, &[]);
        plan.errors.iter().map(|error| format!("{}: {}", error.line, error.sentence.key)).collect()
    }

    #[test]
    fn the_file_as_a_whole_has_parents_and_no_circles() {
        assert_eq!(errors("c,C,commune,d\nd,D,district,p\np,P,province,\n"), [] as [String; 0]);
        assert_eq!(errors("c,C,commune,x\n"), ["2: units-import-missing-parent"]);
        assert_eq!(
            errors("a,A,district,b\nb,B,province,a\nc,C,commune,a\n"),
            ["2: units-import-cycle", "3: units-import-cycle"]
        );
        assert_eq!(errors("a,A,commune,a\n"), ["2: units-import-cycle"]);
        assert_eq!(
            errors("p,P,province,\nc,C,commune,p\nc,D,commune,p\nq,Q,province,p\n"),
            ["4: units-import-repeated-code", "5: units-import-parent-not-above"]
        );
    }

    #[test]
    fn a_plan_says_what_is_new_renamed_moved_the_same_and_missing() {
        let before = [
            existing("p", "P", "province", None),
            existing("d", "D", "district", Some("p")),
            existing("c", "C", "commune", Some("d")),
            existing("e", "E", "commune", Some("d")),
        ];
        let plan = plan_of(
            "p,P mới,province,\nd,D,district,p\nc,C,commune,p\nn,N,branch,m\nm,M,commune,d\n",
            &before,
        );
        assert_eq!(plan.errors, []);
        let new: Vec<&str> = plan.new.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(new, ["m", "n"], "parents come first");
        assert_eq!((plan.renamed(), plan.moved(), plan.unchanged), (1, 1, 1));
        assert_eq!(plan.missing, [("e".to_owned(), "E".to_owned())]);
    }

    #[test]
    fn nothing_is_changed_before_it_was_what_it_is() {
        let before = [Existing { since: date("2025-01-01"), ..existing("p", "P", "province", None) }];
        let plan = plan_of("p,P mới,province,\n", &before);
        assert_eq!(plan.errors.first().map(|error| error.sentence.key), Some("units-import-too-early"));
        assert_eq!(plan.changed, []);
    }
}
