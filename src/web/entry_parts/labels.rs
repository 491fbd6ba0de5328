//! Words for states, kinds, levels and categories, looked up once for a page and not once for a row.

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

/// A handful of each, which is sooner gone through than hashed.
pub struct Labels {
    states: Vec<(EntryStatus, String)>,
    kinds: Vec<(EntryKind, String)>,
    levels: Vec<(LevelCode, String)>,
    categories: Vec<(CategoryId, String)>,
}

fn word_of<'w, K: PartialEq>(words: &'w [(K, String)], key: &K) -> &'w str {
    words.iter().find(|(known, _)| known == key).map(|(_, word)| word.as_str()).unwrap_or_default()
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
        Chip { class: status.as_str(), word: self.state_word(status).to_owned() }
    }

    pub fn state_word(&self, status: EntryStatus) -> &str {
        word_of(&self.states, &status)
    }

    pub fn kind(&self, kind: EntryKind) -> &str {
        word_of(&self.kinds, &kind)
    }

    pub fn level(&self, level: &LevelCode) -> &str {
        word_of(&self.levels, level)
    }

    pub fn category(&self, category: Option<&CategoryId>) -> &str {
        category.map(|category| word_of(&self.categories, category)).unwrap_or_default()
    }
}
