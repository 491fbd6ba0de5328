//! A sheet as it was typed, and what it says when it is read with the form of the round.

use std::collections::BTreeMap;

use super::{Mark, Sheet};
use crate::{
    base::{
        ids::CriterionId,
        lang::Lang,
        points::Points,
        sentence::{FieldErrors, Sentence},
        text::clean_text,
    },
    features::contests::Criterion,
};

const MAX_TEXT: usize = 4_000;
const MAX_NOTE: usize = 1_000;
/// A random UUID has 36 letters.
const MAX_SAVE_ID: usize = 64;
const MAX_REASON: usize = 1_000;

/// What a judge typed. Marks are text: `87,5` and `87.5` are one number, an empty text is no mark.
#[derive(Debug, Clone, Default)]
pub struct TypedSheet {
    /// Of the sheet that the page showed; 0 when there was none.
    pub edition: i32,
    pub marks: BTreeMap<CriterionId, String>,
    /// Why this mark, criterion by criterion; whoever does not say leaves the notes as they are.
    pub notes: Option<BTreeMap<CriterionId, String>>,
    pub comment: String,
    pub private_note: String,
    /// Made by the device for this save, so that a repeat gets the same answer; empty without one.
    pub save_id: String,
}

/// What a sheet says, once it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetContent {
    pub marks: BTreeMap<CriterionId, Points>,
    /// None is empty.
    pub notes: BTreeMap<CriterionId, String>,
    pub comment: String,
    pub private_note: String,
}

impl TypedSheet {
    /// For whoever has numbers: the replay of a contest, an import.
    pub fn of_marks(edition: i32, marks: impl IntoIterator<Item = (CriterionId, Points)>) -> Self {
        let marks = marks.into_iter().map(|(criterion, mark)| (criterion, mark.written(Lang::Vi)));
        Self { edition, marks: marks.collect(), ..Self::default() }
    }

    /// Everything that was typed as numbers on the form, or everything that is wrong with it.
    pub(super) fn read(
        &self,
        form: &[Criterion],
        lang: Lang,
        before: &SheetContent,
    ) -> Result<SheetContent, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (mut marks, mut notes) = (BTreeMap::new(), BTreeMap::new());
        for criterion in form {
            if let Some(typed) = self.notes.as_ref().and_then(|notes| notes.get(&criterion.id)) {
                let note = text_of(&mut errors, &note_field_of(&criterion.id), typed, MAX_NOTE);
                if !note.is_empty() {
                    notes.insert(criterion.id.clone(), note);
                }
            }
            let typed = self.marks.get(&criterion.id).map_or("", |typed| typed.trim());
            if typed.is_empty() {
                continue;
            }
            if let Some(mark) = errors.take(&field_of(&criterion.id), read_mark(criterion, typed, lang)) {
                marks.insert(criterion.id.clone(), mark);
            }
        }
        let comment = text_of(&mut errors, "comment", &self.comment, MAX_TEXT);
        let private_note = text_of(&mut errors, "private_note", &self.private_note, MAX_TEXT);
        if self.notes.is_none() {
            notes.clone_from(&before.notes);
        }
        errors.or(|| Some(SheetContent { marks, notes, comment, private_note }))
    }

    /// A made-up id that is too long is none.
    pub(super) fn save_id(&self) -> Option<&str> {
        (!self.save_id.is_empty() && self.save_id.len() <= MAX_SAVE_ID).then_some(self.save_id.as_str())
    }
}

impl SheetContent {
    pub(super) fn of_marks(marks: Vec<Mark>, sheet: &Sheet) -> Self {
        let mut notes = sheet.loose_notes.0.clone();
        let noted = marks.iter().filter(|mark| !mark.note.is_empty());
        notes.extend(noted.map(|mark| (mark.criterion_id.clone(), mark.note.clone())));
        Self {
            marks: marks.into_iter().map(|mark| (mark.criterion_id, mark.value)).collect(),
            notes,
            comment: sheet.comment.clone(),
            private_note: sheet.private_note.clone(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn loose_notes(&self) -> BTreeMap<CriterionId, String> {
        let loose = self.notes.iter().filter(|(criterion, _)| !self.marks.contains_key(*criterion));
        loose.map(|(criterion, note)| (criterion.clone(), note.clone())).collect()
    }

    pub(super) fn missing_names(&self, form: &[Criterion], lang: Lang) -> Vec<String> {
        let missing =
            form.iter().filter(|criterion| criterion.is_required && !self.marks.contains_key(&criterion.id));
        missing.map(|criterion| criterion.name_in(lang).to_owned()).collect()
    }

    /// What must still be marked before the sheet can be submitted.
    pub(super) fn missing(&self, form: &[Criterion], lang: Lang) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for criterion in form.iter().filter(|criterion| criterion.is_required) {
            if !self.marks.contains_key(&criterion.id) {
                let sentence = Sentence::new("judging-error-mark-missing");
                errors.add(&field_of(&criterion.id), sentence.with("criterion", criterion.name_in(lang)));
            }
        }
        errors
    }
}

/// The name of a mark's field in forms.
pub fn field_of(criterion: &CriterionId) -> String {
    format!("mark-{criterion}")
}

/// The name of a criterion's note in forms.
pub fn note_field_of(criterion: &CriterionId) -> String {
    format!("note-{criterion}")
}

/// In range and on the step; the highest mark counts even where the steps do not reach it.
pub fn is_allowed(criterion: &Criterion, mark: Points) -> bool {
    let above = mark.ten_thousandths() - criterion.min_mark.ten_thousandths();
    let step = criterion.step.ten_thousandths();
    let is_on_step = step <= 0 || above % step == 0 || mark == criterion.max_mark;
    mark >= criterion.min_mark && mark <= criterion.max_mark && is_on_step
}

fn read_mark(criterion: &Criterion, typed: &str, lang: Lang) -> Result<Points, Sentence> {
    let about = |key| {
        Sentence::new(key)
            .with("criterion", criterion.name_in(lang))
            .with("min", criterion.min_mark.written(lang))
            .with("max", criterion.max_mark.written(lang))
            .with("step", criterion.step.written(lang))
    };
    let mark: Points = typed.parse().map_err(|_| about("judging-error-mark-not-a-number"))?;
    if mark < criterion.min_mark || mark > criterion.max_mark {
        Err(about("judging-error-mark-out-of-range"))
    } else if is_allowed(criterion, mark) {
        Ok(mark)
    } else {
        Err(about("judging-error-mark-off-step"))
    }
}

fn text_of(errors: &mut FieldErrors, field: &str, typed: &str, max: usize) -> String {
    let text = clean_text(typed);
    if text.chars().count() > max {
        errors.add(field, Sentence::new("judging-error-text-too-long").with("max", max));
    }
    text
}

/// A reason that somebody must give: not empty, not a book.
pub fn reason_of(typed: &str) -> Result<String, FieldErrors> {
    let reason = clean_text(typed);
    match reason.chars().count() {
        0 => Err(FieldErrors::one("reason", Sentence::new("judging-error-reason-missing"))),
        1..=MAX_REASON => Ok(reason),
        _ => {
            let sentence = Sentence::new("judging-error-text-too-long").with("max", MAX_REASON);
            Err(FieldErrors::one("reason", sentence))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ids::RoundId, json::Json};

    fn a_criterion(min: i64, max: i64, step: i64, is_required: bool) -> Criterion {
        Criterion {
            id: CriterionId::generate(),
            round_id: RoundId::generate(),
            position: 1,
            group_name: String::new(),
            name: "Sáng tạo".into(),
            name_en: String::new(),
            description: String::new(),
            min_mark: Points::from_ten_thousandths(min),
            max_mark: Points::from_ten_thousandths(max),
            step: Points::from_ten_thousandths(step),
            weight: Points::ONE,
            is_required,
            descriptors: Json(vec![]),
        }
    }

    #[test]
    fn marks_are_read_in_range_and_on_the_step() {
        let (ok, not, out, off) = (
            "",
            "judging-error-mark-not-a-number",
            "judging-error-mark-out-of-range",
            "judging-error-mark-off-step",
        );
        let criterion = a_criterion(10_000, 103_000, 5_000, true);
        for (typed, answer) in [
            ("1", ok),
            ("7,5", ok),
            ("7.5", ok),
            ("10,3", ok),
            ("10,2", off),
            ("7,25", off),
            ("0,5", out),
            ("10,4", out),
            ("-3", out),
            ("NaN", not),
            ("inf", not),
            ("1e1", not),
            ("7,", not),
        ] {
            let found = read_mark(&criterion, typed, Lang::Vi).map_or_else(|sentence| sentence.key, |_| "");
            assert_eq!(found, answer, "{typed}");
        }
    }

    #[test]
    fn only_required_criteria_can_be_missing() {
        let form = [a_criterion(0, 50_000, 10_000, true), a_criterion(0, 50_000, 10_000, false)];
        let read = TypedSheet::default().read(&form, Lang::Vi, &SheetContent::default()).unwrap();
        let missing = read.missing(&form, Lang::Vi);
        assert_eq!(missing.0.len(), 1);
        assert_eq!(missing.0[0].0, field_of(&form[0].id));
    }
}
