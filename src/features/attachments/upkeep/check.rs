use diesel::prelude::*;

use super::{super::FileHash, store};
use crate::{
    base::clock::Moment,
    infra::db::{Db, DbError},
};

/// When a stored file was last read again, and what was wrong with it then.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = crate::infra::db::schema::file_checks, treat_none_as_null = true)]
pub struct FileCheck {
    pub file_hash: FileHash,
    pub checked_at: Moment,
    pub finding: Option<Finding>,
}

crate::text_enum! {
    pub enum Finding {
        /// A row names it and the store has it not.
        Missing = "missing",
        /// Its bytes are no longer those of its hash.
        Rotten = "rotten",
    }
}

/// A file that is well again (brought back from a backup) has no finding any more.
pub fn note_check(
    db: &mut Db,
    file: &FileHash,
    finding: Option<Finding>,
    now: Moment,
) -> Result<(), DbError> {
    store::save_check(db, &FileCheck { file_hash: file.clone(), checked_at: now, finding })
}
