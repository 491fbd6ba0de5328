//! What the makers of an entry see of its sheets once the result of the pool is published.

use std::collections::HashMap;

use super::store;
use crate::{
    base::{
        ids::{CriterionId, EntryId, PoolId, SheetId},
        points::Points,
    },
    features::{
        contests::{self, Criterion, Feedback, Round, views::list_criteria},
        judging::views::{find_pool_place, marks_of_sheet},
    },
    infra::db::{Db, DbError},
};

/// Of one pool.
#[derive(Debug, Clone)]
pub struct PoolFeedback {
    pub round: Round,
    pub unit_name: String,
    /// Empty where the rules show comments alone.
    pub criteria: Vec<Criterion>,
    pub sheets: Vec<SheetFeedback>,
}

/// Judges are numbered from 1 in this list alone: the number says nothing about who it is or what else they marked.
#[derive(Debug, Clone)]
pub struct SheetFeedback {
    pub number: usize,
    pub marks: HashMap<CriterionId, Points>,
    /// Only what an officer released as it stands.
    pub comment: Option<String>,
}

/// Sheets with the comment that was released.
type OwnSheets = Vec<(SheetId, Option<String>)>;

/// Whether the entry is the asker's own is for the caller to know.
pub fn feedback_of(db: &mut Db, entry: &EntryId) -> Result<Vec<PoolFeedback>, DbError> {
    let mut by_pool: Vec<(PoolId, OwnSheets)> = Vec::new();
    for (sheet, _, released) in store::list_sheets_of_entry(db, entry)? {
        let comment = (released == Some(sheet.edition)).then(|| sheet.comment.clone());
        match by_pool.last_mut() {
            Some((pool, sheets)) if *pool == sheet.pool_id => sheets.push((sheet.id, comment)),
            _ => by_pool.push((sheet.pool_id, vec![(sheet.id, comment)])),
        }
    }
    let mut all = Vec::new();
    for (pool, sheets) in by_pool {
        let Some(place) = find_pool_place(db, &pool)? else { continue };
        let Some(round) = contests::store::find_round(db, &place.pool.round_id)? else { continue };
        if round.feedback == Feedback::None || store::first_published_at(db, &pool)?.is_none() {
            continue;
        }
        let shows_marks = round.feedback == Feedback::Marks;
        let mut shown = Vec::new();
        for (number, (sheet, comment)) in (1..).zip(sheets) {
            let marks = if shows_marks { marks_of_sheet(db, &sheet)? } else { HashMap::new() };
            shown.push(SheetFeedback { number, marks, comment });
        }
        all.push(PoolFeedback {
            criteria: if shows_marks { list_criteria(db, &round.id)? } else { Vec::new() },
            unit_name: place.unit_name,
            sheets: shown,
            round,
        });
    }
    all.sort_by_key(|pool| pool.round.position);
    Ok(all)
}
