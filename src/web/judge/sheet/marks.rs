//! The criteria of a form as native controls: radios for short scales, a number for long ones.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::{
    base::{ids::CriterionId, lang::Gapped, points::Points},
    features::{
        contests::Criterion,
        judging::sheets::{field_of, note_field_of},
    },
    web::words::Words,
};

/// More steps than this are typed as a number.
const MOST_RADIOS: i64 = 11;

#[derive(Debug, Serialize)]
pub struct MarkGroup {
    pub name: String,
    pub marks: Vec<MarkField>,
}

#[derive(Debug, Serialize)]
pub struct MarkField {
    pub name: String,
    pub label: String,
    pub description: String,
    /// "tối đa 25".
    pub max: String,
    pub max_mark: String,
    pub is_optional: bool,
    /// The marks of a short scale, as they are written; empty where one is typed.
    pub radios: Vec<String>,
    /// Which of them is set, if one is.
    pub chosen: String,
    pub value: String,
    pub error: String,
    /// What a screen reader calls the field of the note.
    pub note_label: String,
    pub note_name: String,
    pub note: String,
    pub note_error: String,
    pub descriptors: Vec<Descriptor>,
    /// What one point adds to the score of the sheet, for the sum while marking.
    pub weight: f64,
}

#[derive(Debug, Serialize)]
pub struct Descriptor {
    pub mark: String,
    pub text: String,
}

/// What stands in the fields: as it was saved, or as it was typed.
pub fn typed_marks(saved: &HashMap<CriterionId, Points>, words: &Words) -> BTreeMap<CriterionId, String> {
    saved.iter().map(|(criterion, mark)| (criterion.clone(), words.points(*mark))).collect()
}

/// What is said of each criterion.
struct SaidOfMarks {
    max: Gapped,
    note: Gapped,
}

/// `typed` are marks and notes.
pub fn mark_groups(
    criteria: &[Criterion],
    typed: (&BTreeMap<CriterionId, String>, &BTreeMap<CriterionId, String>),
    errors: &BTreeMap<String, String>,
    words: &Words,
) -> Vec<MarkGroup> {
    let all_weights: f64 = criteria.iter().map(|criterion| float(criterion.weight)).sum();
    let said = SaidOfMarks {
        max: words.say_with_gap("judge-mark-max", "max"),
        note: words.say_with_gap("judge-note-of", "criterion"),
    };
    let mut groups: Vec<MarkGroup> = Vec::new();
    for criterion in criteria {
        let field = mark_field(criterion, typed, errors, all_weights, (words, &said));
        match groups.last_mut().filter(|group| group.name == criterion.group_name) {
            Some(group) => group.marks.push(field),
            None => groups.push(MarkGroup { name: criterion.group_name.clone(), marks: vec![field] }),
        }
    }
    groups
}

/// Whether the sum of weighted marks is the score: only where every scale begins at nothing.
pub fn has_simple_total(criteria: &[Criterion]) -> bool {
    !criteria.is_empty() && criteria.iter().all(|criterion| criterion.min_mark == Points::ZERO)
}

fn mark_field(
    criterion: &Criterion,
    (typed, notes): (&BTreeMap<CriterionId, String>, &BTreeMap<CriterionId, String>),
    errors: &BTreeMap<String, String>,
    all_weights: f64,
    (words, said): (&Words, &SaidOfMarks),
) -> MarkField {
    let (name, note_name) = (field_of(&criterion.id), note_field_of(&criterion.id));
    let value = typed.get(&criterion.id).cloned().unwrap_or_default();
    let max_mark = words.points(criterion.max_mark);
    // In points, as they are typed.
    let range = (float(criterion.max_mark) - float(criterion.min_mark)) / 10_000.0;
    let descriptors = criterion.descriptors.iter().map(|descriptor| Descriptor {
        mark: words.points(descriptor.mark),
        text: words.either(&descriptor.text, &descriptor.text_en).to_owned(),
    });
    let label = criterion.name_in(words.lang).to_owned();
    let (radios, chosen) = radios(criterion, &value, words);
    MarkField {
        note_label: said.note.fill(&label),
        label,
        description: criterion.description.clone(),
        max: said.max.fill(&max_mark),
        max_mark,
        is_optional: !criterion.is_required,
        radios,
        chosen,
        value,
        error: errors.get(&name).cloned().unwrap_or_default(),
        note: notes.get(&criterion.id).cloned().unwrap_or_default(),
        note_error: errors.get(&note_name).cloned().unwrap_or_default(),
        note_name,
        descriptors: descriptors.collect(),
        weight: if range > 0.0 && all_weights > 0.0 {
            float(criterion.weight) * 100.0 / (range * all_weights)
        } else {
            0.0
        },
        name,
    }
}

/// With the one that is set. None when the scale is too long. A mark that stands on no step is typed, so that it is not lost.
fn radios(criterion: &Criterion, value: &str, words: &Words) -> (Vec<String>, String) {
    let (min, max) = (criterion.min_mark.ten_thousandths(), criterion.max_mark.ten_thousandths());
    let step = criterion.step.ten_thousandths();
    if step <= 0 || (max - min) % step != 0 || (max - min) / step >= MOST_RADIOS {
        return (Vec::new(), String::new());
    }
    let chosen: Option<Points> = value.parse().ok();
    let marks: Vec<Points> =
        (0..=(max - min) / step).map(|n| Points::from_ten_thousandths(min + n * step)).collect();
    let is_on_scale = value.trim().is_empty() || chosen.is_some_and(|mark| marks.contains(&mark));
    if !is_on_scale {
        return (Vec::new(), String::new());
    }
    let chosen = chosen.map(|mark| words.points(mark)).unwrap_or_default();
    (marks.into_iter().map(|mark| words.points(mark)).collect(), chosen)
}

#[expect(clippy::cast_precision_loss, reason = "for the sum while marking; what counts is exact")]
fn float(points: Points) -> f64 {
    points.ten_thousandths() as f64
}
