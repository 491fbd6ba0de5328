//! What must be true after every act, because it is written down twice.

use diesel::prelude::*;
use hoithi::{
    base::{clock::Moment, ids::EntryId},
    features::{entries::EntryStatus, judging::SheetStatus},
    infra::db::{
        Db, DbError,
        schema::{assignments, entries, pool_entries, sheets},
    },
    read_all,
};

/// Each place of an entry in a pool says whether the entry is to be scored there. Answers how many places there are.
pub fn places_say_what_is_judged(db: &mut Db) -> Result<usize, DbError> {
    type Place = (EntryId, EntryStatus, Option<Moment>, bool);
    let columns = (entries::id, entries::status, pool_entries::left_at, pool_entries::is_judged);
    let places: Vec<Place> = read_all!(db, pool_entries::table.inner_join(entries::table).select(columns))?;
    for (entry, status, left_at, is_judged) in &places {
        let expected = left_at.is_none() && matches!(status, EntryStatus::Accepted | EntryStatus::Sample);
        assert_eq!(*is_judged, expected, "{entry} is {status:?} and left at {left_at:?}");
    }
    Ok(places.len())
}

/// Each open assignment says whether the place of its entry is to be scored, and how far the judge's sheet is. Answers how many
/// there are.
pub fn assignments_say_what_is_due(db: &mut Db) -> Result<usize, DbError> {
    type Said = (EntryId, bool, Option<SheetStatus>);
    let rows: Vec<(Said, Option<bool>, Option<SheetStatus>)> = read_all!(
        db,
        assignments::table
            .left_join(
                pool_entries::table.on(pool_entries::pool_id
                    .eq(assignments::pool_id)
                    .and(pool_entries::entry_id.eq(assignments::entry_id))),
            )
            .left_join(
                sheets::table.on(sheets::pool_id
                    .eq(assignments::pool_id)
                    .and(sheets::entry_id.eq(assignments::entry_id))
                    .and(sheets::judge_id.eq(assignments::judge_id))),
            )
            .filter(assignments::ended_at.is_null())
            .select((
                (assignments::entry_id, assignments::is_judged, assignments::sheet_status),
                pool_entries::is_judged.nullable(),
                sheets::status.nullable(),
            ))
    )?;
    for ((entry, is_judged, said), stands, status) in &rows {
        assert_eq!(Some(*is_judged), *stands, "whether {entry} is to be scored");
        assert_eq!(said, status, "how far the sheet of {entry} is");
    }
    Ok(rows.len())
}
