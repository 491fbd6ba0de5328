//! Voiding a sheet, with a reason and an author: it no longer counts, and what it said is kept.

use serde_json::json;

use super::{Sheet, SheetEventKind, SheetStatus, desk::record, reason_of, typed::SheetContent};
use crate::{
    act_error,
    base::{clock::Moment, ids::SheetId},
    features::{
        accounts::Person,
        audit::{Happening, append},
        judging::{policy::may_lead, store},
        pools::{self, Pool, PoolStatus},
    },
    infra::db::{Db, DbError},
};

act_error! {
    /// Why a sheet could not be voided.
    pub enum VoidSheetError {
        NotSubmitted => "judging-refused-not-submitted",
        PoolDecided => "judging-refused-pool-decided",
    }
}

/// By whoever leads the judging, until the decision is taken: what was decided rests on the sheets that stood then.
pub fn void_sheet(
    db: &mut Db,
    by: &Person,
    sheet: &SheetId,
    reason: &str,
    now: Moment,
) -> Result<Sheet, VoidSheetError> {
    let sheet = store::find_sheet(db, sheet)?.ok_or(VoidSheetError::NotFound)?;
    let pool = pools::store::find(db, &sheet.pool_id)?.ok_or(VoidSheetError::NotFound)?;
    if !may_lead(db, by, &pool)? {
        return Err(VoidSheetError::NotFound);
    }
    if pool.status != PoolStatus::Judging {
        return Err(VoidSheetError::PoolDecided);
    }
    if sheet.status != SheetStatus::Submitted {
        return Err(VoidSheetError::NotSubmitted);
    }
    let reason = reason_of(reason)?;
    Ok(void(db, by, &pool, &sheet, &reason, now)?)
}

/// A judge who declares a conflict takes back a sheet that was given already.
pub(in crate::features::judging) fn void_for_conflict(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    sheet: &Sheet,
    reason: &str,
    now: Moment,
) -> Result<Sheet, DbError> {
    void(db, by, pool, sheet, reason, now)
}

fn void(
    db: &mut Db,
    by: &Person,
    pool: &Pool,
    sheet: &Sheet,
    reason: &str,
    now: Moment,
) -> Result<Sheet, DbError> {
    let content = content_of(db, sheet)?;
    record(db, sheet, SheetEventKind::Voided, &content, (&by.id, reason), now)?;
    let voided =
        Sheet { status: SheetStatus::Voided, edition: sheet.edition + 1, saved_at: now, ..sheet.clone() };
    store::save_sheet(db, &voided, sheet.status)?;
    store::end_assignment(db, &pool.id, &sheet.entry_id, &sheet.judge_id, reason, now)?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "sheet.void",
        subject: ("sheet", sheet.id.as_str()),
        before: Some(json!({ "marks": content.marks, "comment": content.comment })),
        after: None,
        details: json!({ "pool": pool.id, "entry": sheet.entry_id, "reason": reason }),
    };
    append(db, &happening, now)?;
    Ok(voided)
}

pub(super) fn content_of(db: &mut Db, sheet: &Sheet) -> Result<SheetContent, DbError> {
    Ok(SheetContent::of_marks(store::list_marks(db, &sheet.id)?, sheet))
}
