//! What the page of a sheet says.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{
    files::{DeskFile, desk_files},
    marks::{MarkGroup, has_simple_total, mark_groups, typed_marks},
};
use crate::{
    base::{
        ids::{AccountId, CriterionId, EntryId, PoolId},
        points::Points,
        sentence::FieldErrors,
    },
    features::{
        attachments::{self, Attachment},
        contests::{Criterion, Field, views::list_criteria, views::list_fields},
        judging::{
            PanelRole, TypedSheet,
            standing::{form_of, ratio_text, sheet_score},
            views::{self, Desk, DeskPlace, Progress, find_desk, list_places},
        },
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{ShownAnswer, show_answers},
        form::ShownErrors,
        judge::{
            home::{ShownProgress, seat_name},
            list_href, sheet_href,
            veil::Veil,
        },
        render::Page,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "what a template asks")]
pub struct SheetPage {
    pub href: String,
    pub list_href: String,
    pub prev_href: String,
    pub next_href: String,
    pub contest: String,
    pub round: String,
    pub seat: String,
    pub code: String,
    pub title: String,
    /// "Bài 12 trong 40".
    pub position: String,
    pub progress: ShownProgress,
    pub is_blind: bool,
    /// Empty in a blind round.
    pub unit: String,
    pub authors: String,
    pub answers: Vec<ShownAnswer>,
    pub files: Vec<DeskFile>,
    pub groups: Vec<MarkGroup>,
    pub comment: String,
    pub comment_error: String,
    pub private_note: String,
    pub private_note_error: String,
    pub edition: i32,
    pub has_total: bool,
    pub total: String,
    pub saved: String,
    pub can_write: bool,
    pub is_submitted: bool,
    pub can_reopen: bool,
    pub is_closed: bool,
    pub errors: ShownErrors,
    pub notice: String,
    pub other: Option<OtherCopy>,
}

/// What stands on the sheet now, beside what was typed on an older one.
#[derive(Debug, Serialize)]
pub struct OtherCopy {
    pub saved: String,
    pub rows: Vec<OtherRow>,
}

#[derive(Debug, Serialize)]
pub struct OtherRow {
    pub label: String,
    pub saved: String,
    pub typed: String,
    pub differs: bool,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "judge/sheet.html";
}

/// All that the page reads: six queries, however many entries and files there are.
pub struct SheetFacts {
    desk: Desk,
    criteria: Vec<Criterion>,
    marks: HashMap<CriterionId, Points>,
    files: Vec<Attachment>,
    fields: Vec<Field>,
    places: Vec<DeskPlace>,
}

/// What was typed and could not be taken.
pub struct Refused {
    pub typed: TypedSheet,
    pub errors: FieldErrors,
    pub notice: String,
    pub was_saved_elsewhere: bool,
}

impl SheetFacts {
    pub fn read(
        db: &mut Db,
        pool: &PoolId,
        entry: &EntryId,
        judge: &AccountId,
    ) -> Result<Option<Self>, DbError> {
        let Some(desk) = find_desk(db, pool, entry, judge)? else { return Ok(None) };
        let marks = match &desk.sheet {
            Some(sheet) => views::marks_of_sheet(db, &sheet.id)?,
            None => HashMap::new(),
        };
        Ok(Some(Self {
            criteria: list_criteria(db, &desk.round.id)?,
            marks,
            files: attachments::views::list_of_entry(db, entry)?,
            fields: list_fields(db, &desk.contest.id)?,
            places: list_places(db, pool, judge)?,
            desk,
        }))
    }

    pub fn page(&self, refused: Option<&Refused>, words: &Words) -> SheetPage {
        let Self { desk, criteria, places, .. } = self;
        let pool = &desk.pool.id;
        let at = places.iter().position(|place| place.entry_id == desk.entry.id).unwrap_or(0);
        let beside = |at: Option<usize>| {
            let place = at.and_then(|at| places.get(at));
            place.map(|place| sheet_href(pool, &place.entry_id)).unwrap_or_default()
        };
        let done = places.iter().filter(|place| place.is_done()).count();
        let is_blind = desk.round.is_blind;
        let veil = Veil::new(is_blind, &desk.entry.authors, &desk.makers, &desk.entry.unit_name);
        let errors = refused.map(|refused| ShownErrors::new(&refused.errors, words)).unwrap_or_default();
        let error_of = |field: &str| errors.by_field.get(field).cloned().unwrap_or_default();
        let saved = typed_marks(&self.marks, words);
        let typed = refused.map_or(&saved, |refused| &refused.typed.marks);
        let sheet = desk.sheet.as_ref();
        let (comment, private_note) = match refused {
            Some(refused) => (refused.typed.comment.clone(), refused.typed.private_note.clone()),
            None => (
                sheet.map(|sheet| sheet.comment.clone()).unwrap_or_default(),
                sheet.map(|sheet| sheet.private_note.clone()).unwrap_or_default(),
            ),
        };
        let position = [("n", (at + 1).into()), ("total", places.len().into())];
        SheetPage {
            href: sheet_href(pool, &desk.entry.id),
            list_href: list_href(pool),
            prev_href: beside(at.checked_sub(1)),
            next_href: beside(Some(at + 1)),
            contest: desk.contest.title_in(words.lang).to_owned(),
            round: desk.round.name_in(words.lang).to_owned(),
            seat: seat_name(desk.member.number, desk.member.role == PanelRole::Head, words),
            code: desk.entry.code.clone().unwrap_or_default(),
            title: veil.cover(&desk.entry.title),
            position: words.say_with("judge-position", &position),
            progress: ShownProgress::new(Progress { done, total: places.len() }, words),
            is_blind,
            unit: if is_blind { String::new() } else { desk.entry.unit_name.clone() },
            authors: if is_blind { String::new() } else { desk.entry.authors.clone() },
            answers: self.answers(&veil, words),
            files: desk_files(&self.files, &self.fields, is_blind, words),
            groups: mark_groups(criteria, typed, &errors.by_field, words),
            comment,
            comment_error: error_of("comment"),
            private_note,
            private_note_error: error_of("private_note"),
            // Whoever sends again after both were shown has chosen, so the form carries the edition that stands now.
            edition: desk.edition(),
            has_total: has_simple_total(criteria),
            total: self.total(words),
            saved: sheet
                .map(|sheet| {
                    words.say_with("judge-saved", &[("time", words.clock_time(sheet.saved_at).into())])
                })
                .unwrap_or_default(),
            can_write: desk.is_open() && !desk.is_submitted(),
            is_submitted: desk.is_submitted(),
            can_reopen: desk.is_open() && desk.is_submitted(),
            is_closed: !desk.is_open(),
            errors,
            notice: refused.map(|refused| refused.notice.clone()).unwrap_or_default(),
            other: refused
                .filter(|refused| refused.was_saved_elsewhere)
                .map(|refused| self.other_copy(&refused.typed, &saved, words)),
        }
    }

    fn answers(&self, veil: &Veil, words: &Words) -> Vec<ShownAnswer> {
        let mut answers = show_answers(&self.fields, &self.desk.entry.answers, words, false);
        for line in answers.iter_mut().flat_map(|answer| &mut answer.lines) {
            *line = veil.cover(line);
        }
        answers
    }

    fn total(&self, words: &Words) -> String {
        let form = form_of(&self.criteria).ok();
        let score = form.and_then(|form| sheet_score(&form, &self.criteria, &self.marks));
        score.map(|score| ratio_text(score, 2, words.lang)).unwrap_or_default()
    }

    fn other_copy(
        &self,
        typed: &TypedSheet,
        saved: &BTreeMap<CriterionId, String>,
        words: &Words,
    ) -> OtherCopy {
        let row = |label: String, saved: &str, typed: &str| OtherRow {
            label,
            differs: saved != typed,
            saved: saved.to_owned(),
            typed: typed.to_owned(),
        };
        let mut rows: Vec<OtherRow> = self
            .criteria
            .iter()
            .map(|criterion| {
                let of = |marks: &BTreeMap<CriterionId, String>| {
                    marks.get(&criterion.id).map(|mark| mark.trim().to_owned()).unwrap_or_default()
                };
                row(criterion.name_in(words.lang).to_owned(), &of(saved), &of(&typed.marks))
            })
            .collect();
        let sheet = self.desk.sheet.as_ref();
        let comment = sheet.map_or("", |sheet| sheet.comment.as_str());
        let private_note = sheet.map_or("", |sheet| sheet.private_note.as_str());
        rows.push(row(words.say("judge-comment"), comment, typed.comment.trim()));
        rows.push(row(words.say("judge-private-note"), private_note, typed.private_note.trim()));
        let saved_at = sheet.map(|sheet| words.date_time(sheet.saved_at)).unwrap_or_default();
        OtherCopy { saved: saved_at, rows }
    }
}
