//! The answers of an entry, as they are read.

use serde::Serialize;

use crate::{
    features::{
        contests::{Field, FieldKind},
        entries::{Answer, Answers},
        links::read_address,
    },
    web::words::Words,
};

#[derive(Debug, Clone, Serialize)]
pub struct ShownAnswer {
    pub label: String,
    /// One item for each line or choice.
    pub lines: Vec<String>,
    /// Shown as tags instead of as text.
    pub are_tags: bool,
    /// Where a link leads; empty for anything else.
    pub href: String,
    /// Whose a link is, with its sign; empty when nobody knows it.
    pub service: &'static str,
    pub sign: &'static str,
}

/// In the order of the form. To the public only what the form declares as public.
pub fn show_answers(
    fields: &[Field],
    answers: &Answers,
    words: &Words,
    public_only: bool,
) -> Vec<ShownAnswer> {
    fields
        .iter()
        .filter(|field| field.is_public || !public_only)
        .filter_map(|field| Some(show(field, answers.0.get(&field.id)?, words)))
        .collect()
}

fn show(field: &Field, answer: &Answer, words: &Words) -> ShownAnswer {
    let option = |value: &String| {
        let known = field.settings.options.iter().find(|option| option.value == *value);
        known.map_or_else(|| value.clone(), |option| words.either(&option.label, &option.label_en).to_owned())
    };
    let lines = match answer {
        Answer::Text(text) => text.lines().map(str::to_owned).collect(),
        Answer::Number(number) => vec![words.points(*number)],
        Answer::Date(date) => vec![words.date(*date)],
        Answer::Choice(value) => vec![option(value)],
        Answer::Choices(values) => values.iter().map(option).collect(),
        Answer::Link(link) => vec![link.clone()],
    };
    let known = match answer {
        Answer::Link(link) => read_address(link),
        _ => None,
    };
    ShownAnswer {
        label: words.either(&field.label, &field.label_en).to_owned(),
        lines,
        are_tags: matches!(field.kind, FieldKind::Tools | FieldKind::ManyOf),
        service: known.as_ref().map_or("", |known| known.service),
        sign: known.as_ref().map_or("link", |known| known.sign),
        href: match (answer, known) {
            (_, Some(known)) => known.address,
            (Answer::Link(link), None) => link.clone(),
            _ => String::new(),
        },
    }
}
