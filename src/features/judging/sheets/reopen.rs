//! Reopening a submitted sheet, with a reason: what it said until then is kept.

use serde_json::json;

use super::{Sheet, SheetEventKind, SheetStatus, desk::record, reason_of, void::content_of};
use crate::{
    act_error,
    base::{clock::Moment, ids::SheetId},
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{policy::may_lead, store},
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

act_error! {
    /// Why a sheet could not be reopened.
    pub enum ReopenSheetError {
        NotSubmitted => "judging-refused-not-submitted",
        JudgingClosed => "judging-refused-closed",
    }
}

/// By its judge, or by whoever leads the judging; never after the judging was closed.
pub fn reopen_sheet(
    db: &mut Db,
    by: &Person,
    sheet: &SheetId,
    reason: &str,
    now: Moment,
) -> Result<Sheet, ReopenSheetError> {
    let sheet = store::find_sheet(db, sheet)?.ok_or(ReopenSheetError::NotFound)?;
    let pool = pools::store::find(db, &sheet.pool_id)?.ok_or(ReopenSheetError::NotFound)?;
    let is_own = sheet.judge_id == by.id && store::is_assigned(db, &pool.id, &sheet.entry_id, &by.id)?;
    if !is_own && !may_lead(db, by, &pool)? {
        return Err(ReopenSheetError::NotFound);
    }
    if pool.status != PoolStatus::Judging || pool.judging_closed_at.is_some() {
        return Err(ReopenSheetError::JudgingClosed);
    }
    if sheet.status != SheetStatus::Submitted {
        return Err(ReopenSheetError::NotSubmitted);
    }
    let reason = reason_of(reason)?;
    let content = content_of(db, &sheet)?;
    record(db, &sheet, SheetEventKind::Reopened, &content, (&by.id, &reason), now)?;
    let reopened = Sheet {
        status: SheetStatus::Draft,
        edition: sheet.edition + 1,
        saved_at: now,
        submitted_at: None,
        ..sheet
    };
    store::save_sheet(db, &reopened, SheetStatus::Submitted)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "sheet.reopen",
        subject: ("sheet", reopened.id.as_str()),
        before: Some(json!({ "marks": content.marks, "comment": content.comment })),
        after: None,
        details: json!({ "pool": pool.id, "entry": reopened.entry_id, "reason": reason }),
    };
    append(db, &happening, now)?;
    Ok(reopened)
}
