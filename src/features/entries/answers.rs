use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::draft::too_long;
use crate::{
    base::{
        ids::FieldId,
        points::Points,
        sentence::Sentence,
        text::{clean_line, clean_text},
    },
    features::contests::{Field, FieldKind},
};

const MAX_SHORT_CHARS: u32 = 300;
const MAX_LONG_CHARS: u32 = 5_000;
const MAX_LINK_CHARS: usize = 2_000;
const MAX_TOOL_CHARS: usize = 60;
const MAX_TOOLS: usize = 30;

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

impl Answers {
    /// Whether an address may stand in them.
    pub fn may_lead_elsewhere(&self) -> bool {
        self.0.values().any(|answer| match answer {
            Answer::Link(_) => true,
            Answer::Text(text) => text.contains("://"),
            Answer::Choices(values) => values.iter().any(|value| value.contains("://")),
            Answer::Number(_) | Answer::Date(_) | Answer::Choice(_) => false,
        })
    }
}

impl Answer {
    /// What was typed as the field's answer; nothing when nothing was typed.
    pub fn read(field: &Field, typed: &[String]) -> Result<Option<Self>, Sentence> {
        let first = typed.first().map_or("", String::as_str);
        let max_chars = |most: u32| field.settings.max_chars.unwrap_or(most) as usize;
        match field.kind {
            FieldKind::ShortText => text(clean_line(first), max_chars(MAX_SHORT_CHARS)),
            FieldKind::LongText => text(clean_text(first), max_chars(MAX_LONG_CHARS)),
            FieldKind::Number => number(field, first.trim()),
            FieldKind::Date => date(first.trim()),
            FieldKind::OneOf => one_of(field, first),
            FieldKind::ManyOf => many_of(field, typed),
            FieldKind::Link => read_link(first.trim()),
            FieldKind::Tools => tools(typed),
            FieldKind::Files => Ok(None),
        }
    }
}

fn text(text: String, max_chars: usize) -> Result<Option<Answer>, Sentence> {
    let n_chars = text.chars().count();
    if n_chars > max_chars {
        return Err(too_long("entries-wrong-text-long", n_chars, max_chars));
    }
    Ok((!text.is_empty()).then_some(Answer::Text(text)))
}

fn number(field: &Field, typed: &str) -> Result<Option<Answer>, Sentence> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number: Points = typed.parse().map_err(|_| Sentence::new("entries-wrong-number"))?;
    if let Some(min) = field.settings.min.filter(|min| number < *min) {
        return Err(Sentence::new("entries-wrong-number-small").with("min", min.to_string()));
    }
    if let Some(max) = field.settings.max.filter(|max| number > *max) {
        return Err(Sentence::new("entries-wrong-number-large").with("max", max.to_string()));
    }
    Ok(Some(Answer::Number(number)))
}

/// As browsers send dates, and as people type them.
fn date(typed: &str) -> Result<Option<Answer>, Sentence> {
    if typed.is_empty() {
        return Ok(None);
    }
    let read = ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(typed, form).ok());
    read.map(|date| Some(Answer::Date(date))).ok_or_else(|| Sentence::new("entries-wrong-date"))
}

fn one_of(field: &Field, chosen: &str) -> Result<Option<Answer>, Sentence> {
    if chosen.is_empty() {
        return Ok(None);
    }
    if !has_option(field, chosen) {
        return Err(Sentence::new("entries-wrong-choice"));
    }
    Ok(Some(Answer::Choice(chosen.to_owned())))
}

fn many_of(field: &Field, chosen: &[String]) -> Result<Option<Answer>, Sentence> {
    let mut values: Vec<String> = Vec::new();
    for value in chosen.iter().filter(|value| !value.is_empty()) {
        if !has_option(field, value) {
            return Err(Sentence::new("entries-wrong-choice"));
        }
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    Ok((!values.is_empty()).then_some(Answer::Choices(values)))
}

fn has_option(field: &Field, value: &str) -> bool {
    field.settings.options.iter().any(|option| option.value == value)
}

/// Only the web's own addresses: a link is shown to others, so nothing that a browser would run.
pub fn read_link(typed: &str) -> Result<Option<Answer>, Sentence> {
    if typed.is_empty() {
        return Ok(None);
    }
    let n_chars = typed.chars().count();
    if n_chars > MAX_LINK_CHARS {
        return Err(too_long("entries-wrong-text-long", n_chars, MAX_LINK_CHARS));
    }
    let lower = typed.to_lowercase();
    let address = if lower.starts_with("http://") || lower.starts_with("https://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let host = address.split("//").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or("");
    let has_form = host.contains('.')
        && !host.starts_with('.')
        && !host.contains([':', '@', '"', '<', '>'])
        && !address.contains(char::is_whitespace)
        && clean_line(&address) == address;
    if has_form { Ok(Some(Answer::Link(address))) } else { Err(Sentence::new("entries-wrong-link")) }
}

/// Chosen ones, and others as typed, apart by commas.
fn tools(typed: &[String]) -> Result<Option<Answer>, Sentence> {
    let mut values: Vec<String> = Vec::new();
    for value in typed.iter().flat_map(|typed| typed.split([',', ';'])).map(clean_line) {
        let n_chars = value.chars().count();
        if n_chars > MAX_TOOL_CHARS {
            return Err(too_long("entries-wrong-text-long", n_chars, MAX_TOOL_CHARS));
        }
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    if values.len() > MAX_TOOLS {
        return Err(too_long("entries-wrong-tools-many", values.len(), MAX_TOOLS));
    }
    Ok((!values.is_empty()).then_some(Answer::Choices(values)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::{ids::ContestId, json::Json},
        features::contests::{FieldOption, FieldSettings},
    };

    fn field(kind: FieldKind) -> Field {
        let option = |value: &str| FieldOption {
            value: value.into(),
            label: value.to_uppercase(),
            label_en: String::new(),
        };
        Field {
            id: FieldId::generate(),
            contest_id: ContestId::generate(),
            position: 1,
            kind,
            label: "?".into(),
            label_en: String::new(),
            help: String::new(),
            help_en: String::new(),
            is_required: false,
            is_public: true,
            settings: Json(FieldSettings {
                max_chars: Some(5),
                min: Some(Points::whole(1)),
                max: Some(Points::whole(9)),
                options: vec![option("a"), option("b")],
                ..FieldSettings::default()
            }),
            is_retired: false,
        }
    }

    #[test]
    fn an_answer_is_right_for_its_field_or_refused_in_words() {
        use FieldKind::{Date, Link, LongText, ManyOf, Number, OneOf, ShortText, Tools};
        type Case<'c> = (FieldKind, &'c [&'c str], Result<Option<Answer>, &'c str>);
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let cases: Vec<Case<'_>> = vec![
            (ShortText, &["  a \u{202e}b "], Ok(Some(Answer::Text("a b".into())))),
            (ShortText, &["abcdef"], Err("entries-wrong-text-long")),
            (ShortText, &[" "], Ok(None)),
            (LongText, &["a\r\nb"], Ok(Some(Answer::Text("a\nb".into())))),
            (Number, &["2,5"], Ok(Some(Answer::Number(Points::from_ten_thousandths(25_000))))),
            (Number, &["hai"], Err("entries-wrong-number")),
            (Number, &["0"], Err("entries-wrong-number-small")),
            (Number, &["9.5"], Err("entries-wrong-number-large")),
            (Date, &["2024-02-29"], Ok(Some(Answer::Date(day)))),
            (Date, &["29/02/2024"], Ok(Some(Answer::Date(day)))),
            (Date, &["2023-02-29"], Err("entries-wrong-date")),
            (OneOf, &["a"], Ok(Some(Answer::Choice("a".into())))),
            (OneOf, &["c"], Err("entries-wrong-choice")),
            (ManyOf, &["b", "a", "b"], Ok(Some(Answer::Choices(vec!["b".into(), "a".into()])))),
            (ManyOf, &["c"], Err("entries-wrong-choice")),
            (Link, &["example.com/x"], Ok(Some(Answer::Link("https://example.com/x".into())))),
            (Link, &["javascript:alert(1)"], Err("entries-wrong-link")),
            (Link, &["https://a.b\"onclick=x"], Err("entries-wrong-link")),
            (Link, &["http://"], Err("entries-wrong-link")),
            (Tools, &["a", "Zalo, CapCut;"], {
                Ok(Some(Answer::Choices(vec!["a".into(), "Zalo".into(), "CapCut".into()])))
            }),
        ];
        for (kind, typed, expected) in cases {
            let typed: Vec<String> = typed.iter().map(ToString::to_string).collect();
            let read = Answer::read(&field(kind), &typed).map_err(|sentence| sentence.key);
            assert_eq!(read, expected, "{kind} {typed:?}");
        }
    }
}
