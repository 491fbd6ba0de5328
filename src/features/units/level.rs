use diesel::prelude::*;

use crate::base::{json::Json, lang::Lang};

/// A named tier of the tree, from 0 at the top. Data, not an enum.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::levels, primary_key(code), treat_none_as_null = true)]
pub struct Level {
    pub code: LevelCode,
    pub position: i32,
    pub name: String,
    pub name_en: String,
    pub aliases: Json<Vec<String>>,
}

/// The code of a level, for example `commune`. Levels are rows, so this is a name and not an enum.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct LevelCode(String);

crate::stored_as!(
    diesel::sql_types::Text,
    String,
    LevelCode,
    |text: String| Ok::<_, std::convert::Infallible>(LevelCode(text))
);

impl LevelCode {
    pub fn new(code: &str) -> Self {
        Self(code.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Level {
    pub fn name_in(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }
}
