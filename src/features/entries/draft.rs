//! Reading what was typed into the form of an entry: every value right for its field, or a sentence why not. A draft
//! may be incomplete; what it holds is valid.

use std::collections::BTreeMap;

use super::{Answer, Answers, Entry};
use crate::{
    base::{
        ids::{CategoryId, FieldId},
        sentence::{FieldErrors, Sentence},
        text::{clean_line, fold},
    },
    features::contests::{Category, Contest, EntryKind, Field, FieldKind},
};

pub const MAX_TITLE_CHARS: usize = 200;
const MAX_NAME_CHARS: usize = 160;
const MAX_MEMBERS: usize = 200;

/// The form as it was typed. Fields of many values have one text each; a free tool is among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawDraft {
    pub title: String,
    pub kind: String,
    pub category: String,
    /// The author, or the collective's name.
    pub authors: String,
    /// One member a line.
    pub members: String,
    pub answers: BTreeMap<FieldId, Vec<String>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DraftContent {
    pub title: String,
    pub kind: EntryKind,
    pub category_id: Option<CategoryId>,
    pub authors: String,
    pub members: Vec<String>,
    pub answers: Answers,
    pub tools: Vec<String>,
}

/// The name under which a field stands in the form and in its errors.
pub fn answer_name(field: &FieldId) -> String {
    format!("answer-{field}")
}

pub fn read_draft(
    raw: &RawDraft,
    contest: &Contest,
    fields: &[Field],
    categories: &[Category],
) -> Result<DraftContent, FieldErrors> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", read_title(&raw.title));
    let kind = errors.take("kind", read_kind(contest, raw.kind.parse().ok()));
    let category: Option<CategoryId> = raw.category.parse().ok();
    let category_id = errors.take("category", read_category(categories, category.as_ref()));
    let authors = errors.take("authors", read_name(&raw.authors));
    let members = errors.take("members", read_members(&raw.members));
    let mut answers = Answers::default();
    let mut tools = Vec::new();
    for field in fields.iter().filter(|field| !field.is_retired && field.kind != FieldKind::Files) {
        let typed = raw.answers.get(&field.id).map(Vec::as_slice).unwrap_or_default();
        let read = Answer::read(field, typed);
        let Some(Some(answer)) = errors.take(&answer_name(&field.id), read) else { continue };
        if field.kind == FieldKind::Tools {
            tools.extend(tool_names(field, &answer));
        }
        answers.0.insert(field.id.clone(), answer);
    }
    tools.sort();
    tools.dedup();
    errors.or(|| {
        Some(DraftContent {
            title: title?,
            kind: kind?,
            category_id: category_id?,
            authors: authors?,
            members: members?,
            answers,
            tools,
        })
    })
}

/// Tools are counted by the name that people read, so that a typed "Canva" and a chosen one are the same.
fn tool_names(field: &Field, answer: &Answer) -> Vec<String> {
    let Answer::Choices(values) = answer else { return Vec::new() };
    let label = |value: &String| {
        let option = field.settings.options.iter().find(|option| option.value == *value);
        option.map_or_else(|| value.clone(), |option| option.label.clone())
    };
    values.iter().map(label).collect()
}

/// May be empty while it is a draft.
pub fn read_title(typed: &str) -> Result<String, Sentence> {
    let title = clean_line(typed);
    let n_chars = title.chars().count();
    if n_chars > MAX_TITLE_CHARS {
        return Err(too_long("entries-wrong-title-long", n_chars, MAX_TITLE_CHARS));
    }
    Ok(title)
}

pub fn read_kind(contest: &Contest, kind: Option<EntryKind>) -> Result<EntryKind, Sentence> {
    kind.filter(|kind| *kind != EntryKind::NotRecorded && contest.kinds.contains(kind))
        .ok_or_else(|| Sentence::new("entries-wrong-kind"))
}

pub fn read_category(
    categories: &[Category],
    chosen: Option<&CategoryId>,
) -> Result<Option<CategoryId>, Sentence> {
    let Some(chosen) = chosen else { return Ok(None) };
    let known = categories.iter().any(|category| category.id == *chosen && !category.is_retired);
    if known { Ok(Some(chosen.clone())) } else { Err(Sentence::new("entries-wrong-category")) }
}

pub fn read_name(typed: &str) -> Result<String, Sentence> {
    let name = clean_line(typed);
    let n_chars = name.chars().count();
    if n_chars > MAX_NAME_CHARS {
        return Err(too_long("entries-wrong-name-long", n_chars, MAX_NAME_CHARS));
    }
    Ok(name)
}

fn read_members(typed: &str) -> Result<Vec<String>, Sentence> {
    let names: Vec<String> = typed.lines().map(clean_line).filter(|name| !name.is_empty()).collect();
    if names.len() > MAX_MEMBERS {
        return Err(too_long("entries-wrong-members-many", names.len(), MAX_MEMBERS));
    }
    match names.iter().map(|name| name.chars().count()).find(|n_chars| *n_chars > MAX_NAME_CHARS) {
        Some(n_chars) => Err(too_long("entries-wrong-name-long", n_chars, MAX_NAME_CHARS)),
        None => Ok(names),
    }
}

pub fn too_long(key: &'static str, n: usize, max: usize) -> Sentence {
    Sentence::new(key).with("n", n).with("max", max)
}

/// What a search finds an entry by.
pub fn search_text(entry: &Entry, members: &[String]) -> String {
    let code = entry.code.as_deref().unwrap_or_default();
    let words = [&entry.title, code, &entry.authors, &members.join(" "), &entry.unit_name].join(" ");
    fold(&words)
}
