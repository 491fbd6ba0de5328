//! Putting a row one place up or down.

use serde_json::json;

use super::{
    frame::{ChangeContestError, Changed, Edit, begin_without_reason},
    store, views,
};
use crate::{
    base::{
        clock::Moment,
        ids::{AwardId, CategoryId, ConsentId, CriterionId, FieldId, RoundId},
    },
    features::{
        accounts::Person,
        contests::{
            Contest,
            views::{list_awards, list_categories, list_consents, list_criteria, list_fields, list_rounds},
        },
    },
    infra::db::{Db, DbError},
};

crate::text_enum! {
    pub enum Direction { Up = "up", Down = "down" }
}

/// A row of one of the contest's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartRow {
    Category(CategoryId),
    Field(FieldId),
    Consent(ConsentId),
    Round(RoundId),
    Criterion(RoundId, CriterionId),
    Award(AwardId),
}

impl PartRow {
    pub(super) fn subject(&self) -> (&'static str, &str) {
        match self {
            Self::Category(id) => ("category", id.as_str()),
            Self::Field(id) => ("field", id.as_str()),
            Self::Consent(id) => ("consent", id.as_str()),
            Self::Round(id) => ("round", id.as_str()),
            Self::Criterion(_, id) => ("criterion", id.as_str()),
            Self::Award(id) => ("award", id.as_str()),
        }
    }
}

/// A row at the end of its list stays where it is.
pub fn move_row(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    row: &PartRow,
    direction: Direction,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin_without_reason(db, person, edit)?;
    match row {
        PartRow::Round(_) if views::has_pools(db, &edit.contest_id)? => {
            return Err(ChangeContestError::RoundsHavePools);
        }
        PartRow::Criterion(round, _) if views::has_sheets(db, round)? => {
            return Err(ChangeContestError::RoundHasSheets);
        }
        _ => {}
    }
    reorder(db, edit, row, direction)?;
    let changed = Changed {
        action: "contest.order",
        subject: row.subject(),
        before: serde_json::Value::Null,
        after: json!({ "moved": direction }),
    };
    changing.finish(db, &changed, now)
}

fn reorder(db: &mut Db, edit: &Edit, row: &PartRow, direction: Direction) -> Result<(), ChangeContestError> {
    let contest = &edit.contest_id;
    match row {
        PartRow::Category(id) => {
            let ids = list_categories(db, contest)?.into_iter().map(|row| row.id).collect();
            place_all(db, &moved(ids, id, direction)?, store::place_category)
        }
        PartRow::Field(id) => {
            let ids = list_fields(db, contest)?.into_iter().map(|row| row.id).collect();
            place_all(db, &moved(ids, id, direction)?, store::place_field)
        }
        PartRow::Consent(id) => {
            let ids = list_consents(db, contest)?.into_iter().map(|row| row.id).collect();
            place_all(db, &moved(ids, id, direction)?, store::place_consent)
        }
        PartRow::Round(id) => {
            let ids = list_rounds(db, contest)?.into_iter().map(|row| row.id).collect();
            place_all(db, &moved(ids, id, direction)?, store::place_round)
        }
        PartRow::Criterion(round, id) => {
            if !list_rounds(db, contest)?.iter().any(|row| row.id == *round) {
                return Err(ChangeContestError::NotFound);
            }
            let ids = list_criteria(db, round)?.into_iter().map(|row| row.id).collect();
            place_all(db, &moved(ids, id, direction)?, store::place_criterion)
        }
        PartRow::Award(id) => {
            let rows = list_awards(db, contest)?;
            let round = rows.iter().find(|row| row.id == *id).map(|row| row.round_id.clone());
            let of_round = rows.into_iter().filter(|row| Some(&row.round_id) == round.as_ref());
            let ids = of_round.map(|row| row.id).collect();
            place_all(db, &moved(ids, id, direction)?, store::place_award)
        }
    }
}

/// The ids in their new order.
fn moved<I: PartialEq>(mut ids: Vec<I>, id: &I, direction: Direction) -> Result<Vec<I>, ChangeContestError> {
    let at = ids.iter().position(|other| other == id).ok_or(ChangeContestError::NotFound)?;
    let other = match direction {
        Direction::Up => at.checked_sub(1),
        Direction::Down => Some(at + 1).filter(|other| *other < ids.len()),
    };
    if let Some(other) = other {
        ids.swap(at, other);
    }
    Ok(ids)
}

fn place_all<I>(
    db: &mut Db,
    ids: &[I],
    place: impl Fn(&mut Db, &I, i32) -> Result<(), DbError>,
) -> Result<(), ChangeContestError> {
    for (position, id) in (1..).zip(ids) {
        place(db, id, position)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_changes_places_with_its_neighbour_and_stays_at_the_ends() {
        for (id, direction, expected) in [
            (1, Direction::Up, [1, 2, 3]),
            (2, Direction::Up, [2, 1, 3]),
            (2, Direction::Down, [1, 3, 2]),
            (3, Direction::Down, [1, 2, 3]),
        ] {
            assert_eq!(moved(vec![1, 2, 3], &id, direction).unwrap(), expected);
        }
        assert!(matches!(moved(vec![1], &9, Direction::Up), Err(ChangeContestError::NotFound)));
    }
}
