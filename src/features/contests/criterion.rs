use diesel::prelude::*;

use crate::base::{
    ids::{CriterionId, RoundId},
    json::Json,
    lang::Lang,
    points::Points,
};

/// One line of a round's form.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::criteria, treat_none_as_null = true)]
pub struct Criterion {
    pub id: CriterionId,
    pub round_id: RoundId,
    pub position: i32,
    pub group_name: String,
    pub name: String,
    pub name_en: String,
    pub description: String,
    pub min_mark: Points,
    pub max_mark: Points,
    pub step: Points,
    pub weight: Points,
    pub is_required: bool,
    pub descriptors: Json<Vec<LevelDescriptor>>,
}

/// What a mark means, in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LevelDescriptor {
    pub mark: Points,
    pub text: String,
    #[serde(default)]
    pub text_en: String,
}

impl Criterion {
    pub fn name_in(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }
}
