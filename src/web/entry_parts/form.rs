//! The form of an entry, made from the contest's fields: how it is shown, and how what was typed is read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    base::ids::FieldId,
    features::{
        contests::{Field, FieldKind},
        entries::{Answer, Answers, RawDraft},
    },
    web::{form::Form, words::Words},
};

#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A field as the template draws it.
#[derive(Debug, Clone, Serialize)]
pub struct ShownField {
    pub name: String,
    pub label: String,
    pub help: String,
    pub error: String,
    /// `line`, `area`, `pick`, `many` or `tools`.
    pub shape: &'static str,
    /// The type of the input of a `line`.
    pub input: &'static str,
    pub inputmode: &'static str,
    pub value: String,
    pub options: Vec<Choice>,
    pub is_required: bool,
}

/// The form as it was posted. Values of one name come together, in order.
pub fn raw_draft(form: &Form) -> RawDraft {
    let mut answers: BTreeMap<FieldId, Vec<String>> = BTreeMap::new();
    for (name, value) in form.pairs() {
        if let Some(field) = name.strip_prefix("answer-").and_then(|id| id.parse().ok()) {
            answers.entry(field).or_default().push(value.clone());
        }
    }
    RawDraft {
        title: form.get("title").to_owned(),
        kind: form.get("kind").to_owned(),
        category: form.get("category").to_owned(),
        authors: form.get("authors").to_owned(),
        members: form.get("members").to_owned(),
        answers,
    }
}

/// What is saved, as it would be typed.
pub fn typed_again(answers: &Answers, words: &Words) -> BTreeMap<FieldId, Vec<String>> {
    let typed = |answer: &Answer| match answer {
        Answer::Text(text) | Answer::Choice(text) | Answer::Link(text) => vec![text.clone()],
        Answer::Number(number) => vec![number.written(words.lang)],
        Answer::Date(date) => vec![date.format("%Y-%m-%d").to_string()],
        Answer::Choices(values) => values.clone(),
    };
    answers.0.iter().map(|(field, answer)| (field.clone(), typed(answer))).collect()
}

/// The fields that are asked now, with what was typed and what is wrong with it.
pub fn show_fields(
    fields: &[Field],
    typed: &BTreeMap<FieldId, Vec<String>>,
    errors: &BTreeMap<String, String>,
    words: &Words,
) -> Vec<ShownField> {
    fields
        .iter()
        .filter(|field| !field.is_retired && field.kind != FieldKind::Files)
        .map(|field| show(field, typed.get(&field.id).map(Vec::as_slice).unwrap_or_default(), errors, words))
        .collect()
}

fn show(field: &Field, typed: &[String], errors: &BTreeMap<String, String>, words: &Words) -> ShownField {
    let name = format!("answer-{}", field.id);
    let (shape, input, inputmode) = match field.kind {
        FieldKind::ShortText => ("line", "text", ""),
        FieldKind::LongText => ("area", "", ""),
        FieldKind::Number => ("line", "text", "decimal"),
        FieldKind::Date => ("line", "date", ""),
        FieldKind::OneOf => ("pick", "", ""),
        FieldKind::ManyOf => ("many", "", ""),
        FieldKind::Link => ("line", "text", "url"),
        FieldKind::Tools | FieldKind::Files => ("tools", "text", ""),
    };
    let mut options: Vec<Choice> = field
        .settings
        .options
        .iter()
        .map(|option| Choice {
            value: option.value.clone(),
            label: words.either(&option.label, &option.label_en).to_owned(),
            chosen: typed.contains(&option.value),
        })
        .collect();
    if shape == "pick" {
        let empty = Choice {
            value: String::new(),
            label: words.say("entries-form-choose"),
            chosen: typed.first().is_none_or(String::is_empty),
        };
        options.insert(0, empty);
    }
    let known = |value: &&String| !field.settings.options.iter().any(|option| option.value == **value);
    let value = match shape {
        "tools" => {
            let others: Vec<&str> =
                typed.iter().filter(known).map(String::as_str).filter(|value| !value.is_empty()).collect();
            others.join(", ")
        }
        _ => typed.first().cloned().unwrap_or_default(),
    };
    ShownField {
        error: errors.get(&name).cloned().unwrap_or_default(),
        label: words.either(&field.label, &field.label_en).to_owned(),
        help: words.either(&field.help, &field.help_en).to_owned(),
        name,
        shape,
        input,
        inputmode,
        value,
        options,
        is_required: field.is_required,
    }
}
