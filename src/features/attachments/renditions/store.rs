//! Rows in and out.

use diesel::prelude::*;

use super::{Rendering, Rendition};
use crate::{
    features::attachments::{self, FileHash},
    infra::{
        db::{
            Db, DbError,
            schema::{renderings, renditions},
        },
        media::{COVER, SMALL_COVER},
    },
    read_all, read_one,
};

pub fn find(db: &mut Db, source: &FileHash) -> Result<Option<Rendering>, DbError> {
    Ok(renderings::table.find(source).select(Rendering::as_select()).first(db).optional()?)
}

/// Answers whether it is new.
pub fn insert_once(db: &mut Db, rendering: &Rendering) -> Result<bool, DbError> {
    let query = diesel::insert_into(renderings::table).values(rendering).on_conflict_do_nothing();
    let n_rows = match db {
        Db::Postgres(db) => query.execute(db)?,
        Db::Sqlite(db) => query.execute(db)?,
    };
    Ok(n_rows > 0)
}

pub fn save(db: &mut Db, rendering: &Rendering) -> Result<(), DbError> {
    diesel::update(renderings::table.find(&rendering.source_hash)).set(rendering).execute(db)?;
    Ok(())
}

pub fn insert_rendition(db: &mut Db, rendition: &Rendition) -> Result<(), DbError> {
    diesel::insert_into(renditions::table).values(rendition).execute(db)?;
    show_in_lists(db, &rendition.source_hash, &rendition.name)
}

pub fn delete_rendition(db: &mut Db, source: &FileHash, name: &str) -> Result<(), DbError> {
    let n_rows = diesel::delete(renditions::table.find((source, name))).execute(db)?;
    if n_rows == 0 { Ok(()) } else { show_in_lists(db, source, name) }
}

/// Whether there is a cover, and how large, stands in the rows of the entries that hold the file.
fn show_in_lists(db: &mut Db, source: &FileHash, name: &str) -> Result<(), DbError> {
    if name != COVER {
        return Ok(());
    }
    let shown_in = attachments::store::list_entries_with(db, source)?;
    attachments::store::keep_works(db, &shown_in)
}

pub fn find_rendition(db: &mut Db, source: &FileHash, name: &str) -> Result<Option<Rendition>, DbError> {
    Ok(read_one!(db, renditions::table.find((source, name)).select(Rendition::as_select()))?)
}

/// The piece for a list; of what was made before there were any, the one for a gallery.
pub fn find_small_cover(db: &mut Db, source: &FileHash) -> Result<Option<Rendition>, DbError> {
    match find_rendition(db, source, SMALL_COVER)? {
        None => find_rendition(db, source, COVER),
        found => Ok(found),
    }
}

/// The names of what was made already.
pub fn list_names(db: &mut Db, source: &FileHash) -> Result<Vec<String>, DbError> {
    Ok(read_all!(db, renditions::table.filter(renditions::source_hash.eq(source)).select(renditions::name))?)
}
