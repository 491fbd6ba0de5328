//! A judge at an entry: what must hold before a sheet is written, and the writing.

use std::sync::Arc;

use serde_json::json;

use super::typed::SheetContent;
use super::{Mark, Sheet, SheetEvent, SheetEventKind, SheetStatus};
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, ContestId, CriterionId, EntryId, PoolId, RoundId, SheetEventId, SheetId},
        json::Json,
    },
    features::{
        contests::{ContestParts, Criterion},
        judging::store,
        pools::PoolStatus,
    },
    infra::db::{Db, DbError},
};

/// An active judge with an assignment to an entry that stands in the pool.
#[derive(Debug, Clone, PartialEq)]
pub struct Seated {
    pub contest_id: ContestId,
    pub contest_edition: i32,
    pub round_id: RoundId,
    pub pool_id: PoolId,
    pub entry_id: EntryId,
    pub judge_id: AccountId,
    pub pool_status: PoolStatus,
    pub judging_closed_at: Option<Moment>,
    pub sheet: Option<Sheet>,
}

impl Seated {
    pub fn edition(&self) -> i32 {
        self.sheet.as_ref().map_or(0, |sheet| sheet.edition)
    }

    /// Sheets are written while the pool is being judged and its judging was not closed.
    pub fn is_open(&self) -> bool {
        self.pool_status == PoolStatus::Judging && self.judging_closed_at.is_none()
    }

    pub fn is_submitted(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.status == SheetStatus::Submitted)
    }

    /// The form of the round.
    pub(super) fn form(&self, db: &mut Db) -> Result<Arc<[Criterion]>, DbError> {
        ContestParts::form_of(db, (&self.contest_id, self.contest_edition), &self.round_id)
    }

    /// What stands on the sheet now.
    pub(super) fn content(&self, db: &mut Db) -> Result<SheetContent, DbError> {
        let Some(sheet) = &self.sheet else { return Ok(SheetContent::default()) };
        Ok(SheetContent::of_marks(store::list_marks(db, &sheet.id)?, sheet))
    }

    /// Writes what differs from `before`: one row for the sheet, one for each mark that changed.
    pub(super) fn write(
        &self,
        db: &mut Db,
        before: &SheetContent,
        content: &SheetContent,
        status: SheetStatus,
        now: Moment,
    ) -> Result<Sheet, DbError> {
        let sheet = Sheet {
            id: self.sheet.as_ref().map_or_else(SheetId::generate, |sheet| sheet.id.clone()),
            pool_id: self.pool_id.clone(),
            entry_id: self.entry_id.clone(),
            judge_id: self.judge_id.clone(),
            status,
            comment: content.comment.clone(),
            private_note: content.private_note.clone(),
            edition: self.edition() + 1,
            saved_at: now,
            submitted_at: (status == SheetStatus::Submitted).then_some(now),
            loose_notes: Json(content.loose_notes()),
        };
        match &self.sheet {
            Some(before) => store::save_sheet(db, &sheet, before.status)?,
            None => store::insert_sheet(db, &sheet)?,
        }
        let of = |content: &SheetContent, criterion: &CriterionId| {
            (content.marks.get(criterion).copied(), content.notes.get(criterion).cloned())
        };
        let changed =
            content.marks.iter().filter(|(criterion, _)| of(before, criterion) != of(content, criterion));
        let changed: Vec<Mark> = changed
            .map(|(criterion, mark)| Mark {
                sheet_id: sheet.id.clone(),
                criterion_id: criterion.clone(),
                value: *mark,
                note: content.notes.get(criterion).cloned().unwrap_or_default(),
            })
            .collect();
        store::put_marks(db, &changed)?;
        for criterion in before.marks.keys().filter(|criterion| !content.marks.contains_key(criterion)) {
            store::delete_mark(db, &sheet.id, criterion)?;
        }
        Ok(sheet)
    }
}

/// Keeps what a sheet says at this moment, whole and for ever.
pub(super) fn record(
    db: &mut Db,
    sheet: &Sheet,
    event: SheetEventKind,
    content: &SheetContent,
    (by, reason): (&AccountId, &str),
    now: Moment,
) -> Result<(), DbError> {
    let content = json!({
        "judge": sheet.judge_id,
        "edition": sheet.edition,
        "marks": content.marks,
        "notes": content.notes,
        "comment": content.comment,
        "private_note": content.private_note,
    });
    store::insert_sheet_event(
        db,
        &SheetEvent {
            id: SheetEventId::generate(),
            sheet_id: sheet.id.clone(),
            event,
            content: content.to_string(),
            reason: reason.to_owned(),
            account_id: by.clone(),
            happened_at: now,
        },
    )
}
