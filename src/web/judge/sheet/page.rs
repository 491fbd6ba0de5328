//! What the page of a sheet says.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde::Serialize;

use super::{
    files::desk_files,
    marks::{MarkGroup, has_simple_total, mark_groups, typed_marks},
    notes::{FilmNotes, show_notes},
    small::{SmallFile, small_files},
};
use crate::{
    base::{
        ids::{AccountId, CriterionId, EntryId, PoolId},
        points::Points,
        sentence::FieldErrors,
    },
    features::{
        attachments::{
            self, Attachment,
            renditions::{KeptViewings, Recipe},
            views::MediaOf,
        },
        contests::{ContestParts, Criterion, RoundDesk},
        judging::{
            Mark, PanelRole, Sheet, TypedSheet,
            calibrating::{self, Spread},
            notes::{self as moments, SheetNote},
            standing::{form_of, ratio_text, sheet_score},
            store,
            views::{Desk, DeskPlace, Progress, find_desk, list_places},
        },
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{ShownAnswer, ShownFile, show_answers},
        form::ShownErrors,
        judge::{
            Veil,
            home::{ShownProgress, seat_name},
            list_href, sheet_href,
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
    pub files: Vec<ShownFile>,
    /// For each film and each sound.
    pub film_notes: Vec<FilmNotes>,
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
    pub is_skipped: bool,
    /// The whole panel scores this entry before all others.
    pub is_calibration: bool,
    /// How far apart the panel is on it, once the own sheet was given.
    pub spread: Vec<SpreadRow>,
    /// Whether the own sheet was given and too few others were.
    pub spread_waits: bool,
    /// Whether the round notes what was looked at.
    pub keeps_viewing: bool,
    /// What it asks for before a sheet is given; empty when it asks for nothing.
    pub gate: String,
    /// "còn 28 bài", said again by the script at every save.
    pub left: String,
    /// Whose words the browser keeps, so that a shared telephone shows them to nobody else.
    pub account: String,
    pub errors: ShownErrors,
    pub notice: String,
    pub other: Option<OtherCopy>,
}

/// The own mark beside the panel's, which name nobody.
#[derive(Debug, Serialize)]
pub struct SpreadRow {
    pub criterion: String,
    pub own: String,
    pub lowest: String,
    pub median: String,
    pub highest: String,
    pub marks: usize,
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

/// All that the page reads: a fixed number of queries, however many entries and files there are.
pub struct SheetFacts {
    desk: Desk,
    parts: Arc<ContestParts>,
    marks: HashMap<CriterionId, Points>,
    notes: BTreeMap<CriterionId, String>,
    files: Vec<Attachment>,
    media: MediaOf,
    moments: Vec<SheetNote>,
    places: Vec<DeskPlace>,
    spreads: HashMap<CriterionId, Spread>,
}

fn gate_words(desk: &RoundDesk, words: &Words) -> String {
    let mut asked = Vec::new();
    if desk.keeps_viewing && desk.min_watched_percent > 0 {
        let percent = i64::from(desk.min_watched_percent).into();
        asked.push(words.say_with("judge-gate-percent", &[("percent", percent)]));
    }
    if desk.keeps_viewing && desk.needs_all_pages {
        asked.push(words.say("judge-gate-pages"));
    }
    asked.join(" ")
}

/// The marks and the notes of a sheet, those without a mark too.
pub fn written(
    marks: Vec<Mark>,
    sheet: &Sheet,
) -> (HashMap<CriterionId, Points>, BTreeMap<CriterionId, String>) {
    let mut notes = sheet.loose_notes.0.clone();
    let noted = marks.iter().filter(|mark| !mark.note.is_empty());
    notes.extend(noted.map(|mark| (mark.criterion_id.clone(), mark.note.clone())));
    (marks.into_iter().map(|mark| (mark.criterion_id, mark.value)).collect(), notes)
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
        kept: &KeptViewings,
        pool: &PoolId,
        entry: &EntryId,
        judge: &AccountId,
    ) -> Result<Option<Self>, DbError> {
        let Some(desk) = find_desk(db, pool, entry, judge)? else { return Ok(None) };
        let (marks, notes) = match &desk.sheet {
            Some(sheet) => written(store::list_marks(db, &sheet.id)?, sheet),
            None => (HashMap::new(), BTreeMap::new()),
        };
        let places = list_places(db, pool, judge)?;
        let is_calibration = places.iter().any(|place| place.entry_id == *entry && place.is_calibration);
        let spreads = if is_calibration && desk.is_submitted() {
            calibrating::spreads(&store::list_marks_of_entry(db, pool, entry)?)
        } else {
            HashMap::new()
        };
        let (files, media) = attachments::views::list_with_media(db, kept, entry)?;
        Ok(Some(Self {
            spreads,
            parts: ContestParts::of_edition(db, &desk.contest.id, desk.contest.edition)?,
            marks,
            notes,
            // Only films and sounds have moments.
            moments: if files.iter().any(|file| Recipe::plays(&file.media_type)) {
                moments::store::list_of_sheet(db, pool, entry, judge)?
            } else {
                Vec::new()
            },
            media,
            files,
            places,
            desk,
        }))
    }

    pub fn page(&self, refused: Option<&Refused>, words: &Words) -> SheetPage {
        let Self { desk, places, .. } = self;
        let (criteria, round_desk) = (self.criteria(), self.parts.desk(&desk.round.id));
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
        let notes = refused.and_then(|refused| refused.typed.notes.as_ref()).unwrap_or(&self.notes);
        let sheet = desk.sheet.as_ref();
        let (comment, private_note) = match refused {
            Some(refused) => (refused.typed.comment.clone(), refused.typed.private_note.clone()),
            None => (
                sheet.map(|sheet| sheet.comment.clone()).unwrap_or_default(),
                sheet.map(|sheet| sheet.private_note.clone()).unwrap_or_default(),
            ),
        };
        let files = desk_files(&self.files, &self.parts.fields, &self.media, is_blind, words);
        let position = [("n", (at + 1).into()), ("total", places.len().into())];
        SheetPage {
            href: sheet_href(pool, &desk.entry.id),
            list_href: list_href(pool),
            prev_href: beside(at.checked_sub(1)),
            next_href: beside(Some(at + 1)),
            contest: words.either(&desk.contest.title, &desk.contest.title_en).to_owned(),
            round: words.either(&desk.round.name, &desk.round.name_en).to_owned(),
            seat: seat_name(desk.member.number, desk.member.role == PanelRole::Head, words),
            code: desk.entry.code.clone().unwrap_or_default(),
            title: veil.cover(&desk.entry.title),
            position: words.say_with("judge-position", &position),
            progress: ShownProgress::new(Progress { done, total: places.len() }, words),
            is_blind,
            unit: if is_blind { String::new() } else { desk.entry.unit_name.clone() },
            authors: if is_blind { String::new() } else { desk.entry.authors.clone() },
            answers: self.answers(&veil, words),
            film_notes: self.film_notes(&files),
            files,
            groups: mark_groups(criteria, (typed, notes), &errors.by_field, words),
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
            is_skipped: places.get(at).is_some_and(|place| place.is_skipped),
            left: words.say_with("judge-left", &[("n", (places.len() - done).into())]),
            account: desk.member.account_id.to_string(),
            is_calibration: self.is_calibration(),
            spread_waits: self.is_calibration() && desk.is_submitted() && self.spreads.is_empty(),
            spread: self.spread_rows(words),
            keeps_viewing: round_desk.keeps_viewing && desk.is_open() && !desk.is_submitted(),
            gate: gate_words(&round_desk, words),
            errors,
            notice: refused.map(|refused| refused.notice.clone()).unwrap_or_default(),
            other: refused
                .filter(|refused| refused.was_saved_elsewhere)
                .map(|refused| self.other_copy(&refused.typed, &saved, words)),
        }
    }

    /// What is small enough to be taken along.
    pub fn small_files(&self, words: &Words) -> Vec<SmallFile> {
        small_files(&self.files, &self.media, self.desk.round.is_blind, words)
    }

    fn criteria(&self) -> &[Criterion] {
        self.parts.criteria(&self.desk.round.id)
    }

    fn is_calibration(&self) -> bool {
        self.places.iter().any(|place| place.entry_id == self.desk.entry.id && place.is_calibration)
    }

    fn spread_rows(&self, words: &Words) -> Vec<SpreadRow> {
        let rows = self.criteria().iter().filter_map(|criterion| {
            let spread = self.spreads.get(&criterion.id)?;
            Some(SpreadRow {
                criterion: criterion.name_in(words.lang).to_owned(),
                own: self.marks.get(&criterion.id).map(|mark| words.points(*mark)).unwrap_or_default(),
                lowest: words.points(spread.lowest),
                median: words.points(spread.median),
                highest: words.points(spread.highest),
                marks: spread.marks,
            })
        });
        rows.collect()
    }

    fn film_notes(&self, files: &[ShownFile]) -> Vec<FilmNotes> {
        let films = files.iter().filter(|file| file.takes_captions);
        films
            .map(|file| FilmNotes {
                file_id: file.id.clone(),
                name: file.name.clone(),
                notes: show_notes(&self.moments, &file.id),
                ..FilmNotes::default()
            })
            .collect()
    }

    fn answers(&self, veil: &Veil, words: &Words) -> Vec<ShownAnswer> {
        let mut answers = show_answers(&self.parts.fields, &self.desk.entry.answers, words, false);
        for line in answers.iter_mut().flat_map(|answer| &mut answer.lines) {
            *line = veil.cover(line);
        }
        answers
    }

    fn total(&self, words: &Words) -> String {
        let form = form_of(self.criteria()).ok();
        let score = form.and_then(|form| sheet_score(&form, self.criteria(), &self.marks));
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
            .criteria()
            .iter()
            .map(|criterion| {
                let of = |marks: &BTreeMap<CriterionId, String>| {
                    marks.get(&criterion.id).map(|mark| mark.trim().to_owned()).unwrap_or_default()
                };
                row(criterion.name_in(words.lang).to_owned(), &of(saved), &of(&typed.marks))
            })
            .collect();
        for criterion in self.criteria() {
            let of = |notes: &BTreeMap<CriterionId, String>| {
                notes.get(&criterion.id).map(|note| note.trim().to_owned()).unwrap_or_default()
            };
            let (saved, typed) = (of(&self.notes), of(typed.notes.as_ref().unwrap_or(&self.notes)));
            if saved != typed {
                let name = criterion.name_in(words.lang).to_owned();
                rows.push(row(
                    words.say_with("judge-note-of", &[("criterion", name.into())]),
                    &saved,
                    &typed,
                ));
            }
        }
        let sheet = self.desk.sheet.as_ref();
        let comment = sheet.map_or("", |sheet| sheet.comment.as_str());
        let private_note = sheet.map_or("", |sheet| sheet.private_note.as_str());
        rows.push(row(words.say("judge-comment"), comment, typed.comment.trim()));
        rows.push(row(words.say("judge-private-note"), private_note, typed.private_note.trim()));
        let saved_at = sheet.map(|sheet| words.date_time(sheet.saved_at)).unwrap_or_default();
        OtherCopy { saved: saved_at, rows }
    }
}
