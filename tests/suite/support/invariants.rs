//! What must be true after every act, because it is written down twice.

use diesel::prelude::*;
use hoithi::{
    base::{clock::Moment, ids::EntryId},
    features::entries::EntryStatus,
    infra::db::{
        Db, DbError,
        schema::{entries, pool_entries},
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
