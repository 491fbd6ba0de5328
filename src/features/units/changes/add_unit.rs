use chrono::NaiveDate;
use serde_json::json;

use super::{
    TreeError,
    error::has_come,
    version::{code_taken, first_version},
};
use crate::{
    base::{
        clock::Moment,
        ids::UnitId,
        sentence::{FieldErrors, Sentence},
        text::{clean_line, fold},
    },
    features::{
        audit::{Happening, append},
        units::{LevelCode, SUCCESSOR_DEPTH, TreeKeeper, Unit, UnitAncestor, UnitKind, store},
    },
    infra::db::Db,
};

pub const MAX_NAME_CHARS: usize = 200;
pub const MAX_CODE_CHARS: usize = 40;

#[derive(Debug, Clone)]
pub struct NewUnit {
    pub code: String,
    pub name: String,
    pub level: LevelCode,
    pub kind: UnitKind,
    pub parent_id: Option<UnitId>,
    pub valid_from: NaiveDate,
}

pub fn add_unit(db: &mut Db, keeper: &TreeKeeper, new: &NewUnit, now: Moment) -> Result<Unit, TreeError> {
    has_come(new.valid_from, now)?;
    let (code, name) = checked(&new.code, &new.name)?;
    let level = store::find_level(db, &new.level)?.ok_or_else(unknown_level)?;
    let mut above = Vec::new();
    if let Some(parent) = &new.parent_id {
        let parent = store::find(db, parent)?.ok_or(TreeError::NotFound)?;
        if parent.valid_to.is_some() {
            return Err(TreeError::Closed { name: parent.name });
        }
        let parent_level = store::find_level(db, &parent.level)?.ok_or_else(unknown_level)?;
        if parent_level.position >= level.position {
            return Err(TreeError::ParentNotAbove { parent: parent.name });
        }
        above = store::list_ancestors(db, &parent.id)?;
    }
    let unit = Unit {
        id: UnitId::generate(),
        parent_id: new.parent_id.clone(),
        level: level.code,
        kind: new.kind,
        search_text: fold(&format!("{name} {code}")),
        code,
        name,
        valid_from: new.valid_from,
        valid_to: None,
        merged_into: None,
        page_url: None,
        created_at: now,
    };
    store::insert(db, &unit).map_err(code_taken)?;
    store::insert_unit_version(db, &first_version(&unit, ""))?;
    let mut rows = vec![UnitAncestor { unit_id: unit.id.clone(), ancestor_id: unit.id.clone(), depth: 0 }];
    rows.extend(above.into_iter().filter(|row| row.depth < SUCCESSOR_DEPTH).map(|row| UnitAncestor {
        unit_id: unit.id.clone(),
        depth: row.depth + 1,
        ..row
    }));
    store::insert_ancestors(db, &rows)?;
    append(
        db,
        &Happening {
            contest: None,
            by: keeper.by(),
            action: "unit.add",
            subject: ("unit", unit.id.as_str()),
            before: None,
            after: None,
            details: json!({ "code": unit.code, "name": unit.name, "parent": unit.parent_id }),
        },
        now,
    )?;
    Ok(unit)
}

/// A code and a name as they are stored, or what is wrong with them.
pub fn checked(code: &str, name: &str) -> Result<(String, String), FieldErrors> {
    let mut errors = FieldErrors::default();
    let (code, name) = (clean_line(code), clean_line(name));
    if code.is_empty() {
        errors.add("code", Sentence::new("units-import-code-missing"));
    } else if code.chars().count() > MAX_CODE_CHARS {
        errors.add("code", Sentence::new("units-import-code-too-long").with("max", MAX_CODE_CHARS));
    }
    if name.is_empty() {
        errors.add("name", Sentence::new("units-import-name-missing"));
    } else if name.chars().count() > MAX_NAME_CHARS {
        errors.add("name", Sentence::new("units-import-name-too-long").with("max", MAX_NAME_CHARS));
    }
    errors.or(|| Some((code, name)))
}

pub fn unknown_level() -> TreeError {
    FieldErrors::one("level", Sentence::new("units-level-missing")).into()
}
