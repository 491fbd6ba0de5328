//! One more judge for each entry at the border of the cut, on both sides of the line, through the draw.

use std::collections::HashMap;

use serde_json::json;

use super::{ExtraDraw, MAX_EXTRA_DRAWS, store};
use crate::{
    act_error,
    base::{
        clock::Moment,
        ids::{EntryId, ExtraDrawId, PoolId},
        json::Json,
    },
    features::{
        accounts::Person,
        audit::{Happening, append},
        contests,
        judging::{
            assigning::{DrawError, draw_more},
            policy::may_lead,
            standing::{certainty_of, seats_of, standing_of},
        },
        pools::{self, PoolStatus},
    },
    infra::db::Db,
};

act_error! {
    /// Why no more judges were drawn.
    pub enum MoreError {
        NotOpen => "judging-refused-not-open",
        AlreadyTwice => "certainty-refused-already-twice",
        SheetsFirst { n: i32 } => "certainty-refused-sheets-first",
        NoCut => "certainty-refused-no-cut",
        NobodyAtBorder => "certainty-refused-nobody-at-border",
        LackJudges {
            entries: String, n: usize, wanted: usize, possible: usize, full: String, n_full: usize,
            barred: String, n_barred: usize,
        } => "judging-refused-lack-judges",
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct MoreJudges {
    pub number: i32,
    pub entries: usize,
}

/// Only when every sheet is in, so that each look is at a whole round of marks.
pub fn one_more_judge(
    db: &mut Db,
    by: &Person,
    pool: &PoolId,
    votes: &HashMap<EntryId, i64>,
    now: Moment,
) -> Result<MoreJudges, MoreError> {
    let pool = pools::store::find(db, pool)?.ok_or(MoreError::NotFound)?;
    if !may_lead(db, by, &pool)? {
        return Err(MoreError::NotFound);
    }
    if pool.status != PoolStatus::Judging || pool.judging_closed_at.is_some() {
        return Err(MoreError::NotOpen);
    }
    let number = 1 + i32::try_from(store::list_extra_draws(db, &pool.id)?.len()).unwrap_or(i32::MAX - 1);
    if number > MAX_EXTRA_DRAWS {
        return Err(MoreError::AlreadyTwice);
    }
    let round = contests::store::find_round(db, &pool.round_id)?.ok_or(MoreError::NotFound)?;
    let standing = standing_of(db, &pool, votes)?;
    if standing.sheets_missing() > 0 {
        return Err(MoreError::SheetsFirst { n: standing.sheets_missing() });
    }
    let seats = seats_of(db, &pool, &round)?.ok_or(MoreError::NoCut)?;
    let certainty = certainty_of(&standing, Some(seats), None).ok_or(MoreError::NobodyAtBorder)?;
    let border: Vec<EntryId> =
        certainty.rows.iter().filter(|row| row.is_at_border).map(|row| row.entry_id.clone()).collect();
    if border.is_empty() {
        return Err(MoreError::NobodyAtBorder);
    }
    draw_more(db, by, &pool, &border, now).map_err(|error| match error {
        DrawError::LackJudges { entries, n, wanted, possible, full, n_full, barred, n_barred } => {
            MoreError::LackJudges { entries, n, wanted, possible, full, n_full, barred, n_barred }
        }
        DrawError::Database(error) => MoreError::Database(error),
        _ => MoreError::NotFound,
    })?;
    let draw = ExtraDraw {
        id: ExtraDrawId::generate(),
        pool_id: pool.id.clone(),
        number,
        seats: i32::try_from(seats).unwrap_or(i32::MAX),
        entries: Json(border),
        drawn_by: by.id.clone(),
        drawn_at: now,
    };
    // Two at the same time: the second finds the number taken.
    store::insert_extra_draw(db, &draw)
        .map_err(|error| if error.is_unique_violation() { MoreError::AlreadyTwice } else { error.into() })?;
    let happening = Happening {
        contest: Some(&pool.contest_id),
        by: Some(&by.id),
        action: "pool.one_more_judge",
        subject: ("pool", pool.id.as_str()),
        before: None,
        after: None,
        details: json!({ "number": number, "seats": seats, "entries": draw.entries, "standing": standing.hash }),
    };
    append(db, &happening, now)?;
    Ok(MoreJudges { number, entries: draw.entries.len() })
}
