use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::base::{ids::FieldId, points::Points};

/// The answers of an entry, by the id of the field.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<FieldId, Answer>);

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Answer {
    Text(String),
    Number(Points),
    Date(NaiveDate),
    Choice(String),
    Choices(Vec<String>),
    Link(String),
}
