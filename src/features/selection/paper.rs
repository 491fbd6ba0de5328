//! The texts of a decision: who decided, who was there, what was said.

use super::NewDecision;
use crate::base::{
    sentence::{FieldErrors, Sentence},
    text::{clean_line, clean_text},
};

const MAX_NAME: usize = 200;
const MAX_MEMBERS: usize = 100;
pub const MAX_TEXT: usize = 50_000;

/// The texts of a decision, cleaned.
pub struct Paper {
    pub body_name: String,
    pub members_present: Vec<String>,
    pub minutes: String,
    pub document_number: String,
    pub change_reason: String,
}

pub fn check_paper(new: &NewDecision, replaces: bool, errors: &mut FieldErrors) -> Paper {
    let paper = Paper {
        body_name: clean_line(&new.body_name),
        members_present: new
            .members_present
            .iter()
            .map(|name| clean_line(name))
            .filter(|name| !name.is_empty())
            .collect(),
        minutes: clean_text(&new.minutes),
        document_number: clean_line(&new.document_number),
        change_reason: if replaces { clean_text(&new.change_reason) } else { String::new() },
    };
    let too_long = |text: &str, max: usize| text.chars().count() > max;
    let long = |max: usize| Sentence::new("selection-invalid-too-long").with("max", max);
    if paper.body_name.is_empty() {
        errors.add("body_name", Sentence::new("selection-invalid-body"));
    } else if too_long(&paper.body_name, MAX_NAME) {
        errors.add("body_name", long(MAX_NAME));
    }
    if paper.members_present.is_empty() {
        errors.add("members_present", Sentence::new("selection-invalid-members"));
    } else if paper.members_present.len() > MAX_MEMBERS
        || paper.members_present.iter().any(|name| too_long(name, MAX_NAME))
    {
        errors
            .add("members_present", Sentence::new("selection-invalid-members-long").with("max", MAX_MEMBERS));
    }
    if paper.minutes.is_empty() {
        errors.add("minutes", Sentence::new("selection-invalid-minutes"));
    } else if too_long(&paper.minutes, MAX_TEXT) {
        errors.add("minutes", long(MAX_TEXT));
    }
    if too_long(&paper.document_number, MAX_NAME) {
        errors.add("document_number", long(MAX_NAME));
    }
    if replaces && paper.change_reason.is_empty() {
        errors.add("change_reason", Sentence::new("selection-invalid-change-reason"));
    } else if too_long(&paper.change_reason, MAX_TEXT) {
        errors.add("change_reason", long(MAX_TEXT));
    }
    paper
}

/// What is wrong with the texts of a decision, for a form that is wrong in other ways too.
pub fn text_errors(new: &NewDecision) -> FieldErrors {
    let mut errors = FieldErrors::default();
    check_paper(new, new.replaces > 0, &mut errors);
    errors
}
