//! Words for states, kinds, levels and categories, looked up once for a page and not once for a row.

use std::collections::HashMap;

use serde::Serialize;

use crate::{
    base::ids::CategoryId,
    features::{
        contests::{Category, EntryKind},
        entries::EntryStatus,
        units::{Level, LevelCode},
    },
    web::words::Words,
};

/// A chip: the class is the word of the state itself.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    pub class: &'static str,
    pub word: String,
}

pub struct Labels {
    states: HashMap<EntryStatus, String>,
    kinds: HashMap<EntryKind, String>,
    levels: HashMap<LevelCode, String>,
    categories: HashMap<CategoryId, String>,
}

impl Labels {
    pub fn new(words: &Words, levels: &[Level], categories: &[Category]) -> Self {
        let state = |status: &EntryStatus| (*status, words.say(&format!("entries-state-{status}")));
        let kind = |kind: &EntryKind| (*kind, words.say(&format!("entries-kind-{kind}")));
        let category = |row: &Category| (row.id.clone(), words.either(&row.name, &row.name_en).to_owned());
        Self {
            states: EntryStatus::ALL.iter().map(state).collect(),
            kinds: EntryKind::ALL.iter().map(kind).collect(),
            levels: levels
                .iter()
                .map(|level| (level.code.clone(), level.name_in(words.lang).to_owned()))
                .collect(),
            categories: categories.iter().map(category).collect(),
        }
    }

    pub fn state(&self, status: EntryStatus) -> Chip {
        Chip { class: status.as_str(), word: self.states.get(&status).cloned().unwrap_or_default() }
    }

    pub fn kind(&self, kind: EntryKind) -> String {
        self.kinds.get(&kind).cloned().unwrap_or_default()
    }

    pub fn level(&self, level: &LevelCode) -> String {
        self.levels.get(level).cloned().unwrap_or_default()
    }

    pub fn category(&self, category: Option<&CategoryId>) -> String {
        category.and_then(|category| self.categories.get(category).cloned()).unwrap_or_default()
    }
}
