//! Submitting a sheet: from then on it counts, and changes only after it was reopened with a reason.

use serde_json::json;

use super::{
    SaveSheetError, SheetEventKind, SheetStatus, TypedSheet,
    desk::record,
    save::{first_was_another, is_writable},
};
use crate::{
    base::{
        clock::Moment,
        ids::{EntryId, PoolId, SheetId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests::views::list_criteria,
        judging::{store, views},
    },
    infra::db::Db,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    pub sheet: SheetId,
    pub edition: i32,
    /// The judge's next entry without a submitted sheet, in the judge's own order.
    pub next: Option<EntryId>,
}

pub fn submit_sheet(
    db: &mut Db,
    judge: &Person,
    pool: &PoolId,
    entry: &EntryId,
    typed: &TypedSheet,
    now: Moment,
) -> Result<Submitted, SaveSheetError> {
    let seated = store::find_seated(db, pool, entry, &judge.id)?.ok_or(SaveSheetError::NotFound)?;
    is_writable(&seated)?;
    let form = list_criteria(db, &seated.round_id)?;
    let content = typed.read(&form, judge.language)?;
    let missing = content.missing(&form, judge.language);
    if !missing.is_empty() {
        return Err(SaveSheetError::Invalid(missing));
    }
    let before = seated.content(db)?;
    let sheet = match &seated.sheet {
        // The same button pressed twice.
        Some(sheet) if seated.is_submitted() && before == content => sheet.clone(),
        Some(_) if seated.is_submitted() => return Err(SaveSheetError::AlreadySubmitted),
        _ if typed.edition != seated.edition() && before != content => {
            return Err(SaveSheetError::SavedElsewhere);
        }
        _ => {
            let sheet = seated
                .write(db, &before, &content, SheetStatus::Submitted, now)
                .map_err(first_was_another)?;
            record(db, &sheet, SheetEventKind::Submitted, &content, (&judge.id, ""), now)?;
            let happening = Happening {
                contest: Some(&seated.contest_id),
                by: Some(&judge.id),
                action: "sheet.submit",
                subject: ("sheet", sheet.id.as_str()),
                before: None,
                after: Some(json!({ "marks": content.marks, "comment": content.comment })),
                details: json!({ "pool": pool, "entry": entry, "edition": sheet.edition }),
            };
            append(db, &happening, now)?;
            sheet
        }
    };
    let places = views::list_places(db, pool, &judge.id)?;
    let next = views::next_open(&places, entry);
    Ok(Submitted { sheet: sheet.id, edition: sheet.edition, next })
}
