//! The fields of a unit's form, read and shown again.

use serde::Serialize;

use super::{super::day::date, list::Choice};
use crate::{
    base::{
        ids::UnitId,
        sentence::{FieldErrors, Sentence},
    },
    features::units::{Level, LevelCode, TreeError, UnitChange, UnitKind, views::find_by_code},
    infra::db::Db,
    web::{form::Form, site::units::kind_key, words::Words},
};

/// What was typed. The parent is typed by its code: names repeat.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UnitFields {
    pub code: String,
    pub name: String,
    pub level: String,
    pub kind: String,
    pub parent_code: String,
    pub as_of: String,
    pub note: String,
}

impl UnitFields {
    pub fn typed(form: &Form) -> Self {
        Self {
            code: form.get("code").to_owned(),
            name: form.get("name").to_owned(),
            level: form.get("level").to_owned(),
            kind: form.get("kind").to_owned(),
            parent_code: form.get("parent_code").to_owned(),
            as_of: form.get("as_of").to_owned(),
            note: form.get("note").chars().take(300).collect(),
        }
    }

    /// What the fields mean; the parent is looked up by its code.
    pub fn read(&self, db: &mut Db) -> Result<UnitChange, TreeError> {
        let mut errors = FieldErrors::default();
        let parent = match self.parent_code.trim() {
            "" => None,
            code => {
                let parent = find_by_code(db, code)?;
                if parent.is_none() {
                    errors.add("parent_code", Sentence::new("admin-units-no-such-code"));
                }
                parent
            }
        };
        let as_of = errors.take("as_of", date(&self.as_of));
        let kind: Option<UnitKind> =
            errors.take("kind", self.kind.parse().map_err(|_| Sentence::new("admin-units-kind-missing")));
        let parent_id: Option<UnitId> = parent.map(|parent| parent.id);
        let change = errors.or(|| {
            Some(UnitChange {
                code: self.code.clone(),
                name: self.name.clone(),
                level: LevelCode::new(&self.level),
                kind: kind?,
                parent_id,
                as_of: as_of?,
                note: self.note.clone(),
            })
        })?;
        Ok(change)
    }
}

pub fn level_choices(levels: &[Level], chosen: &str, words: &Words) -> Vec<Choice> {
    let choice = |level: &Level| Choice {
        value: level.code.as_str().to_owned(),
        label: level.name_in(words.lang).to_owned(),
        chosen: level.code.as_str() == chosen,
    };
    levels.iter().map(choice).collect()
}

pub fn kind_choices(chosen: &str, words: &Words) -> Vec<Choice> {
    let choice = |kind: &UnitKind| Choice {
        value: kind.to_string(),
        label: words.say(kind_key(*kind)),
        chosen: kind.as_str() == chosen,
    };
    UnitKind::ALL.iter().map(choice).collect()
}
