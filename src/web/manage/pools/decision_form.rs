//! The form of a decision: what was typed, read; and shown again with nothing lost.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    base::{
        ids::EntryId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        entries::EntryStatus,
        selection::{Candidate, Decision, DecisionEntry, NewDecision, Outcome},
    },
    web::{
        form::{Form, ShownErrors},
        result_words::{kind_word, outcome_chip, score_word},
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct DecisionForm {
    pub rows: Vec<CandidateRow>,
    pub body_name: String,
    pub members_present: String,
    pub minutes: String,
    pub document_number: String,
    pub document_date: String,
    pub departure_reason: String,
    pub change_reason: String,
    pub replaces: i32,
    pub has_places: bool,
    pub confirmed: bool,
    pub errors: ShownErrors,
}

#[derive(Debug, Serialize)]
pub struct CandidateRow {
    pub id: String,
    pub href: String,
    pub title: String,
    pub code: String,
    pub unit: String,
    pub kind: &'static str,
    pub kind_word: String,
    pub place: String,
    pub is_tied: bool,
    pub score: String,
    pub sheets: String,
    /// What may be chosen; empty for an entry that was not accepted.
    pub options: Vec<OutcomeOption>,
    pub reason: String,
    pub error: String,
}

#[derive(Debug, Serialize)]
pub struct OutcomeOption {
    pub value: &'static str,
    pub label: String,
    pub chosen: bool,
}

/// Reads what was typed. A date that is no date and a missing confirmation are errors of the form itself.
pub fn read(form: &Form) -> (NewDecision, FieldErrors) {
    let mut errors = FieldErrors::default();
    let date = form.get("document_date").trim();
    let document_date = match (date.is_empty(), read_date(date)) {
        (true, _) => None,
        (false, Some(date)) => Some(date),
        (false, None) => {
            errors.add("document_date", Sentence::new("decision-invalid-date"));
            None
        }
    };
    if form.get("confirm").is_empty() {
        errors.add("confirm", Sentence::new("decision-invalid-confirm"));
    }
    let entries = form.pairs().iter().filter_map(|(name, value)| {
        let id: EntryId = name.strip_prefix("outcome-")?.parse().ok()?;
        let outcome: Outcome = value.parse().ok()?;
        let reason = form.get(&format!("reason-{id}")).to_owned();
        Some((id, outcome, reason))
    });
    let new = NewDecision {
        body_name: form.get("body_name").to_owned(),
        members_present: form.get("members_present").lines().map(str::to_owned).collect(),
        minutes: form.get("minutes").to_owned(),
        document_number: form.get("document_number").to_owned(),
        document_date,
        entries: entries.collect(),
        departure_reason: form.get("departure_reason").to_owned(),
        change_reason: form.get("change_reason").to_owned(),
        replaces: form.get("replaces").parse().unwrap_or(0),
    };
    (new, errors)
}

/// As browsers send it (2024-04-05) and as people write it (05/04/2024).
fn read_date(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

/// What stands in the form before anything is typed: nothing, or the decision that is to be replaced.
pub fn filled(current: Option<(&Decision, &[DecisionEntry])>) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let Some((decision, rows)) = current else { return values };
    let mut put = |name: &str, value: String| values.insert(name.to_owned(), value);
    put("body_name", decision.body_name.clone());
    put("members_present", decision.members_present.join("\n"));
    put("minutes", decision.minutes.clone());
    put("document_number", decision.document_number.clone());
    put("document_date", decision.document_date.map(|date| date.to_string()).unwrap_or_default());
    for row in rows {
        put(&format!("outcome-{}", row.entry_id), row.outcome.to_string());
        put(&format!("reason-{}", row.entry_id), row.deviation_reason.clone());
    }
    values
}

/// The form with what was typed (or filled in), the candidates as they stand now, and the errors.
pub fn shown(
    words: &Words,
    candidates: &[Candidate],
    replaces: i32,
    can_nominate: bool,
    values: &BTreeMap<String, String>,
    errors: ShownErrors,
) -> DecisionForm {
    let value = |name: &str| values.get(name).cloned().unwrap_or_default();
    let labels: Vec<(Outcome, String)> = Outcome::ALL
        .iter()
        .filter(|outcome| can_nominate || **outcome != Outcome::Nominated)
        .map(|outcome| (*outcome, outcome_chip(words, *outcome).word))
        .collect();
    let rows = candidates.iter().map(|candidate| row(words, candidate, &labels, values, &errors)).collect();
    DecisionForm {
        rows,
        body_name: value("body_name"),
        members_present: value("members_present"),
        minutes: value("minutes"),
        document_number: value("document_number"),
        document_date: value("document_date"),
        departure_reason: value("departure_reason"),
        change_reason: value("change_reason"),
        replaces,
        has_places: candidates.iter().any(|candidate| candidate.place.is_some()),
        confirmed: !value("confirm").is_empty(),
        errors,
    }
}

fn row(
    words: &Words,
    candidate: &Candidate,
    labels: &[(Outcome, String)],
    values: &BTreeMap<String, String>,
    errors: &ShownErrors,
) -> CandidateRow {
    let id = candidate.entry_id.to_string();
    let chosen = values.get(&format!("outcome-{id}")).map_or(Outcome::NotChosen.as_str(), String::as_str);
    let option = |(outcome, label): &(Outcome, String)| OutcomeOption {
        value: outcome.as_str(),
        label: label.clone(),
        chosen: outcome.as_str() == chosen,
    };
    let reason_name = format!("reason-{id}");
    CandidateRow {
        href: format!("/manage/entries/{id}"),
        title: candidate.title.clone(),
        code: candidate.code.clone(),
        unit: candidate.unit_name.clone(),
        kind: candidate.kind.as_str(),
        kind_word: kind_word(words, candidate.kind),
        place: candidate.place.map(|place| place.to_string()).unwrap_or_default(),
        is_tied: candidate.is_tied,
        score: score_word(words, &candidate.score_text),
        sheets: if candidate.sheets_due > 0 {
            format!("{} / {}", candidate.sheets_in, candidate.sheets_due)
        } else {
            String::new()
        },
        options: if candidate.status == EntryStatus::Accepted {
            labels.iter().map(option).collect()
        } else {
            Vec::new()
        },
        reason: values.get(&reason_name).cloned().unwrap_or_default(),
        error: errors.by_field.get(&reason_name).cloned().unwrap_or_default(),
        id,
    }
}
