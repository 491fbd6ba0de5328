//! Every query of this feature.

use diesel::prelude::*;

use super::{Attachment, FileRow};
use crate::{
    base::ids::AttachmentId,
    infra::db::{Db, DbError, schema::files},
    rows_by_id,
};

pub fn insert_file_row(db: &mut Db, row: &FileRow) -> Result<(), DbError> {
    diesel::insert_into(files::table).values(row).execute(db)?;
    Ok(())
}
rows_by_id!(attachments, Attachment, AttachmentId, find, insert, save);
