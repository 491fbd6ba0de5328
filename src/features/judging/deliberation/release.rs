//! An officer reads the judges' comments and lets entrants read them, one by one or all.

use std::collections::HashSet;

use serde_json::json;

use super::{ReleasedComment, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{PoolId, SheetId},
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests::{self, Feedback},
        judging::{SheetStatus, views},
        pools,
    },
    infra::db::Db,
};

act_error! {
    /// Why comments were not released.
    pub enum ReleaseError {
        NotDeclared => "deliberation-refused-no-feedback",
    }
}

/// By whoever runs the pool. `sheets` none: all that have a comment. Released twice is released once; a comment that was
/// changed since it was released is shown again only after it is released anew.
pub fn release_comments(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    sheets: Option<&[SheetId]>,
    now: Moment,
) -> Result<usize, ReleaseError> {
    let pool = pools::store::find(db, pool)?.ok_or(ReleaseError::NotFound)?;
    if !pools::policy::may_run(db, by, &pool)? {
        return Err(ReleaseError::NotFound);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(ReleaseError::NotFound)?;
    if round.feedback == Feedback::None {
        return Err(ReleaseError::NotDeclared);
    }
    let asked: Option<HashSet<&SheetId>> = sheets.map(|sheets| sheets.iter().collect());
    let mut released = Vec::new();
    for sheet in views::sheets_by_pair(db, &pool.id)?.into_values() {
        let is_asked = asked.as_ref().is_none_or(|asked| asked.contains(&sheet.id));
        if !is_asked || sheet.status != SheetStatus::Submitted || sheet.comment.trim().is_empty() {
            continue;
        }
        let row = ReleasedComment {
            sheet_id: sheet.id.clone(),
            edition: sheet.edition,
            released_by: by.id.clone(),
            released_at: now,
        };
        if store::put_released_comment(db, &row)? {
            released.push(sheet.id);
        }
    }
    if !released.is_empty() {
        let happening = Happening {
            contest: Some(&pool.contest_id),
            by: Some(&by.id),
            action: "deliberation.release",
            subject: ("pool", pool.id.as_str()),
            before: None,
            after: None,
            details: json!({ "sheets": released }),
        };
        append(db, &happening, now)?;
    }
    Ok(released.len())
}
