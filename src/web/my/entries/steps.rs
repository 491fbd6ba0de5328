//! The steps of making an entry, shown above each of their pages.

use serde::Serialize;

use super::overview::OwnEntry;
use crate::{features::contests::FieldKind, web::words::Words};

#[derive(Debug, Clone, Serialize)]
pub struct Step {
    pub href: String,
    pub name: String,
    pub is_here: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Words,
    Files,
    Sending,
}

pub fn has_slots(own: &OwnEntry) -> bool {
    own.fields.iter().any(|field| field.kind == FieldKind::Files && !field.is_retired)
}

/// A contest without slots for files has no step for them.
pub fn steps(own: &OwnEntry, at: At, words: &Words) -> Vec<Step> {
    let address = |end: &str| format!("/my/entries/{}/{end}", own.entry.id);
    let step =
        |of: At, end: &str, key: &str| Step { href: address(end), name: words.say(key), is_here: of == at };
    let mut steps = vec![step(At::Words, "edit", "entries-step-words")];
    if has_slots(own) {
        steps.push(step(At::Files, "attachments", "entries-step-files"));
    }
    steps.push(step(At::Sending, "submit", "entries-step-submit"));
    steps
}
