//! Submitting a sheet: from then on it counts, and changes only after it was reopened with a reason.

use serde_json::json;

use super::{
    SaveSheetError, Seated, Sheet, SheetEventKind, SheetStatus, TypedSheet,
    desk::record,
    save::{is_writable, remember},
    typed::SheetContent,
};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, SheetId},
    },
    features::{
        accounts::Person,
        attachments::{
            self,
            renditions::{self, views::PageCounts},
        },
        audit::{Happening, append},
        contests,
        judging::{
            store,
            viewing::{lacking, looks},
            views,
        },
    },
    infra::db::{Db, DbError},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    pub sheet: SheetId,
    pub edition: i32,
    /// The judge's next entry without a submitted sheet, in the judge's own order.
    pub next: Option<EntryId>,
}

/// A sheet that a device hands in a second time, because the first answer was lost, is answered as it was the first time.
pub fn submit_sheet(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    entry: &EntryId,
    typed: &TypedSheet,
    now: Moment,
) -> Result<Submitted, SaveSheetError> {
    let seated = store::find_seated(db, pool, entry, &judge.id)?.ok_or(SaveSheetError::NotFound)?;
    let (sheet, edition) = match is_writable(&seated) {
        Ok(()) => submit(db, judge, &seated, typed, now)?,
        Err(error) => given_before(db, judge, typed)?.ok_or(error)?,
    };
    let places = views::list_places(db, pool, &judge.id)?;
    Ok(Submitted { sheet, edition, next: views::next_open(&places, entry) })
}

fn submit(
    db: &mut Db,
    judge: &Person,
    seated: &Seated,
    typed: &TypedSheet,
    now: Moment,
) -> Result<(SheetId, i32), SaveSheetError> {
    let form = seated.form(db)?;
    let before = seated.content(db)?;
    let content = typed.read(&form, judge.language, &before)?;
    let missing = content.missing(&form, judge.language);
    if !missing.is_empty() {
        return Err(SaveSheetError::Invalid(missing));
    }
    match &seated.sheet {
        // The same button pressed twice.
        Some(sheet) if seated.is_submitted() && before == content => Ok((sheet.id.clone(), sheet.edition)),
        Some(_) if seated.is_submitted() => {
            given_before(db, judge, typed)?.ok_or(SaveSheetError::AlreadySubmitted)
        }
        _ if typed.edition != seated.edition() && before != content => {
            given_before(db, judge, typed)?.ok_or(SaveSheetError::SavedElsewhere)
        }
        _ => {
            let sheet = give(db, judge, seated, &before, &content, now)?;
            remember(db, &sheet, typed)?;
            Ok((sheet.id, sheet.edition))
        }
    }
}

/// Only if that save was the last word on the sheet: an id that once saved a draft gives nothing.
fn given_before(db: &mut Db, judge: &Person, typed: &TypedSheet) -> Result<Option<(SheetId, i32)>, DbError> {
    let Some(save_id) = typed.save_id() else { return Ok(None) };
    let Some(save) = store::find_sheet_save(db, &judge.id, save_id)? else { return Ok(None) };
    let given = store::list_given(db, &save.sheet_id)?;
    let was_given = given.iter().any(|content| edition_of(content) == Some(save.edition.into()));
    Ok(was_given.then_some((save.sheet_id, save.edition)))
}

fn edition_of(content: &str) -> Option<i64> {
    let content: serde_json::Value = serde_json::from_str(content).ok()?;
    content["edition"].as_i64()
}

/// The last word on a sheet, recorded whole. It is nothing to come back to any more.
pub(super) fn give(
    db: &mut Db,
    judge: &Person,
    seated: &Seated,
    before: &SheetContent,
    content: &SheetContent,
    now: Moment,
) -> Result<Sheet, SaveSheetError> {
    is_calibrated(db, seated)?;
    was_seen(db, seated)?;
    let sheet = seated.write(db, before, content, SheetStatus::Submitted, now)?;
    store::save_skipped(db, &seated.pool_id, &seated.entry_id, &judge.id, None)?;
    record(db, &sheet, SheetEventKind::Submitted, content, (&judge.id, ""), now)?;
    let happening = Happening {
        contest: Some(&seated.contest_id),
        by: Some(&judge.id),
        action: "sheet.submit",
        subject: ("sheet", sheet.id.as_str()),
        before: None,
        after: Some(json!({ "marks": content.marks, "comment": content.comment })),
        details: json!({ "pool": seated.pool_id, "entry": seated.entry_id, "edition": sheet.edition }),
    };
    append(db, &happening, now)?;
    Ok(sheet)
}

/// Where the round asks that the work was looked at first, or somebody who leads waived it.
pub(super) fn was_seen(db: &mut Db, seated: &Seated) -> Result<(), SaveSheetError> {
    let desk = contests::store::find_round_desk(db, &seated.round_id)?;
    if !desk.has_gate() || store::is_waived(db, &seated.pool_id, &seated.entry_id, &seated.judge_id)? {
        return Ok(());
    }
    let files = attachments::views::list_of_entry(db, &seated.entry_id)?;
    let viewings = store::list_viewings_of(db, &seated.pool_id, &seated.entry_id, &seated.judge_id)?;
    let seen = viewings.into_iter().map(|viewing| (viewing.attachment_id, viewing.seen.0)).collect();
    let pages =
        if desk.needs_all_pages { renditions::views::count_pages(db, &files)? } else { PageCounts::new() };
    let lacking = lacking(&desk, &looks(&files, &pages, &seen));
    if lacking.is_empty() {
        return Ok(());
    }
    let files: Vec<String> = lacking
        .iter()
        .map(|file| format!("{} ({}/{})", file.look.number, file.look.seen, file.needed))
        .collect();
    Err(SaveSheetError::NotSeen { n: files.len(), files: files.join(", ") })
}

/// Whatever the panel scores first is given before anything else.
fn is_calibrated(db: &mut Db, seated: &Seated) -> Result<(), SaveSheetError> {
    let due = store::list_calibrations_due(db, &seated.pool_id, &seated.judge_id)?;
    if due.is_empty() || due.iter().any(|(entry, _)| *entry == seated.entry_id) {
        return Ok(());
    }
    let codes: Vec<String> = due.into_iter().map(|(_, code)| code).collect();
    Err(SaveSheetError::CalibrationFirst { codes: codes.join(", ") })
}
