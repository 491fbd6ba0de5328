//! Taking a row out of a contest's lists: deleted while nothing refers to it, retired afterwards.

use serde_json::json;

use super::{
    frame::{ChangeContestError, Changed, Changing, Edit, begin_without_reason},
    order::PartRow,
    store, views,
};
use crate::{
    base::clock::Moment,
    features::{
        accounts::Person,
        contests::{
            Contest, TieStep, store as contest_store,
            views::{list_awards, list_categories, list_consents, list_criteria, list_fields, list_rounds},
        },
    },
    infra::db::Db,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    Deleted,
    /// Kept for the entries that used it; nobody is asked for it any more.
    Retired,
}

pub fn remove_row(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    row: &PartRow,
    now: Moment,
) -> Result<(Contest, Removed), ChangeContestError> {
    let changing = begin_without_reason(db, person, edit)?;
    let removed = remove(db, &changing, row, now)?;
    let after = match removed {
        Removed::Deleted => "deleted",
        Removed::Retired => "retired",
    };
    let changed = Changed {
        action: "contest.remove",
        subject: row.subject(),
        before: serde_json::Value::Null,
        after: json!({ "removed": after }),
    };
    Ok((changing.finish(db, &changed, now)?, removed))
}

fn remove(
    db: &mut Db,
    changing: &Changing<'_>,
    row: &PartRow,
    now: Moment,
) -> Result<Removed, ChangeContestError> {
    let contest = &changing.contest.id;
    match row {
        PartRow::Category(id) => {
            let mut rows = list_categories(db, contest)?.into_iter();
            let mut category = rows.find(|row| row.id == *id).ok_or(ChangeContestError::NotFound)?;
            if views::has_entries(db, id)? {
                category.is_retired = true;
                contest_store::save_category(db, &category)?;
                return Ok(Removed::Retired);
            }
            store::delete_category(db, id)?;
        }
        PartRow::Field(id) => {
            let mut rows = list_fields(db, contest)?.into_iter();
            let mut field = rows.find(|row| row.id == *id).ok_or(ChangeContestError::NotFound)?;
            if views::is_answered(db, contest, id)? {
                field.is_retired = true;
                contest_store::save_field(db, &field)?;
                return Ok(Removed::Retired);
            }
            store::delete_field(db, id)?;
        }
        PartRow::Consent(id) => {
            let exists = list_consents(db, contest)?.iter().any(|row| row.id == *id);
            exists.then_some(()).ok_or(ChangeContestError::NotFound)?;
            if changing.was_open || views::is_given(db, id)? {
                store::supersede_consent(db, id, now)?;
                return Ok(Removed::Retired);
            }
            store::delete_consent(db, id)?;
        }
        PartRow::Round(id) => {
            let exists = list_rounds(db, contest)?.iter().any(|row| row.id == *id);
            exists.then_some(()).ok_or(ChangeContestError::NotFound)?;
            if views::has_pools(db, contest)? {
                return Err(ChangeContestError::RoundsHavePools);
            }
            store::delete_round_whole(db, id)?;
        }
        PartRow::Criterion(round_id, id) => {
            let mut rounds = list_rounds(db, contest)?.into_iter();
            let mut round = rounds.find(|row| row.id == *round_id).ok_or(ChangeContestError::NotFound)?;
            let exists = list_criteria(db, round_id)?.iter().any(|row| row.id == *id);
            exists.then_some(()).ok_or(ChangeContestError::NotFound)?;
            if views::has_sheets(db, round_id)? {
                return Err(ChangeContestError::RoundHasSheets);
            }
            let steps = round.tie_chain.len();
            round.tie_chain.retain(|step| *step != TieStep::Criterion { criterion: id.clone() });
            if round.tie_chain.len() < steps {
                if views::is_judged(db, round_id)? {
                    return Err(ChangeContestError::RoundIsJudged);
                }
                contest_store::save_round(db, &round)?;
            }
            store::delete_criterion(db, id)?;
        }
        PartRow::Award(id) => {
            let exists = list_awards(db, contest)?.iter().any(|row| row.id == *id);
            exists.then_some(()).ok_or(ChangeContestError::NotFound)?;
            if views::was_granted(db, id)? {
                return Err(ChangeContestError::AwardGranted);
            }
            store::delete_award(db, id)?;
        }
    }
    Ok(Removed::Deleted)
}
